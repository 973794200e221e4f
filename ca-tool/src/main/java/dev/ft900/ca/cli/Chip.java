package dev.ft900.ca.cli;

/**
 * What the CHIPID register says (hardware sheet, 4.1.1): the model in its upper half, the revision in its lower.
 *
 * @param model such as {@code FT900}; {@code unknown} for what is none of FT900 to FT908
 * @param revision B or C, as the vendor's SDK tells them apart: all that is not B is C
 */
record Chip(String model, String revision) {
    private static final int FIRST = 0x0900;
    private static final int LAST = 0x0908;

    static Chip of(int chipId) {
        int model = chipId >>> 16;
        return new Chip(
                model >= FIRST && model <= LAST ? "FT" + Integer.toHexString(model) : "unknown",
                (chipId & 0xFFFF) <= 1 ? "B" : "C");
    }

    @Override
    public String toString() {
        return model + " revision " + revision;
    }
}
