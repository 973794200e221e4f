package dev.ft900.ca.store;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Who may read a file, where file systems know that. */
public final class FileModes {
    /** For a folder of its owner alone. */
    public static final String OWNER_FOLDER = "rwx------";

    /** For a file of its owner alone. */
    public static final String OWNER_FILE = "rw-------";

    private FileModes() {}

    /** Finds the file store in which a file lies. */
    interface Stores {
        FileStore of(Path path) throws IOException;
    }

    /** Sets a mode such as {@code rw-------}; does nothing where there are none. */
    public static void set(Path path, String mode) throws IOException {
        if (areKnown(path)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        }
    }

    /** Whether files there have modes. */
    public static boolean areKnown(Path path) {
        return areKnown(path, Files::getFileStore);
    }

    static boolean areKnown(Path path, Stores stores) {
        try {
            return stores.of(path).supportsFileAttributeView("posix");
        } catch (IOException e) {
            // In a chroot whose root is no mount point Java does not find the store of any file.
            return path.getFileSystem().supportedFileAttributeViews().contains("posix");
        }
    }
}
