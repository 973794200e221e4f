package dev.ft900.ca.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files of which nobody knows yet what they hold. */
public final class SmallFile {
    /** More than any file with certificates has, in bytes; a revocation list of 100,000 entries has some 4 million. */
    public static final int MAX_BYTES = 16 << 20;

    private SmallFile() {}

    /** @throws IOException it is not there, no file, or longer than {@link #MAX_BYTES} */
    public static byte[] read(Path file) throws IOException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException(
                        "expected at most " + MAX_BYTES + " bytes in " + file + "; it has " + Files.size(file));
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException("expected the file " + file + "; it is not there", e);
        }
    }
}
