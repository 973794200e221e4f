package dev.ft900.gateway.app;

import dev.ft900.ca.store.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * A folder for files that mean nothing once the process has ended.
 *
 * @param folder for its owner only
 */
record Scratch(Path folder) implements AutoCloseable {
    /** An empty one; what a process that was killed left there is removed. */
    static Scratch fresh(Path folder) throws IOException {
        delete(folder);
        StateFolder.createDirectory(folder);
        return new Scratch(folder);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        delete(folder);
    }
}
