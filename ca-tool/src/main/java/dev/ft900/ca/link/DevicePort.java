package dev.ft900.ca.link;

import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import dev.ft900.protocol.exchange.LinkException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A serial device of this machine, by jSerialComm. */
final class DevicePort implements SerialPort {
    /** How long one look waits. Longer waits are made of several, so that a port that is pulled out is noticed. */
    private static final int LOOK_MILLIS = 50;

    private static final int DATA_BITS = 8;
    private static final long DRAIN_NANOS = 500_000;

    private final com.fazecast.jSerialComm.SerialPort port;

    private DevicePort(com.fazecast.jSerialComm.SerialPort port) {
        this.port = port;
    }

    static DevicePort open(String name, PortSettings settings) throws PortException {
        com.fazecast.jSerialComm.SerialPort port;
        try {
            port = com.fazecast.jSerialComm.SerialPort.getCommPort(name);
        } catch (SerialPortInvalidPortException e) {
            throw new PortException(
                    "expected a serial port; there is no " + name
                            + ". Check the cable, and the name with: ls /dev/tty*",
                    e);
        }
        port.setComPortParameters(
                settings.baud(),
                DATA_BITS,
                com.fazecast.jSerialComm.SerialPort.ONE_STOP_BIT,
                com.fazecast.jSerialComm.SerialPort.NO_PARITY);
        port.setFlowControl(com.fazecast.jSerialComm.SerialPort.FLOW_CONTROL_DISABLED);
        port.setComPortTimeouts(
                com.fazecast.jSerialComm.SerialPort.TIMEOUT_READ_SEMI_BLOCKING
                        | com.fazecast.jSerialComm.SerialPort.TIMEOUT_WRITE_BLOCKING,
                LOOK_MILLIS,
                0);
        // Before opening: on many adapters DTR or RTS resets the board or holds it in its boot loader.
        if (settings.dtr()) {
            port.setDTR();
        } else {
            port.clearDTR();
        }
        if (settings.rts()) {
            port.setRTS();
        } else {
            port.clearRTS();
        }
        if (!port.openPort()) {
            throw new PortException(whyNotOpened(name));
        }
        return new DevicePort(port);
    }

    private static String whyNotOpened(String name) {
        try {
            var path = Path.of(name);
            if (!Files.exists(path)) {
                return "expected a serial port; there is no " + name + ". Check the cable and the name.";
            }
            if (!Files.isReadable(path) || !Files.isWritable(path)) {
                return "expected to be allowed to use " + name
                        + "; this user is not. On Linux join the group that owns it (often dialout) and log in again.";
            }
        } catch (InvalidPathException e) {
            // A name such as COM7 that is no path: nothing more can be found out.
            return "expected to open " + name + "; the system refused. Check that no other program has it open.";
        }
        return "expected to open " + name + "; it is busy"
                + PortHolder.of(Path.of(name))
                        .map(holder -> ": " + holder + " has it open")
                        .orElse("")
                + ". End the other program that has it open.";
    }

    @Override
    public void write(byte[] bytes) throws LinkException {
        for (int done = 0; done < bytes.length; ) {
            int written = port.writeBytes(bytes, bytes.length - done, done);
            if (written <= 0) {
                throw gone();
            }
            done += written;
        }
    }

    @Override
    public int read(byte[] buffer, Duration patience) throws LinkException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            int available = port.bytesAvailable();
            if (available < 0) {
                throw gone();
            }
            boolean look = available > 0 || deadline - System.nanoTime() > 0;
            if (!look) {
                return 0;
            }
            int wanted = Math.max(1, Math.min(available, buffer.length));
            int got = port.readBytes(buffer, wanted);
            if (got < 0) {
                throw gone();
            }
            if (got > 0) {
                return got;
            }
        }
    }

    private LinkException gone() {
        return new LinkException("the serial port " + port.getSystemPortPath()
                + " is gone. Check the cable, then start again: what was done stays done.");
    }

    @Override
    public boolean rate(int baud) {
        while (port.bytesAwaitingWrite() > 0) {
            LockSupport.parkNanos(DRAIN_NANOS);
        }
        return port.setBaudRate(baud);
    }

    @Override
    public void close() {
        port.closePort();
    }
}
