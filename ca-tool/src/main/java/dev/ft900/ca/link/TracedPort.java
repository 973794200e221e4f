package dev.ft900.ca.link;

import dev.ft900.ca.store.FileModes;
import dev.ft900.protocol.exchange.LinkException;
import dev.ft900.protocol.exchange.Ticker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A port that can write every byte that passes it into a file, in hex: {@code seconds > bytes} to the board, {@code seconds < bytes} from
 * it. The file may hold a seed and a key made on the host: only its owner can read it. For one thread.
 */
public final class TracedPort implements SerialPort {
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private final SerialPort port;
    private final Ticker ticker;
    private PrintWriter file = new PrintWriter(Writer.nullWriter());
    private long start;

    /** Nothing is written before {@link #writeTo}. */
    public TracedPort(SerialPort port, Ticker ticker) {
        this.port = port;
        this.ticker = ticker;
    }

    /**
     * Begins to write down what passes, in place of what a file of this name holds.
     *
     * @throws IOException the file cannot be written
     */
    public void writeTo(Path path) throws IOException {
        Files.deleteIfExists(path);
        if (FileModes.areKnown(path.toAbsolutePath().getParent())) {
            Files.createFile(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(FileModes.OWNER_FILE)));
        }
        file = new PrintWriter(Files.newBufferedWriter(path, StandardCharsets.US_ASCII));
        start = ticker.nanos();
    }

    private void note(char direction, byte[] bytes) {
        file.printf("%12.6f %c %s%n", (ticker.nanos() - start) / 1e9, direction, HEX.formatHex(bytes));
        file.flush();
    }

    @Override
    public void write(byte[] bytes) throws LinkException {
        note('>', bytes);
        port.write(bytes);
    }

    @Override
    public int read(byte[] buffer, Duration patience) throws LinkException {
        int got = port.read(buffer, patience);
        if (got > 0) {
            note('<', Arrays.copyOf(buffer, got));
        }
        return got;
    }

    @Override
    public boolean rate(int baud) throws LinkException {
        boolean done = port.rate(baud);
        file.printf("%12.6f # rate %d%s%n", (ticker.nanos() - start) / 1e9, baud, done ? "" : " not set");
        return done;
    }

    @Override
    public void close() {
        file.close();
        port.close();
    }
}
