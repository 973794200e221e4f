package dev.ft900.hil.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ft900.agent.serial.SerialCable.Wire;
import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.CommonOptions;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.flash.LocalCertifier;
import dev.ft900.ca.flash.Provisioned;
import dev.ft900.ca.link.PortException;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.hil.measure.SerialFigure;
import dev.ft900.hil.measure.SerialMeasurement;
import dev.ft900.protocol.install.ProvisioningException;
import dev.ft900.protocol.install.Step;
import dev.ft900.protocol.slot.BrokerAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./ft900 bench serial}. */
@Command(
        name = "serial",
        description = {
            "Measure provisioning over serial beside what the bytes alone take on the wire.",
            "",
            "Virtual boards at ports that are paced to their rate, never faster, and that give a board's bytes to this machine",
            "later by the latency of a USB adapter. Key, signature, erasing and reboot are shown apart; the board erases while the",
            "slot's bytes are on their way to it, so both together are shown as well. The last column is what wire and protocol",
            "alone take, on a simulated board in virtual time, whose own work takes none."
        })
final class BenchSerialCommand implements Callable<Integer> {
    private static final List<Integer> RATES = List.of(115_200, 921_600);
    private static final List<Integer> LATENCIES = List.of(1, 16);
    private static final List<Step> APART = List.of(Step.KEY, Step.SIGN, Step.ERASE, Step.REBOOT);

    /** What is shown beside the time of its bytes. */
    private enum Transfer {
        REQUEST(Step.REQUEST.words(), List.of(Step.REQUEST)),
        WRITE(Step.WRITE.words(), List.of(Step.WRITE)),
        SLOT("erase, write and verify together", List.of(Step.ERASE, Step.WRITE, Step.VERIFY));

        private final String words;
        private final List<Step> steps;

        Transfer(String words, List<Step> steps) {
            this.words = words;
            this.steps = steps;
        }
    }

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "3",
            description = "boards per row (default: ${DEFAULT-VALUE})")
    private int runs;

    @Override
    public Integer call() throws CommandException {
        if (runs < 1) {
            throw new CommandException(ExitCode.USAGE, "expected --runs to be at least 1; got " + runs);
        }
        Path scratch = null;
        try {
            scratch = Files.createTempDirectory("ft900-bench");
            measure(scratch);
            return ExitCode.OK;
        } catch (IOException | PortException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        } catch (ProvisioningException e) {
            throw new CommandException(ExitCode.REFUSED, e.getMessage(), e);
        } finally {
            delete(scratch);
        }
    }

    private void measure(Path scratch) throws IOException, PortException, ProvisioningException {
        var state = new StateFolder(scratch.resolve("state"));
        try (var database = StateDatabase.open(state)) {
            var authority = new AuthorityFolder(state, database, Clock.systemUTC()).openOrCreate();
            var certifier = new LocalCertifier(
                    authority,
                    new Enrolment(database, authority, Clock.systemUTC()),
                    new BrokerAddress("localhost", 1, "localhost"));
            try (var measurement = new SerialMeasurement(certifier, scratch)) {
                measurement.provision(Wire.of(RATES.get(1)));
                report(measurement);
            }
        }
    }

    private void report(SerialMeasurement measurement) throws IOException, PortException, ProvisioningException {
        var json = JsonNodeFactory.instance.objectNode();
        var rows = json.putArray("transfers");
        common.print(
                "| baud | latency | transfer | bytes | on the wire | took, median (range) | ÷ wire | in virtual time |");
        common.print("| --- | --- | --- | --- | --- | --- | --- | --- |");
        var all = new ArrayList<Provisioned>();
        for (int baud : RATES) {
            for (int latency : LATENCIES) {
                var wire = new Wire(baud, Duration.ofMillis(latency));
                var boards = new ArrayList<Provisioned>();
                for (int i = 0; i < runs; i++) {
                    boards.add(measurement.provision(wire));
                }
                all.addAll(boards);
                var ideal = measurement.simulate(wire);
                for (var transfer : Transfer.values()) {
                    var figure = SerialFigure.of(wire, transfer.steps, ideal, boards);
                    double virtual = SerialFigure.of(wire, transfer.steps, ideal, List.of(ideal))
                            .median();
                    common.print(String.format(
                            Locale.ROOT,
                            "| %d | %d ms | %s | %d | %.1f ms | %.1f ms (%.1f–%.1f) | %.2f | %.1f ms |",
                            baud,
                            latency,
                            transfer.words,
                            figure.bytes(),
                            figure.wireMillis(),
                            figure.median(),
                            figure.millis().get(0),
                            figure.millis().get(figure.millis().size() - 1),
                            figure.overWire(),
                            virtual));
                    rows.addObject()
                            .put("baud", baud)
                            .put("latencyMs", latency)
                            .put("transfer", transfer.name().toLowerCase(Locale.ROOT))
                            .put("bytes", figure.bytes())
                            .put("wireMs", figure.wireMillis())
                            .put("ms", figure.median())
                            .put("overWire", figure.overWire())
                            .put("inVirtualTimeMs", virtual);
                }
            }
        }
        var apart = json.putObject("apartMs");
        for (var step : APART) {
            double median = SerialFigure.of(Wire.of(RATES.get(0)), List.of(step), all.get(0), all)
                    .median();
            common.print(String.format(Locale.ROOT, "%s: %.1f ms", step.words(), median));
            apart.put(step.name().toLowerCase(Locale.ROOT), median);
        }
        common.result(json);
    }

    private static void delete(Path folder) {
        if (folder == null) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // The system clears its folder for temporary files.
            return;
        }
    }
}
