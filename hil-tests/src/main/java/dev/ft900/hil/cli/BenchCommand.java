package dev.ft900.hil.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.CommonOptions;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.app.GatewaySettings;
import dev.ft900.gateway.app.StartException;
import dev.ft900.hil.chain.Chain;
import dev.ft900.hil.measure.Figures;
import dev.ft900.hil.measure.Measurement;
import dev.ft900.protocol.name.BoardId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./ft900 bench}. */
@Command(
        name = "bench",
        description = {
            "Measure the whole chain on this machine: REST round trips beside bare MQTT round trips.",
            "",
            "Starts a chain of its own with one virtual board, in a folder of its own that is removed afterwards. Three",
            "runs; the median of each figure and its range are shown. Samples of both kinds are interleaved.",
            "",
            "With --boards: commands to thousands of boards that are connected at once."
        },
        subcommands = BenchSerialCommand.class)
final class BenchCommand implements Callable<Integer> {
    private static final BoardId BOARD = new BoardId("board1");

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "3",
            description = "how many runs (default: ${DEFAULT-VALUE})")
    private int runs;

    @Option(
            names = "--broker",
            paramLabel = "NAME",
            defaultValue = "embedded",
            description = "embedded, or rabbitmq or mosquitto where it is installed (default: ${DEFAULT-VALUE})")
    private String broker;

    @Mixin
    private FleetBench fleet;

    @Override
    public Integer call() throws CommandException, StartException {
        if (runs < 1) {
            throw new CommandException(ExitCode.USAGE, "expected --runs to be at least 1; got " + runs);
        }
        Logging.bridge();
        try {
            var scratch = Files.createTempDirectory("ft900-bench");
            try {
                if (fleet.isWanted()) {
                    finish(fleet.report(common, fleet.measure(common, settings(scratch), scratch)));
                } else {
                    report(measure(scratch));
                }
            } finally {
                delete(scratch);
            }
            return ExitCode.OK;
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
    }

    private GatewaySettings settings(Path scratch) throws CommandException {
        return GatewaySettings.onLoopback(new StateFolder(scratch.resolve("state")), 0, 0)
                .withBroker(BrokerNames.choice(broker));
    }

    private List<Figures> measure(Path scratch) throws CommandException, StartException, IOException {
        common.say("Starting the chain ...");
        try (var chain = Chain.start(settings(scratch), List.of(BOARD), words -> {})) {
            var measurement = new Measurement(chain.gateway(), BOARD, Measurement.Plan.FULL);
            common.say("Warming up ...");
            measurement.warmUp();
            var figures = new ArrayList<Figures>();
            for (int run = 1; run <= runs; run++) {
                common.say("Run " + run + " of " + runs + " ...");
                figures.add(measurement.run());
            }
            return figures;
        }
    }

    private void report(List<Figures> figures) {
        var json = JsonNodeFactory.instance.objectNode();
        var ranges = JsonNodeFactory.instance.objectNode();
        common.say(String.format("%n%-22s %12s %24s", "", "median", "range"));
        for (var name : figures.get(0).byName().keySet()) {
            var sorted =
                    figures.stream().map(run -> run.byName().get(name)).sorted().toList();
            double median = sorted.get(sorted.size() / 2);
            json.put(name, rounded(median));
            ranges.putArray(name).add(rounded(sorted.get(0))).add(rounded(sorted.get(sorted.size() - 1)));
            common.say(String.format(
                    Locale.ROOT,
                    "%-22s %12.3f %11.3f – %.3f",
                    name,
                    median,
                    sorted.get(0),
                    sorted.get(sorted.size() - 1)));
        }
        json.set("range", ranges);
        finish(json);
    }

    private void finish(ObjectNode json) {
        json.put("broker", broker);
        json.set("machine", machine());
        common.say(String.format("%nWith the broker %s, on %s.", broker, machine()));
        common.result(json);
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }

    private static ObjectNode machine() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("processors", Runtime.getRuntime().availableProcessors())
                .put("java", System.getProperty("java.version"))
                .put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
