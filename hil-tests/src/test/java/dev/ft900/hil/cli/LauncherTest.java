package dev.ft900.hil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a kit tells people to type has to be there. */
class LauncherTest {
    @TempDir
    Path dir;

    @Test
    void fromTheArchiveItIsTheOneBesideTheJars() throws IOException {
        var launcher = Files.createDirectory(dir.resolve("bin")).resolve("ft900");
        Files.createFile(launcher);
        assertThat(launcher.toFile().setExecutable(true)).isTrue();

        assertThat(Launcher.command(dir.resolve("lib/hil-tests.jar"))).isEqualTo(launcher.toString());
    }

    @Test
    void theOneOfTheArchiveHasSmallCommandsStartQuicklyAndServersRunFast() throws Exception {
        assertThat(javaOptions("", "ca", "list")).contains("-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        assertThat(javaOptions("-XX:+UseParallelGC", "flash"))
                .contains("-XX:TieredStopAtLevel=1 -XX:+UseParallelGC")
                .doesNotContain("SerialGC");
        for (var command : List.of("up", "gateway run", "bench", "agent run", "board run", "hil run", "ca bench")) {
            assertThat(javaOptions("", command.split(" "))).as(command).doesNotContain("-XX:");
        }
    }

    /** What the launcher of the archive starts the JVM with. */
    private String javaOptions(String settings, String... command) throws Exception {
        var java = Files.createDirectories(dir.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        var line = new ArrayList<>(List.of("sh", "../dist/src/main/bin/ft900"));
        line.addAll(List.of(command));
        var builder = new ProcessBuilder(line);
        builder.environment().put("JAVA_HOME", dir.resolve("jdk").toString());
        builder.environment().put("FT900_JAVA_OPTS", settings);
        var process = builder.start();
        var options = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return options;
    }

    @Test
    void fromTheRepositoryItIsTheOneThere() {
        assertThat(Launcher.command(dir.resolve("hil-tests/target/classes"))).isEqualTo("./ft900");
    }
}
