package dev.ft900.board.peripheral;

/** The two revisions of the chip that firmware tells apart by CHIPID (sheet 4.1.1). */
public enum Revision {
    /** Revision 0001 of the user manual: RTC at 0x10280, one timer prescaler, watchdog interrupt only. */
    B(0x0900_0001),
    /** RTC at 0x10900, four timer prescalers, second-level watchdog reset, reset register. */
    C(0x0900_0002);

    private final int chipId;

    Revision(int chipId) {
        this.chipId = chipId;
    }

    /** What CHIPID reads. That of revision C is not published; any but 0 and 1 in the low half is taken for C by the vendor's SDK. */
    public int chipId() {
        return chipId;
    }
}
