package dev.ft900.ca.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file by whose lock threads and processes come one after the other. It stays when the work is done: who removed it would let two in.
 *
 * @param path its folder is there
 */
public record LockFile(Path path) {
    /** The system gives a file's lock to a process once, and no threads to wait with: they take turns here. */
    private static final Object THREADS = new Object();

    /** What is done alone. */
    public interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Waits for whoever else is at it.
     *
     * @throws IOException the file cannot be locked; or from the work
     */
    public <T> T alone(Work<T> work) throws IOException {
        synchronized (THREADS) {
            try (var file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = file.lock()) {
                if (!held.isValid()) {
                    throw new IOException("expected to lock " + path);
                }
                return work.run();
            }
        }
    }
}
