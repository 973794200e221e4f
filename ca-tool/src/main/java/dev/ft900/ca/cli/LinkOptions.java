package dev.ft900.ca.cli;

import dev.ft900.ca.link.PortException;
import dev.ft900.ca.link.PortInfo;
import dev.ft900.ca.link.SerialPort;
import dev.ft900.ca.link.SerialPorts;
import dev.ft900.ca.link.Trace;
import dev.ft900.protocol.exchange.ExchangeException;
import dev.ft900.protocol.exchange.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which port, and how it is opened. Use as a mixin. */
final class LinkOptions {
    private static final int ASKED_AT_ONCE = 16;

    @Option(
            names = "--port",
            paramLabel = "P",
            description = {
                "/dev/ttyUSB0, COM7, socket://host:port or rfc2217://host:port",
                "(default: the one port at which a board answers hello)"
            })
    private String port;

    @Option(
            names = "--among",
            split = ",",
            paramLabel = "P",
            description = "without --port: ask at these ports (default: all that ./ft900 flash ports lists)")
    private List<String> among = List.of();

    @Mixin
    private WireOptions wire;

    Optional<String> port() {
        return Optional.ofNullable(port);
    }

    int baud() {
        return wire.baud();
    }

    /** Opens the port that was named, or finds the one at which a board answers. */
    OpenStation open(Ticker ticker) throws CommandException {
        return port == null ? detect(ticker) : open(port, ticker);
    }

    /** Opens a port. */
    OpenStation open(String name, Ticker ticker) throws CommandException {
        var tracing = wire.trace(ticker);
        try {
            return OpenStation.on(name, wire.open(name, tracing), baud(), ticker);
        } catch (PortException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
    }

    /** A station on a port that is open. */
    OpenStation over(String name, SerialPort opened, Ticker ticker) throws CommandException {
        return OpenStation.on(name, WireOptions.traced(name, opened, wire.trace(ticker)), baud(), ticker);
    }

    /** The ports at which a board is looked for when none is named. */
    List<String> candidates() {
        return among.isEmpty() ? SerialPorts.list().stream().map(PortInfo::name).toList() : among;
    }

    private OpenStation detect(Ticker ticker) throws CommandException {
        var candidates = candidates();
        if (candidates.isEmpty()) {
            throw new CommandException(
                    ExitCode.ENVIRONMENT,
                    "expected a serial port on this machine; there is none. Plug the adapter in, or name a port with --port.");
        }
        var answers = ask(candidates, ticker, wire.trace(ticker));
        var answering =
                answers.stream().flatMap(answer -> answer.open().stream()).toList();
        if (answering.size() == 1) {
            return answering.get(0);
        }
        answering.forEach(OpenStation::close);
        if (answering.isEmpty()) {
            throw nobody(answers);
        }
        throw new CommandException(
                ExitCode.USAGE,
                "expected one board; boards answer at "
                        + answering.stream().map(OpenStation::port).toList() + ". Choose with --port P.");
    }

    private static CommandException nobody(List<Answer> answers) {
        boolean allShut = answers.stream().noneMatch(Answer::couldBeAsked);
        var why = answers.stream()
                .map(answer -> System.lineSeparator() + "  " + answer.port() + ": " + answer.why())
                .collect(Collectors.joining());
        return new CommandException(
                allShut ? ExitCode.ENVIRONMENT : ExitCode.NO_ANSWER,
                "expected a board to answer hello at one of "
                        + answers.stream().map(Answer::port).toList()
                        + "; none did. Name the port to learn who is there instead: --port P" + why);
    }

    /**
     * What asking at one port gave.
     *
     * @param open the station there, if a board answered
     * @param couldBeAsked whether the port could be opened
     * @param why no board answered; empty when one did
     */
    private record Answer(String port, Optional<OpenStation> open, boolean couldBeAsked, String why) {}

    private List<Answer> ask(List<String> candidates, Ticker ticker, Optional<Trace> tracing) {
        var pool = Executors.newFixedThreadPool(Math.min(ASKED_AT_ONCE, candidates.size()));
        try {
            var asked = candidates.stream()
                    .map(name -> pool.submit(() -> answer(name, ticker, tracing)))
                    .toList();
            var answers = new ArrayList<Answer>();
            for (var one : asked) {
                answers.add(one.get());
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private Answer answer(String name, Ticker ticker, Optional<Trace> tracing) {
        OpenStation open;
        try {
            open = OpenStation.on(name, wire.open(name, tracing), baud(), ticker);
        } catch (PortException e) {
            return new Answer(name, Optional.empty(), false, e.getMessage());
        }
        try {
            open.station().awaitReady();
            open.station().hello();
            return new Answer(name, Optional.of(open), true, "");
        } catch (ExchangeException e) {
            open.close();
            return new Answer(name, Optional.empty(), true, e.getMessage());
        }
    }
}
