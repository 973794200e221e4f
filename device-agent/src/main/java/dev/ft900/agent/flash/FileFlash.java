package dev.ft900.agent.flash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Flash in a file of 256 KB, so that a virtual board keeps its identity between runs. Every operation is in the file before it
 * returns: killing the process is like cutting the power. One process at a time may have the file.
 */
public final class FileFlash implements Flash, AutoCloseable {
    private final FileChannel file;

    private FileFlash(FileChannel file) {
        this.file = file;
    }

    /**
     * Opens a flash file, or makes one that is all ones, readable by its owner only: it will hold a private key.
     *
     * @throws IOException the file cannot be made or opened, has another size, or another process has it
     */
    public static FileFlash open(Path path) throws IOException {
        boolean fresh = !Files.exists(path);
        var file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        try {
            if (!locked(file)) {
                throw new IOException("expected the flash file " + path
                        + " for this board alone; another process has it. End that board first.");
            }
            if (fresh) {
                OwnerOnly.file(path);
                var ones = new byte[SIZE];
                Arrays.fill(ones, (byte) 0xFF);
                file.write(ByteBuffer.wrap(ones), 0);
            }
            if (file.size() != SIZE) {
                throw new IOException("expected a flash file of " + SIZE + " bytes; " + path + " has " + file.size()
                        + ". Remove it to start with an empty board.");
            }
            return new FileFlash(file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static boolean locked(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public byte[] read(int address, int length) {
        var bytes = ByteBuffer.allocate(length);
        try {
            while (bytes.hasRemaining()) {
                if (file.read(bytes, address + bytes.position()) < 0) {
                    throw new IllegalArgumentException(
                            "flash ends at " + SIZE + "; got " + length + " bytes at " + address);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.array();
    }

    @Override
    public void eraseSector(int address) {
        FlashBounds.requireSector(address);
        var ones = new byte[SECTOR];
        Arrays.fill(ones, (byte) 0xFF);
        write(address, ones);
    }

    @Override
    public void programPage(int address, byte[] data) {
        FlashBounds.requireInPage(address, data.length);
        var bytes = read(address, data.length);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] &= data[i];
        }
        write(address, bytes);
    }

    private void write(int address, byte[] bytes) {
        try {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                file.write(buffer, address + buffer.position());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
