package dev.ft900.ca.store;

import dev.ft900.ca.file.OutputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The state folder: where each thing lies, and how it is written. Files come into being by renaming, after their bytes are on the disk, so
 * that they are there whole or not at all, whatever is killed and whenever the power goes.
 *
 * @param path the folder itself
 */
public record StateFolder(Path path) {
    /** Where the state lies unless somebody says otherwise. */
    public static final String DEFAULT = ".ft900";

    /** Makes the folder if it is not there, for its owner only. */
    public StateFolder create() throws IOException {
        createDirectory(path);
        return this;
    }

    public Path database() {
        return path.resolve("ft900.db");
    }

    /** Says that the data are in a PostgreSQL database, and in which; not there when they are in the file above. */
    public Path sharedDatabase() {
        return path.resolve("database.json");
    }

    /** Keys and certificates of the authority. */
    public Path authority() {
        return path.resolve("ca");
    }

    /** The certificate that everybody is to trust. */
    public Path rootCertificate() {
        return authority().resolve("root.cert.pem");
    }

    /** Opens the keys of the authority, unless somebody keeps the passphrase elsewhere (mode 0600). */
    public Path passphrase() {
        return path.resolve("passphrase");
    }

    /** Key and certificates of one server, such as the broker. */
    public Path server(String name) {
        return path.resolve("servers").resolve(name);
    }

    /** The folders of virtual boards. */
    public Path boards() {
        return path.resolve("boards");
    }

    /** The token of the developer to whom this folder belongs. */
    public Path token() {
        return path.resolve("token");
    }

    /** Held by the one server on this state. */
    public Path serverLock() {
        return path.resolve("server.lock");
    }

    /** Where boards and clients reach the server of this state. */
    public Path endpoints() {
        return path.resolve("endpoints.json");
    }

    /** Makes a folder, and those above it, for its owner only. */
    public static void createDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            if (directory.getParent() != null) {
                Files.createDirectories(directory.getParent());
            }
            Files.createDirectories(directory);
            FileModes.set(directory, FileModes.OWNER_FOLDER);
        }
    }

    /** Writes a file that everybody who gets into the folder may read. */
    public static void write(Path file, byte[] content) throws IOException {
        replace(file, content, "rw-r--r--");
    }

    /** Writes a file for its owner only (mode 0600). */
    public static void writeSecret(Path file, byte[] content) throws IOException {
        replace(file, content, FileModes.OWNER_FILE);
    }

    private static void replace(Path file, byte[] content, String mode) throws IOException {
        try {
            replaceWhole(file, content, mode);
        } catch (FileSystemException e) {
            throw OutputFile.unwritable(file, e);
        }
    }

    private static void replaceWhole(Path file, byte[] content, String mode) throws IOException {
        createDirectory(file.toAbsolutePath().getParent());
        var written = Files.createTempFile(
                file.toAbsolutePath().getParent(), file.getFileName().toString(), ".new");
        try {
            FileModes.set(written, mode);
            // A name must not lead to a file whose bytes the disk does not have yet: then the power may go.
            try (var channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
                for (var bytes = ByteBuffer.wrap(content); bytes.hasRemaining(); ) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
            force(file.toAbsolutePath().getParent());
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** Has the disk know the names in a folder; where folders cannot be opened, as on Windows, the system does so by itself. */
    private static void force(Path directory) throws IOException {
        if (FileModes.areKnown(directory)) {
            try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
