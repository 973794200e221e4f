package dev.ft900.board.coverage;

import dev.ft900.board.image.ImageException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Numbers and strings as DWARF writes them (DWARF 5, 7.6), little endian, never beyond the section. */
final class DwarfReader {
    private final ByteBuffer in;

    DwarfReader(byte[] section) {
        this(ByteBuffer.wrap(section).order(ByteOrder.LITTLE_ENDIAN));
    }

    private DwarfReader(ByteBuffer in) {
        this.in = in;
    }

    boolean atEnd() {
        return !in.hasRemaining();
    }

    int position() {
        return in.position();
    }

    /** Skips to a position that was computed from what the section says. */
    void position(long position) throws ImageException {
        if (position < in.position() || position > in.limit()) {
            throw damaged();
        }
        in.position((int) position);
    }

    /** The next {@code length} bytes as a reader of their own. */
    DwarfReader part(long length) throws ImageException {
        if (length < 0 || length > in.remaining()) {
            throw damaged();
        }
        var part = in.slice(in.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.position() + (int) length);
        return new DwarfReader(part);
    }

    int u8() throws ImageException {
        return s8() & 0xFF;
    }

    int s8() throws ImageException {
        try {
            return in.get();
        } catch (BufferUnderflowException e) {
            throw damaged();
        }
    }

    int u16() throws ImageException {
        try {
            return in.getShort() & 0xFFFF;
        } catch (BufferUnderflowException e) {
            throw damaged();
        }
    }

    int s32() throws ImageException {
        try {
            return in.getInt();
        } catch (BufferUnderflowException e) {
            throw damaged();
        }
    }

    /** Unsigned LEB128, of which the low 32 bits count. */
    int uleb() throws ImageException {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = u8();
            value |= shift < 32 ? (next & 0x7F) << shift : 0;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
    }

    /** Signed LEB128, of which the low 32 bits count. */
    int sleb() throws ImageException {
        int value = 0;
        for (int shift = 0; ; ) {
            int next = u8();
            value |= shift < 32 ? (next & 0x7F) << shift : 0;
            shift += 7;
            if ((next & 0x80) == 0) {
                return shift < 32 && (next & 0x40) != 0 ? value | -1 << shift : value;
            }
        }
    }

    /** Up to a zero byte. */
    String string() throws ImageException {
        int from = in.position();
        while (u8() != 0) {
            // The zero ends it.
        }
        return StandardCharsets.UTF_8
                .decode(in.slice(from, in.position() - from - 1))
                .toString();
    }

    /** The string at an offset. */
    String stringAt(int offset) throws ImageException {
        if (offset < 0 || offset >= in.limit()) {
            throw damaged();
        }
        return new DwarfReader(in.duplicate().position(offset)).string();
    }

    static ImageException damaged() {
        return new ImageException("expected DWARF line information that fits its section; it is damaged");
    }
}
