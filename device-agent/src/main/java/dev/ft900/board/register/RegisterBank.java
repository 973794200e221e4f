package dev.ft900.board.register;

import dev.ft900.board.bus.AccessWidth;
import dev.ft900.board.bus.Finding;
import dev.ft900.board.bus.Finding.Kind;
import dev.ft900.board.bus.Findings;
import dev.ft900.board.bus.IoDevice;
import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import dev.ft900.board.state.Stateful;
import java.util.ArrayList;
import java.util.List;

/**
 * The registers of one peripheral: its table, and what the CPU's accesses to it do. Registers are declared in the order of the
 * manual. Two may share an offset if one can only be read and the other only be written. Offsets without a register read 0.
 *
 * <p>Confined to the machine's thread.
 */
public final class RegisterBank implements IoDevice, Stateful {
    private final String name;
    private final int base;
    private final int size;
    private final Reach reach;
    private final Findings findings;
    private final List<Register> registers = new ArrayList<>();
    private Register[] readable;
    private Register[] writable;

    /**
     * Makes an empty bank.
     *
     * @param name the block's name, such as {@code UART0}
     * @param base its address on the data bus
     * @param size its length in bytes
     * @param findings hears of mistakes and gaps
     */
    public RegisterBank(String name, int base, int size, Reach reach, Findings findings) {
        this.name = name;
        this.base = base;
        this.size = size;
        this.reach = reach;
        this.findings = findings;
    }

    /** The block's name. */
    public String name() {
        return name;
    }

    /** Its address on the data bus. */
    public int base() {
        return base;
    }

    /** Its length in bytes. */
    public int size() {
        return size;
    }

    /** The accesses it takes. */
    public Reach reach() {
        return reach;
    }

    /** The registers in the order of their declaration. */
    public List<Register> registers() {
        return List.copyOf(registers);
    }

    /**
     * Declares a register; its fields follow.
     *
     * @param width 8, 16 or 32 bits
     * @throws IllegalArgumentException it does not fit the block or its width; a fault of the table
     */
    public Register register(int offset, String registerName, int width, int reset) {
        if ((width != 8 && width != 16 && width != 32) || offset < 0 || offset + width / 8 > size) {
            throw new IllegalArgumentException(name + "." + registerName + ": " + width + " bits at offset 0x"
                    + Integer.toHexString(offset) + " of a block of " + size + " bytes");
        }
        var register = new Register(this, offset, registerName, width, reset);
        registers.add(register);
        return register;
    }

    /** Declares a register that is one field. */
    public Register register(int offset, String registerName, int width, int reset, Access access) {
        var register = register(offset, registerName, width, reset);
        register.field(width - 1, 0, "value", access);
        return register;
    }

    /** Gives all registers their reset values; tells no peripheral. */
    public void reset() {
        registers.forEach(Register::reset);
    }

    @Override
    public int load(int offset, AccessWidth width) {
        seal();
        checkWidth(offset, width);
        int end = Math.min(offset + reach.bytes(width), size);
        int result = 0;
        for (int at = offset; at < end; ) {
            var register = readable[at];
            if (register == null) {
                reportHole(at, "reads", writable[at]);
                at++;
                continue;
            }
            int next = Math.min(end, register.offset() + register.width() / 8);
            int into = (register.offset() - offset) * 8;
            int lanes = lanes(at - register.offset(), next - register.offset());
            result |= shift(register.read(lanes) & lanes, into);
            at = next;
        }
        return result;
    }

    @Override
    public boolean isSteady(int offset, AccessWidth width) {
        seal();
        var register = readable[offset];
        return reach.accepts(width)
                && register != null
                && register.offset() == offset
                && register.width() == width.bytes() * 8
                && register.isSteady();
    }

    @Override
    public void store(int offset, AccessWidth width, int value) {
        seal();
        checkWidth(offset, width);
        int end = Math.min(offset + reach.bytes(width), size);
        for (int at = offset; at < end; ) {
            var register = writable[at];
            if (register == null) {
                reportHole(at, "writes", readable[at]);
                at++;
                continue;
            }
            int next = Math.min(end, register.offset() + register.width() / 8);
            int from = (offset - register.offset()) * 8;
            register.write(shift(value, from), lanes(at - register.offset(), next - register.offset()));
            at = next;
        }
    }

    /** The bits of bytes {@code from} (inclusive) to {@code to} (exclusive) of a word. */
    private static int lanes(int from, int to) {
        return (int) ((1L << to * 8) - (1L << from * 8));
    }

    private static int shift(int word, int left) {
        return left >= 0 ? word << left : word >>> -left;
    }

    private void checkWidth(int offset, AccessWidth width) {
        if (!reach.accepts(width)) {
            report(Kind.GUEST_ERROR, offset, width.bytes() * 8 + "-bit access to a block that takes " + reach.bits());
        }
    }

    private void reportHole(int offset, String does, Register otherWay) {
        if (otherWay == null) {
            report(Kind.GUEST_ERROR, offset, does + " where no register is");
        } else {
            var only = does.equals("reads") ? "write-only " : "read-only ";
            report(Kind.GUEST_ERROR, offset, does + " " + only + otherWay.name());
        }
    }

    /**
     * Reports what a program did at an offset of this block.
     *
     * @param what in words, beginning with a verb, without values, so that the same act is the same finding
     */
    public void report(Kind kind, int offset, String what) {
        findings.report(new Finding(kind, name, base + offset, what));
    }

    @Override
    public void save(StateWriter out) {
        registers.forEach(register -> out.putInt(register.value()));
    }

    @Override
    public void restore(StateReader in) {
        registers.forEach(register -> register.value(in.getInt()));
    }

    /** Looks at the finished table once, before the first access: who answers reads and writes of each byte. */
    private void seal() {
        if (readable != null) {
            return;
        }
        readable = new Register[size];
        writable = new Register[size];
        for (var register : registers) {
            register.seal();
            claim(readable, register, register.isReadable());
            claim(writable, register, register.isWritable());
        }
    }

    private static void claim(Register[] byByte, Register register, boolean wanted) {
        for (int i = 0; wanted && i < register.width() / 8; i++) {
            var other = byByte[register.offset() + i];
            if (other != null) {
                throw new IllegalArgumentException(register + " and " + other + " are at the same offset");
            }
            byByte[register.offset() + i] = register;
        }
    }
}
