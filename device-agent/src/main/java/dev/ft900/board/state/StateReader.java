package dev.ft900.board.state;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Values of a snapshot in the order in which they were put. Every method throws {@link SnapshotException} if they do not fit. */
public final class StateReader {
    private final ByteBuffer in;

    public StateReader(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
    }

    public boolean getBoolean() {
        return read(in::get) != 0;
    }

    public int getInt() {
        return read(in::getInt);
    }

    /** An int that is an index or a count. */
    public int getInt(int min, int max) {
        int value = getInt();
        if (value < min || value > max) {
            throw new SnapshotException(
                    "expected a value from " + min + " to " + max + " in the snapshot; got " + value);
        }
        return value;
    }

    public long getLong() {
        return read(in::getLong);
    }

    public byte[] getBytes() {
        int length = getInt();
        if (length < 0 || length > in.remaining()) {
            throw new SnapshotException(
                    "expected " + length + " further bytes in the snapshot; there are " + in.remaining());
        }
        var bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    /** Bytes that fill {@code target} exactly. */
    public void getBytes(byte[] target) {
        var bytes = getBytes();
        if (bytes.length != target.length) {
            throw new SnapshotException("expected " + target.length + " bytes in the snapshot; got " + bytes.length);
        }
        System.arraycopy(bytes, 0, target, 0, bytes.length);
    }

    public String getText() {
        return new String(getBytes(), StandardCharsets.UTF_8);
    }

    /** A part of the machine that was put under {@code name}. */
    public void getPart(String name, Stateful part) {
        var found = getText();
        if (!found.equals(name)) {
            throw new SnapshotException("expected the state of " + name + " in the snapshot; got that of " + found
                    + ". It is of another machine or version.");
        }
        var inner = new StateReader(getBytes());
        part.restore(inner);
        inner.requireEnd(name);
    }

    /** @param what the snapshot is of, for the message */
    public void requireEnd(String what) {
        if (in.hasRemaining()) {
            throw new SnapshotException(
                    "expected no further bytes in the state of " + what + "; there are " + in.remaining());
        }
    }

    private static <T> T read(Supplier<T> read) {
        try {
            return read.get();
        } catch (BufferUnderflowException e) {
            throw new SnapshotException("expected a longer snapshot; it ends too early");
        }
    }
}
