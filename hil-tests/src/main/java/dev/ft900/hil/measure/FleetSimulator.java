package dev.ft900.hil.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** {@code ./ft900 agent fleet} in a process of its own, which ends with this one at the latest. For one thread. */
public final class FleetSimulator implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ENDED = "";
    private static final int STOP_SECONDS = 20;

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    /**
     * Starts boards. Returns at once.
     *
     * @param mainClass of the toolkit, to be found on this process's own class path
     * @param records a file of identities
     * @param atOnce how many boards may be connecting at a time
     */
    public FleetSimulator(String mainClass, Path records, int atOnce) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xms128m", "-cp", classPath(), mainClass, "agent", "fleet"));
        command.addAll(List.of("--json", "--records", records.toString(), "--at-once", "" + atOnce));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var reader = new Thread(this::read, "fleet-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** The toolkit's own, without what tests add: they log everything. */
    public static String classPath() {
        var all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void read() {
        try (var in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            in.lines().filter(line -> line.startsWith("{")).forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            // It has ended, which is what the next line says.
        }
        lines.add(ENDED);
    }

    /** What the simulator last said: how many boards are connected, how many tries failed, milliseconds since they got power. */
    public record Standing(int connected, int failures, long millis) {}

    /** Waits until so many boards are connected and have subscribed. */
    public Standing awaitConnected(int boards, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        var last = new Standing(0, 0, 0);
        while (last.connected() != boards) {
            var line = poll(deadline - System.nanoTime());
            if (line == null || line.equals(ENDED)) {
                throw new IOException("expected " + boards + " boards to be connected within " + patience.toSeconds()
                        + " s; " + (line == null ? "there are " + last : "the simulator has ended") + ".");
            }
            last = standing(JSON.readTree(line));
        }
        return last;
    }

    private static Standing standing(JsonNode line) {
        return new Standing(
                line.path("connected").asInt(),
                line.path("failures").asInt(),
                line.path("ms").asLong());
    }

    private String poll(long nanos) throws IOException {
        try {
            return lines.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while boards were connecting", e);
        }
    }

    /** The process, to look at its memory. */
    public long pid() {
        return process.pid();
    }

    /** Ends it: all boards are gone without a word. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
