package dev.ft900.agent.serial;

import com.sun.jna.IntegerType;
import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;

/** The few calls of the C library that make a pseudo-terminal (POSIX.1-2008, termios). */
interface LibC extends Library {
    /** Loads the library; costs some 100 ms, so only who needs a pseudo-terminal calls it. */
    static LibC load() {
        return Native.load("c", LibC.class);
    }

    int posix_openpt(int flags) throws LastErrorException;

    int grantpt(int fd) throws LastErrorException;

    int unlockpt(int fd) throws LastErrorException;

    int ptsname_r(int fd, byte[] buffer, NativeSize length) throws LastErrorException;

    int open(String path, int flags) throws LastErrorException;

    int close(int fd) throws LastErrorException;

    NativeSize read(int fd, Memory buffer, NativeSize length) throws LastErrorException;

    NativeSize write(int fd, Memory buffer, NativeSize length) throws LastErrorException;

    int poll(PollFd fd, NativeSize count, int timeoutMillis) throws LastErrorException;

    int tcgetattr(int fd, Pointer termios) throws LastErrorException;

    int tcsetattr(int fd, int when, Pointer termios) throws LastErrorException;

    void cfmakeraw(Pointer termios);

    int cfsetspeed(Pointer termios, int speed) throws LastErrorException;

    /** {@code struct pollfd}. */
    @Structure.FieldOrder({"fd", "events", "revents"})
    class PollFd extends Structure {
        static final short POLLIN = 1;
        static final short POLLOUT = 4;

        public int fd;
        public short events;
        public short revents;
    }

    /** {@code size_t} and {@code ssize_t}. */
    class NativeSize extends IntegerType {
        private static final long serialVersionUID = 1L;

        public NativeSize() {
            this(0);
        }

        NativeSize(long value) {
            super(Native.SIZE_T_SIZE, value);
        }
    }
}
