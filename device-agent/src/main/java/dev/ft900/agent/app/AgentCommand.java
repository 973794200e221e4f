package dev.ft900.agent.app;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.ft900.agent.fleet.FleetCommand;
import dev.ft900.agent.mqtt.BoardThreads;
import dev.ft900.agent.serial.SerialCable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./ft900 agent}: virtual boards at protocol level. */
@Command(
        name = "agent",
        description = "Run virtual boards at protocol level: pads, clock, reset, serial port, MQTT.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {AgentCommand.Run.class, FleetCommand.class})
public final class AgentCommand {

    /** {@code ./ft900 agent run}. */
    @Command(
            name = "run",
            description = {
                "Run one virtual board until Ctrl-C.",
                "",
                "Its flash, and so its identity, stays in DIR. Provision it like a real one:",
                "  ./ft900 flash --port DIR/tty --id ID"
            })
    static final class Run implements Callable<Integer> {
        private static final long STOP_SECONDS = 5;

        @Spec
        CommandSpec spec;

        @Option(
                names = "--dir",
                required = true,
                paramLabel = "DIR",
                description = "the board's folder; made if missing")
        Path dir;

        @Option(
                names = "--baud",
                paramLabel = "N",
                defaultValue = "" + RunningBoard.DEFAULT_BAUD,
                description = "bits per second on the serial line (default: ${DEFAULT-VALUE})")
        int baud;

        @Option(
                names = "--latency-ms",
                paramLabel = "N",
                defaultValue = "0",
                description = "how much later bytes come from the board, as through a USB adapter: 1 or 16 are usual")
        int latencyMillis;

        @Option(
                names = "--serial-tcp",
                paramLabel = "PORT",
                description = "a TCP port on loopback instead of a pseudo-terminal; 0 for any free one")
        Integer tcpPort;

        @Option(names = "--json", description = "one JSON object on stdout when the board runs, for machines")
        boolean json;

        @Override
        public Integer call() throws Exception {
            var out = spec.commandLine().getErr();
            var stop = new CountDownLatch(1);
            var putAway = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                stop.countDown();
                await(putAway);
            }));
            try (var threads = new BoardThreads(1);
                    var running = RunningBoard.open(
                            new BoardFolder(dir),
                            threads,
                            new SerialCable.Wire(baud, Duration.ofMillis(latencyMillis)),
                            tcpPort == null ? OptionalInt.empty() : OptionalInt.of(tcpPort))) {
                running.board().powerOn().join();
                if (json) {
                    var port = new String(JsonStringEncoder.getInstance().quoteAsString(running.portName()));
                    spec.commandLine().getOut().println("{\"port\": \"" + port + "\", \"baud\": " + baud + "}");
                    spec.commandLine().getOut().flush();
                }
                out.println("The board runs. Its serial port is " + running.portName() + " at " + baud
                        + " baud. Ctrl-C ends it.");
                out.flush();
                stop.await();
            } finally {
                putAway.countDown();
            }
            return 0;
        }

        /** The process ends when its hooks have: so this one waits for the board to be put away. */
        private static void await(CountDownLatch putAway) {
            try {
                putAway.await(STOP_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
