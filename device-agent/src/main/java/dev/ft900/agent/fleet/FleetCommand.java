package dev.ft900.agent.fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./ft900 agent fleet}. */
@Command(
        name = "fleet",
        description = {
            "Run many boards in this process until stdin ends.",
            "",
            "Says whenever the number of connected boards has changed; with --json as a line of JSON on stdout. The line",
            "\"reset\" on stdin presses every board's reset button at once."
        })
public final class FleetCommand implements Callable<Integer> {
    private static final Duration REPORT = Duration.ofMillis(100);

    @Spec
    private CommandSpec spec;

    @Option(names = "--records", required = true, paramLabel = "FILE", description = "the boards' identities")
    private Path records;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "threads for all boards (default: ${DEFAULT-VALUE})")
    private int threads;

    @Option(
            names = "--at-once",
            paramLabel = "N",
            defaultValue = "" + Integer.MAX_VALUE,
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            description = "how many boards may be connecting at a time (default: all)")
    private int atOnce;

    @Option(names = "--json", description = "one JSON object on stdout at each change, for machines")
    private boolean json;

    private int lastReported = -1;

    @Override
    public Integer call() throws IOException {
        var reporter = Executors.newSingleThreadScheduledExecutor(runnable -> {
            var thread = new Thread(runnable, "fleet-report");
            thread.setDaemon(true);
            return thread;
        });
        try (var fleet = new Fleet(FleetFile.read(records), threads);
                var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            long start = System.nanoTime();
            reporter.scheduleAtFixedRate(() -> report(fleet, start), 0, REPORT.toMillis(), TimeUnit.MILLISECONDS);
            fleet.powerOn(Math.min(atOnce, fleet.size()));
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals("reset")) {
                    fleet.resetAll();
                }
            }
        } finally {
            reporter.shutdownNow();
        }
        return 0;
    }

    private void report(Fleet fleet, long start) {
        int connected = fleet.connected();
        if (connected != lastReported) {
            lastReported = connected;
            long millis = (System.nanoTime() - start) / 1_000_000;
            if (json) {
                var out = spec.commandLine().getOut();
                out.printf(
                        Locale.ROOT,
                        "{\"ms\": %d, \"boards\": %d, \"connected\": %d, \"failures\": %d}%n",
                        millis,
                        fleet.size(),
                        connected,
                        fleet.failures());
                out.flush();
            } else {
                var err = spec.commandLine().getErr();
                err.printf(
                        Locale.ROOT,
                        "%d of %d boards connected after %.1f s; %d attempts failed%n",
                        connected,
                        fleet.size(),
                        millis / 1000.0,
                        fleet.failures());
                err.flush();
            }
        }
    }
}
