package dev.ft900.board.register;

/** How a field of a register answers the CPU. A closed list; whatever else a field does is its peripheral's business. */
public enum Access {
    /** Reads back what was written. */
    READ_WRITE("rw"),
    /** Set by hardware; writes change nothing. */
    READ_ONLY("ro"),
    /** Reads 0; the peripheral sees what was written. */
    WRITE_ONLY("wo"),
    /** Set by hardware; writing 1 clears it, writing 0 changes nothing. */
    WRITE_ONE_TO_CLEAR("w1c"),
    /** Set by hardware; reading clears it, writes change nothing. */
    READ_TO_CLEAR("rc"),
    /** Set by software, cleared by hardware at once: reads 0. */
    PULSE("pulse"),
    /** Set by software, cleared by hardware when it is done; writing 0 changes nothing. */
    SET_UNTIL_DONE("rwac"),
    /** Means nothing: keeps its reset value. Writing another value is the program's mistake. */
    RESERVED("res"),
    /** Means something on silicon that this model does not do: reads back what was written. Writing another value shows a gap. */
    UNMODELLED("gap");

    private final String mark;

    Access(String mark) {
        this.mark = mark;
    }

    /** The short form that {@code docs/registers.md} uses. */
    public String mark() {
        return mark;
    }
}
