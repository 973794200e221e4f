package dev.ft900.agent.serial;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A pseudo-terminal: its other end is a device that any serial program opens like a port. This end holds the other end open as
 * well, so that a program that closes the port does not end the cable. Linux and macOS.
 *
 * <p>{@link #read} is for one thread, {@link #write} for another.
 */
final class PseudoTerminal implements ByteChannelEnd {
    private static final int POLL_MILLIS = 200;
    private static final int BUFFER_BYTES = 4096;
    /** More than any {@code struct termios}. */
    private static final int TERMIOS_BYTES = 256;

    private static final int O_RDWR = 2;
    private static final int O_NOCTTY = Platform.isMac() ? 0x20000 : 0x100;
    private static final int EINTR = 4;
    private static final int EIO = 5;
    private static final int EAGAIN = Platform.isMac() ? 35 : 11;

    private final LibC libC;
    private final int master;
    private final int heldSlave;
    private final String device;
    private final Optional<Path> link;
    private final Memory readBuffer = new Memory(BUFFER_BYTES);
    private final Memory writeBuffer = new Memory(BUFFER_BYTES);
    private volatile boolean closing;
    private boolean reading;

    private PseudoTerminal(LibC libC, int master, int heldSlave, String device, Optional<Path> link) {
        this.libC = libC;
        this.master = master;
        this.heldSlave = heldSlave;
        this.device = device;
        this.link = link;
    }

    /** Whether this machine has pseudo-terminals. */
    static boolean isSupported() {
        return Platform.isLinux() || Platform.isMac();
    }

    /**
     * Makes one.
     *
     * @param link where to put a symbolic link to its device, as a name that stays the same; replaces a link that is there
     */
    static PseudoTerminal open(Optional<Path> link) throws IOException {
        var libC = LibC.load();
        try {
            int master = libC.posix_openpt(O_RDWR | O_NOCTTY);
            libC.grantpt(master);
            libC.unlockpt(master);
            var name = new byte[256];
            libC.ptsname_r(master, name, new LibC.NativeSize(name.length));
            int end = 0;
            while (name[end] != 0) {
                end++;
            }
            var device = new String(name, 0, end, StandardCharsets.US_ASCII);
            int slave = libC.open(device, O_RDWR | O_NOCTTY);
            makeRaw(libC, slave);
            if (link.isPresent()) {
                Files.deleteIfExists(link.get());
                Files.createSymbolicLink(link.get(), Path.of(device));
            }
            return new PseudoTerminal(libC, master, slave, device, link);
        } catch (LastErrorException e) {
            throw new IOException(
                    "expected a new pseudo-terminal; the system said: " + e.getMessage()
                            + ". Check that /dev/ptmx exists and that fewer than /proc/sys/kernel/pty/max are in use.",
                    e);
        }
    }

    private static void makeRaw(LibC libC, int fd) {
        var termios = new Memory(TERMIOS_BYTES);
        libC.tcgetattr(fd, termios);
        libC.cfmakeraw(termios);
        libC.tcsetattr(fd, 0, termios);
    }

    @Override
    public String portName() {
        return link.map(path -> path.toAbsolutePath().toString()).orElse(device);
    }

    @Override
    public int read(byte[] buffer) throws IOException {
        synchronized (this) {
            if (closing) {
                return -1;
            }
            reading = true;
        }
        try {
            return readWhileOpen(buffer);
        } finally {
            synchronized (this) {
                reading = false;
                notifyAll();
            }
        }
    }

    private int readWhileOpen(byte[] buffer) throws IOException {
        var poll = new LibC.PollFd();
        poll.fd = master;
        poll.events = LibC.PollFd.POLLIN;
        while (!closing) {
            try {
                if (libC.poll(poll, new LibC.NativeSize(1), POLL_MILLIS) > 0) {
                    int wanted = Math.min(buffer.length, BUFFER_BYTES);
                    int got = libC.read(master, readBuffer, new LibC.NativeSize(wanted))
                            .intValue();
                    readBuffer.read(0, buffer, 0, got);
                    return got;
                }
            } catch (LastErrorException e) {
                if (e.getErrorCode() != EINTR && e.getErrorCode() != EIO && e.getErrorCode() != EAGAIN) {
                    throw new IOException("the pseudo-terminal " + device + " failed: " + e.getMessage(), e);
                }
            }
        }
        return -1;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        var poll = new LibC.PollFd();
        poll.fd = master;
        poll.events = LibC.PollFd.POLLOUT;
        try {
            for (int done = 0; done < bytes.length && !closing; ) {
                if (libC.poll(poll, new LibC.NativeSize(1), 0) <= 0) {
                    // The terminal's buffer is full because nobody reads: on a wire these bytes would be gone too.
                    return;
                }
                int length = Math.min(bytes.length - done, BUFFER_BYTES);
                writeBuffer.write(0, bytes, done, length);
                done += libC.write(master, writeBuffer, new LibC.NativeSize(length))
                        .intValue();
            }
        } catch (LastErrorException e) {
            throw new IOException("the pseudo-terminal " + device + " failed: " + e.getMessage(), e);
        }
    }

    /** Waits for a reader to notice, then gives the terminal back. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (closing) {
                return;
            }
            closing = true;
            try {
                while (reading) {
                    wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while closing " + device);
            }
        }
        libC.close(heldSlave);
        libC.close(master);
        if (link.isPresent()) {
            Files.deleteIfExists(link.get());
        }
    }
}
