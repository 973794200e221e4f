package dev.ft900.agent.flash;

/** What the flash controller insists on. Breaking it is a bug of the firmware, here: of the agent. */
final class FlashBounds {
    private FlashBounds() {}

    static void requireSector(int address) {
        if (address < 0 || address >= Flash.SIZE || address % Flash.SECTOR != 0) {
            throw new IllegalArgumentException("a sector begins at a multiple of " + Flash.SECTOR + "; got " + address);
        }
    }

    static void requireInPage(int address, int length) {
        boolean inside = address >= 0 && address + length <= Flash.SIZE;
        if (!inside || length < 1 || address / Flash.PAGE != (address + length - 1) / Flash.PAGE) {
            throw new IllegalArgumentException(
                    "programming stays within a page of " + Flash.PAGE + "; got " + length + " bytes at " + address);
        }
    }
}
