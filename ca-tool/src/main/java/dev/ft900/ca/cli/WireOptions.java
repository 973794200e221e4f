package dev.ft900.ca.cli;

import dev.ft900.ca.file.OutputFile;
import dev.ft900.ca.link.PortException;
import dev.ft900.ca.link.PortSettings;
import dev.ft900.ca.link.SerialPort;
import dev.ft900.ca.link.SerialPorts;
import dev.ft900.ca.link.Trace;
import dev.ft900.ca.link.TracedPort;
import dev.ft900.protocol.exchange.Ticker;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How ports are opened, and whether what passes them is written down. Use as a mixin. */
final class WireOptions {
    @Option(
            names = "--baud",
            paramLabel = "N",
            defaultValue = "115200",
            converter = BaudRate.class,
            description = "bits per second to begin with (default: ${DEFAULT-VALUE})")
    private int baud;

    @Option(names = "--dtr", description = "raise DTR; it stays low otherwise, since it resets many boards")
    private boolean dtr;

    @Option(names = "--rts", description = "raise RTS; it stays low otherwise")
    private boolean rts;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "write every byte there, in hex with its time and port (secrets included: mode 0600)")
    private Path trace;

    int baud() {
        return baud;
    }

    /** Begins the trace that was asked for, before anybody is asked: it is needed most when nobody answers. */
    Optional<Trace> trace(Ticker ticker) throws CommandException {
        if (trace == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Trace.into(trace, ticker));
        } catch (FileSystemException e) {
            throw new CommandException(
                    ExitCode.ENVIRONMENT, OutputFile.unwritable(trace, e).getMessage(), e);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.ENVIRONMENT, "expected to write the trace to " + trace + "; " + e.getMessage(), e);
        }
    }

    /** Opens a port as these options say. */
    SerialPort open(String name, Optional<Trace> into) throws PortException {
        return traced(name, SerialPorts.open(name, new PortSettings(baud, dtr, rts)), into);
    }

    static SerialPort traced(String name, SerialPort opened, Optional<Trace> into) {
        return into.<SerialPort>map(file -> new TracedPort(name, opened, file)).orElse(opened);
    }
}
