package dev.ft900.ca.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileModesTest {
    @TempDir
    Path dir;

    @Test
    void aSecretIsForItsOwnerOnly() throws IOException {
        assumeTrue(FileModes.areKnown(dir), "this file system has no modes");
        var file = Files.createFile(dir.resolve("secret"));

        FileModes.set(file, FileModes.OWNER_FILE);

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void whereJavaFindsNoMountPointTheKindOfTheFileSystemTells() {
        boolean known = FileModes.areKnown(dir, path -> {
            throw new IOException("Mount point not found");
        });

        assertThat(known)
                .isEqualTo(
                        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    }
}
