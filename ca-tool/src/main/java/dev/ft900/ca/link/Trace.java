package dev.ft900.ca.link;

import dev.ft900.ca.store.FileModes;
import dev.ft900.protocol.exchange.Ticker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A file with every byte that passes some ports, in hex: {@code seconds port > bytes} to the board, {@code seconds port < bytes} from it.
 * It may hold a seed and a key made on the host: only its owner can read it. Each line is in the file when the call that wrote it returns,
 * so what a killed process saw is there. Safe for use by several threads.
 */
public final class Trace {
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private final Path file;
    private final Ticker ticker;
    private final long start;

    private Trace(Path file, Ticker ticker) {
        this.file = file;
        this.ticker = ticker;
        this.start = ticker.nanos();
    }

    /**
     * Begins a trace, in place of what a file of this name holds.
     *
     * @throws IOException the file cannot be written
     */
    public static Trace into(Path file, Ticker ticker) throws IOException {
        Files.deleteIfExists(file);
        if (FileModes.areKnown(file.toAbsolutePath().getParent())) {
            Files.createFile(
                    file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(FileModes.OWNER_FILE)));
        } else {
            Files.createFile(file);
        }
        return new Trace(file, ticker);
    }

    void toBoard(String port, byte[] bytes) {
        note(port, "> " + HEX.formatHex(bytes));
    }

    void fromBoard(String port, byte[] bytes) {
        note(port, "< " + HEX.formatHex(bytes));
    }

    /** Something else that happened at a port. */
    void remark(String port, String words) {
        note(port, "# " + words);
    }

    private synchronized void note(String port, String what) {
        try {
            Files.writeString(
                    file,
                    String.format(Locale.ROOT, "%12.6f %s %s%n", (ticker.nanos() - start) / 1e9, port, what),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            // A disk that is full ends the trace, and not what is being done to the board.
            return;
        }
    }
}
