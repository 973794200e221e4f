package dev.ft900.board.peripheral.sys;

/** What the miscellaneous control register does to other blocks; the board connects it. */
public interface SystemSwitches {
    /** PERI_SOFTRESET: the peripherals' own registers return to their reset values; clocks, pads and priorities stay. */
    void resetPeripherals();

    /** MAC_RESET_PHY. */
    void resetPhy();

    /** One of the levels that {@link SystemControl} offers may have changed. */
    void levelsChanged();
}
