package dev.ft900.board.register;

import dev.ft900.board.bus.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/**
 * One register: 8, 16 or 32 bits of named fields. Bits that no field names are reserved. The CPU reads and writes it through its
 * {@link RegisterBank}; its peripheral looks at the fields and hears of accesses.
 */
public final class Register {
    private static final String RESERVED_NAME = "reserved";

    private final RegisterBank bank;
    private final String name;
    private final int offset;
    private final int width;
    private final int reset;
    private final List<Field> fields = new ArrayList<>();
    private final int[] masks = new int[Access.values().length];
    private int named;
    private int reserved;
    private int unmodelled;
    private int pulses;
    private int readsZero;
    private int clearsOnRead;
    private int stores;
    private int sets;
    private int clearsOnOne;
    private int value;
    private IntSupplier source;
    private Runnable afterRead;
    private boolean steady;
    private IntConsumer afterWrite = before -> {};

    Register(RegisterBank bank, int offset, String name, int width, int reset) {
        this.bank = bank;
        this.offset = offset;
        this.name = name;
        this.width = width;
        this.reset = reset;
        this.value = reset;
        if ((reset & ~all()) != 0) {
            throw new IllegalArgumentException(
                    this + ": the reset value " + Integer.toHexString(reset) + " is wider than " + width + " bits");
        }
    }

    /** The manual's name. */
    public String name() {
        return name;
    }

    /** The offset in its block, in bytes. */
    public int offset() {
        return offset;
    }

    /** 8, 16 or 32 bits. */
    public int width() {
        return width;
    }

    /** What it holds after a reset. */
    public int resetValue() {
        return reset;
    }

    /** The fields in the order of their declaration. */
    public List<Field> fields() {
        return List.copyOf(fields);
    }

    /** All bits of fields with one of these access modes; bits without a name count as reserved. */
    public int mask(Access... accesses) {
        int mask = 0;
        for (var access : accesses) {
            mask |= masks[access.ordinal()] | (access == Access.RESERVED ? all() & ~named : 0);
        }
        return mask;
    }

    private int all() {
        return width == 32 ? -1 : (1 << width) - 1;
    }

    /**
     * Declares a field.
     *
     * @throws IllegalArgumentException it overlaps another one or does not fit; a fault of the table
     */
    public Field field(int highBit, int lowBit, String fieldName, Access access) {
        var field = new Field(this, fieldName, lowBit, highBit - lowBit + 1, access);
        if (lowBit < 0 || highBit < lowBit || highBit >= width || (field.mask() & named) != 0) {
            throw new IllegalArgumentException(this + ": field " + fieldName + " [" + highBit + ":" + lowBit
                    + "] overlaps another or does not fit");
        }
        fields.add(field);
        named |= field.mask();
        masks[access.ordinal()] |= field.mask();
        return field;
    }

    /** Declares a field of one bit. */
    public Field bit(int bit, String fieldName, Access access) {
        return field(bit, bit, fieldName, access);
    }

    /** Names bits that the manual calls reserved. */
    public Register reserved(int highBit, int lowBit) {
        field(highBit, lowBit, RESERVED_NAME, Access.RESERVED);
        return this;
    }

    /** Has the bits that are not reserved read from {@code hardware} rather than from what the register holds. */
    public Register reads(IntSupplier hardware) {
        source = hardware;
        return this;
    }

    /** Calls {@code then} after every read by the CPU. */
    public Register onRead(Runnable then) {
        afterRead = then;
        return this;
    }

    /**
     * Says that reading it has no effect as long as no bit is there that a read clears, and that it reads the same until something else
     * changes: of a register that {@link #reads} hardware or has an {@link #onRead}. Others are steady anyway.
     */
    public Register steady() {
        steady = true;
        return this;
    }

    boolean isSteady() {
        boolean plain = source == null && afterRead == null;
        boolean hasMeaning = (all() & ~reserved & ~unmodelled) != 0;
        return (steady || plain) && hasMeaning && (value & clearsOnRead) == 0;
    }

    /** Calls {@code then} after every write by the CPU; a {@link Access#PULSE} field that was set still reads set in there. */
    public Register onWrite(Runnable then) {
        afterWrite = before -> then.run();
        return this;
    }

    /** As {@link #onWrite(Runnable)}; {@code then} is told what the register held before. */
    public Register onWrite(IntConsumer then) {
        afterWrite = then;
        return this;
    }

    /** What it holds, as the hardware sees it. */
    public int value() {
        return value;
    }

    /** Makes it hold {@code newValue}, as the hardware does: no access mode applies, nobody is told. */
    public void value(int newValue) {
        value = newValue & all();
    }

    void reset() {
        value = reset;
    }

    /** Ends the declaration: gathers the fields of each access mode. */
    void seal() {
        reserved = mask(Access.RESERVED);
        unmodelled = mask(Access.UNMODELLED);
        pulses = mask(Access.PULSE);
        readsZero = mask(Access.WRITE_ONLY, Access.PULSE);
        clearsOnRead = mask(Access.READ_TO_CLEAR);
        stores = mask(Access.READ_WRITE, Access.WRITE_ONLY, Access.UNMODELLED);
        sets = mask(Access.PULSE, Access.SET_UNTIL_DONE);
        clearsOnOne = mask(Access.WRITE_ONE_TO_CLEAR);
    }

    /** Whether a read of its offset is meant for it. */
    boolean isReadable() {
        int meaning = all() & ~mask(Access.RESERVED);
        return meaning == 0 || (meaning & ~mask(Access.WRITE_ONLY)) != 0;
    }

    /** Whether a write to its offset is meant for it. */
    boolean isWritable() {
        int meaning = all() & ~mask(Access.RESERVED);
        return meaning == 0 || (meaning & ~mask(Access.READ_ONLY, Access.READ_TO_CLEAR)) != 0;
    }

    int read(int lanes) {
        int result = source == null ? value : source.getAsInt() & ~reserved | value & reserved;
        value &= ~(clearsOnRead & lanes);
        reportWholly(lanes, "reads");
        if (afterRead != null) {
            afterRead.run();
        }
        return result & ~readsZero & all();
    }

    void write(int written, int lanes) {
        int before = value;
        int stored = stores & lanes;
        value = (before & ~stored | written & (stored | sets & lanes)) & ~(written & clearsOnOne & lanes);
        report(lanes, before, written);
        afterWrite.accept(before);
        value &= ~pulses;
    }

    private void report(int lanes, int before, int written) {
        int changed = (before ^ written) & lanes;
        if (reportWholly(lanes, "writes") || changed == 0) {
            return;
        }
        for (var field : fields) {
            if ((field.mask() & changed) != 0 && field.access() == Access.UNMODELLED) {
                bank.report(Kind.NOT_MODELLED, offset, "changes " + field.name() + " of " + name);
            }
        }
        if ((changed & reserved) != 0) {
            bank.report(Kind.GUEST_ERROR, offset, "changes reserved bits of " + name);
        }
    }

    /** Reports an access to a register that has no meaning, or none that we model, as a whole. */
    private boolean reportWholly(int lanes, String does) {
        if ((lanes & ~reserved) == 0) {
            bank.report(Kind.GUEST_ERROR, offset, does + " reserved " + name);
            return true;
        }
        if ((lanes & ~reserved & ~unmodelled) == 0) {
            bank.report(Kind.NOT_MODELLED, offset, does + " " + name);
            return true;
        }
        return false;
    }

    @Override
    public String toString() {
        return bank.name() + "." + name;
    }
}
