package dev.ft900.board.state;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Values of a snapshot in the order in which they are put. */
public final class StateWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    public void putBoolean(boolean value) {
        write(() -> out.writeBoolean(value));
    }

    public void putInt(int value) {
        write(() -> out.writeInt(value));
    }

    public void putLong(long value) {
        write(() -> out.writeLong(value));
    }

    /** The length goes with them. */
    public void putBytes(byte[] value) {
        putBytes(value, 0, value.length);
    }

    /** The length goes with them. */
    public void putBytes(byte[] value, int from, int length) {
        write(() -> {
            out.writeInt(length);
            out.write(value, from, length);
        });
    }

    public void putText(String value) {
        putBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A part of the machine under its name. */
    public void putPart(String name, Stateful part) {
        var inner = new StateWriter();
        part.save(inner);
        putText(name);
        putBytes(inner.toBytes());
    }

    public byte[] toBytes() {
        return bytes.toByteArray();
    }

    private interface Write {
        void run() throws IOException;
    }

    private static void write(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
