package dev.ft900.board.control;

/** What a device may ask of its machine. The core stops after the instruction that made the device ask; then it is done. */
public interface MachineControl {
    void reset(ResetCause cause);

    /**
     * The program is at its end: it wrote to 0x1FFFC.
     *
     * @param code what it wrote
     */
    void exit(int code);

    /** The CPU stops until {@link #wake()}; time goes on from alarm to alarm. */
    void sleep();

    void wake();
}
