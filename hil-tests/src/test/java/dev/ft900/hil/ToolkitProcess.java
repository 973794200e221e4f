package dev.ft900.hil;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The toolkit, or another main class of these tests, run as a user would: in a process of its own, seen through its streams. */
final class ToolkitProcess implements AutoCloseable {
    private final Process process;
    private final Path errors;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private ToolkitProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        var reader = new Thread(
                () -> {
                    try (var in = new BufferedReader(
                            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                        in.lines().forEach(lines::add);
                    } catch (IOException | UncheckedIOException e) {
                        lines.add("(the process's output broke off)");
                    }
                },
                "output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Runs {@code ./ft900} with these arguments, without the launcher. */
    static ToolkitProcess ft900(Path scratch, String... arguments) throws IOException {
        return java(scratch, "dev.ft900.hil.cli.Ft900", arguments);
    }

    /** Runs a main class of the class path of these tests. */
    static ToolkitProcess java(Path scratch, String mainClass, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // As the launcher runs small commands: these processes live too short for the second compiler to pay.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                mainClass));
        command.addAll(List.of(arguments));
        return start(scratch, command, Map.of());
    }

    /** Runs any command. */
    static ToolkitProcess start(Path scratch, List<String> command, Map<String, String> environment)
            throws IOException {
        var errors = Files.createTempFile(scratch, "stderr", ".txt");
        var builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        return new ToolkitProcess(builder.start(), errors);
    }

    /** The next line of its output. */
    String line(Duration patience) throws IOException {
        try {
            var line = lines.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (line == null) {
                throw new IOException(
                        "expected a line within " + patience + "; none came. On stderr stands:\n" + errors());
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Lines that are there already. */
    List<String> lines() {
        var there = new ArrayList<String>();
        lines.drainTo(there);
        return there;
    }

    /** As a person who types a line. */
    void type(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** What it said to people. */
    String errors() throws IOException {
        return Files.readString(errors);
    }

    /** Waits for its end. */
    int exitCode(Duration patience) throws IOException {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("expected an end within " + patience + ". On stderr stands:\n" + errors());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** As Ctrl-C or a service manager does. */
    void terminate() {
        process.destroy();
    }

    /** As {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** With all that it started. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }
}
