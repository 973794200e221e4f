package dev.ft900.agent.flash;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Takes files away from everybody but their owner, where the file system knows modes. */
public final class OwnerOnly {
    private OwnerOnly() {}

    /** Mode 0600. */
    static void file(Path path) throws IOException {
        set(path, "rw-------");
    }

    /** Mode 0700. */
    public static void folder(Path path) throws IOException {
        set(path, "rwx------");
    }

    private static void set(Path path, String mode) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        }
    }
}
