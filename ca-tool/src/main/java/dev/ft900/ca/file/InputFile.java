package dev.ft900.ca.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files that somebody named, of which nobody knows yet what they hold. Messages are whole sentences that name the file. */
public final class InputFile {
    /** More than any file with certificates has, in bytes; a revocation list of 100,000 entries has some 4 million. */
    public static final int MAX_BYTES = 16 << 20;

    private InputFile() {}

    /** A file cannot be used; the message says which, what was expected in it, and why. */
    public static final class UnusableFileException extends IOException {
        private static final long serialVersionUID = 1;

        private UnusableFileException(String what, Path file, String instead) {
            super("expected " + what + " in " + file + "; " + instead);
        }
    }

    /**
     * Looks whether there is a file that can be read, whatever its length.
     *
     * @param what is expected in it, for the message: {@code a certificate}
     * @throws UnusableFileException it is not there, a folder, or of somebody else
     */
    public static void require(Path file, String what) throws UnusableFileException {
        if (Files.isDirectory(file)) {
            throw new UnusableFileException(what, file, "that is a folder");
        }
        if (Files.notExists(file)) {
            throw new UnusableFileException(what, file, "there is no such file");
        }
        if (!Files.isReadable(file)) {
            throw new UnusableFileException(what, file, "this user may not read the file");
        }
    }

    /** @throws UnusableFileException as {@link #require} says, or it is longer than {@link #MAX_BYTES} */
    public static byte[] bytes(Path file, String what) throws IOException {
        require(file, what);
        if (Files.size(file) > MAX_BYTES) {
            throw new UnusableFileException(
                    what, file, "the file has " + Files.size(file) + " bytes, more than the " + MAX_BYTES + " we read");
        }
        return Files.readAllBytes(file);
    }

    /** @throws UnusableFileException as {@link #bytes} says, or it is no text in UTF-8 */
    public static String text(Path file, String what) throws IOException {
        var bytes = bytes(file, what);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnusableFileException(what, file, "the bytes are no text in UTF-8");
        }
    }

    /** @throws UnusableFileException as {@link #text} says, or its first line is empty */
    public static String firstLine(Path file, String what) throws IOException {
        return text(file, what)
                .lines()
                .findFirst()
                .filter(line -> !line.isBlank())
                .orElseThrow(() -> new UnusableFileException(what, file, "its first line is empty"));
    }
}
