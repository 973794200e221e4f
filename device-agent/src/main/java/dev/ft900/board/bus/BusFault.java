package dev.ft900.board.bus;

/** Firmware did something that a strict machine does not let pass. The core that runs it stops at the instruction. */
public final class BusFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Finding finding;

    public BusFault(Finding finding) {
        super(finding.toString(), null, false, false);
        this.finding = finding;
    }

    /** What the firmware did. */
    public Finding finding() {
        return finding;
    }
}
