package dev.ft900.gateway.app;

import dev.ft900.ca.store.StateFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** Held by the one server on a state folder. The system lets it go when the process ends, however it ends. */
final class ServerLock implements AutoCloseable {
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final FileChannel file;

    private ServerLock(FileChannel file) {
        this.file = file;
    }

    /** @throws StartException another server has it */
    static ServerLock take(StateFolder state) throws StartException, IOException {
        state.create();
        var file = FileChannel.open(
                state.serverLock(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            // A byte far behind the text, so that the text can be read while the lock is held (Windows locks are
            // mandatory).
            if (file.tryLock(LOCKED_BYTE, 1, false) == null) {
                throw new OverlappingFileLockException();
            }
        } catch (OverlappingFileLockException e) {
            file.close();
            throw new StartException("expected to be the only server on the state folder " + state.path() + "; process "
                    + owner(state) + " is one already. Stop it, or choose another folder with --state.");
        }
        file.truncate(0);
        file.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return new ServerLock(file);
    }

    private static String owner(StateFolder state) {
        try {
            return Files.readString(state.serverLock()).strip();
        } catch (IOException e) {
            return "(unknown)";
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
