package dev.ft900.ca.cli;

import dev.ft900.ca.flash.Station;
import dev.ft900.ca.link.PortException;
import dev.ft900.ca.link.PortInfo;
import dev.ft900.ca.link.PortSettings;
import dev.ft900.ca.link.SerialLink;
import dev.ft900.ca.link.SerialPort;
import dev.ft900.ca.link.SerialPorts;
import dev.ft900.ca.link.TracedPort;
import dev.ft900.protocol.exchange.ExchangeException;
import dev.ft900.protocol.exchange.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
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

    @Option(
            names = "--baud",
            paramLabel = "N",
            defaultValue = "115200",
            description = "bits per second to begin with (default: ${DEFAULT-VALUE})")
    private int baud;

    @Option(names = "--dtr", description = "raise DTR; it stays low otherwise, since it resets many boards")
    private boolean dtr;

    @Option(names = "--rts", description = "raise RTS; it stays low otherwise")
    private boolean rts;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "write every byte there, in hex with its time (secrets included: mode 0600)")
    private Path trace;

    Optional<String> port() {
        return Optional.ofNullable(port);
    }

    int baud() {
        return baud;
    }

    PortSettings settings() {
        return new PortSettings(baud, dtr, rts);
    }

    /** Opens the port that was named, or finds the one at which a board answers. */
    OpenStation open(Ticker ticker) throws CommandException {
        return port == null ? detect(ticker) : open(port, ticker);
    }

    /** Opens a port. */
    OpenStation open(String name, Ticker ticker) throws CommandException {
        try {
            return over(name, SerialPorts.open(name, settings()), ticker);
        } catch (PortException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
    }

    /** A station on a port that is open. */
    OpenStation over(String name, SerialPort opened, Ticker ticker) throws CommandException {
        try {
            var traced = trace == null ? opened : TracedPort.to(trace, opened, ticker);
            var link = new SerialLink(traced, ticker);
            return new OpenStation(name, link, new Station(link, baud, ticker), ticker);
        } catch (IOException e) {
            opened.close();
            throw new CommandException(
                    ExitCode.ENVIRONMENT, "expected to write the trace to " + trace + "; " + e.getMessage(), e);
        }
    }

    private OpenStation detect(Ticker ticker) throws CommandException {
        var candidates = among.isEmpty()
                ? SerialPorts.list().stream().map(PortInfo::name).toList()
                : among;
        if (candidates.isEmpty()) {
            throw new CommandException(
                    ExitCode.ENVIRONMENT,
                    "expected a serial port on this machine; there is none. Plug the adapter in, or name a port with --port.");
        }
        var answering = ask(candidates, ticker);
        if (answering.size() == 1) {
            return answering.get(0);
        }
        answering.forEach(OpenStation::close);
        if (answering.isEmpty()) {
            throw new CommandException(
                    ExitCode.NO_ANSWER,
                    "expected a board to answer hello at one of " + candidates
                            + "; none did. Name the port to learn who is there instead: --port P");
        }
        throw new CommandException(
                ExitCode.USAGE,
                "expected one board; boards answer at "
                        + answering.stream().map(OpenStation::port).toList() + ". Choose with --port P.");
    }

    private List<OpenStation> ask(List<String> candidates, Ticker ticker) {
        var pool = Executors.newFixedThreadPool(Math.min(ASKED_AT_ONCE, candidates.size()));
        try {
            var asked = candidates.stream()
                    .map(name -> pool.submit((Callable<Optional<OpenStation>>) () -> answering(name, ticker)))
                    .toList();
            var found = new ArrayList<OpenStation>();
            for (var one : asked) {
                one.get().ifPresent(found::add);
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private Optional<OpenStation> answering(String name, Ticker ticker) {
        OpenStation open;
        try {
            open = open(name, ticker);
        } catch (CommandException e) {
            // Busy, or not for us: then no board of ours is to be found there.
            return Optional.empty();
        }
        try {
            open.station().awaitReady();
            open.station().hello();
            return Optional.of(open);
        } catch (ExchangeException e) {
            open.close();
            return Optional.empty();
        }
    }
}
