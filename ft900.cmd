@echo off
rem The FT900 toolkit's launcher for Windows: builds what is missing, then runs the toolkit. ft900 --help lists the commands.
setlocal
set "HERE=%~dp0"
set "TARGET=%HERE%hil-tests\target"
set "ARGUMENTS=%TARGET%\class-path.args"

set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo ft900: expected a JDK 17 or newer; there is none on the PATH or in JAVA_HOME. Install one. 1>&2
  exit /b 4
)

if exist "%ARGUMENTS%" goto run
where mvn >nul 2>&1
if errorlevel 1 (
  echo ft900: expected Maven, to build what is missing; there is no mvn on the PATH. Install it. 1>&2
  exit /b 4
)
echo Building what is missing ^(the first time this fetches libraries^) ... 1>&2
pushd "%HERE%"
call mvn -q -B -ntp -Dstyle.color=never package -Dquick 1>&2
set "BUILD=%ERRORLEVEL%"
popd
if not "%BUILD%"=="0" (
  echo ft900: the build failed; the lines above say why. 1>&2
  exit /b 4
)
rem The class path is longer than a command line may be: java reads it from a file, in which a backslash stands twice.
powershell -NoProfile -Command "$jars = '%TARGET%\hil-tests-0.1.0-SNAPSHOT.jar;' + (Get-Content -Raw '%TARGET%\class-path').Trim(); Set-Content -Encoding ascii '%ARGUMENTS%' ('--class-path \"' + $jars.Replace('\', '\\') + '\"')"
if errorlevel 1 exit /b 4

:run
rem Newer JDKs would take a pipe for a terminal and ask there; older ones do not know the property.
"%JAVA%" -Djdk.console=java.base %FT900_JAVA_OPTS% @"%ARGUMENTS%" dev.ft900.hil.cli.Ft900 %*
exit /b %ERRORLEVEL%
