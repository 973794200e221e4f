package dev.ft900.agent.flash;

import java.util.Arrays;

/**
 * Serial NOR flash (hardware sheet 2.1, 4.9): erasing sets a sector to ones, programming can only clear bits. 256 KB in sectors of
 * 4 KB and pages of 256 bytes. For one thread.
 */
public interface Flash {
    /** Size in bytes. */
    int SIZE = 256 * 1024;

    /** What is erased at a time, in bytes. */
    int SECTOR = 4 * 1024;

    /** What is programmed at a time at the most, in bytes; no programming crosses a multiple of it. */
    int PAGE = 256;

    /** A copy of {@code length} bytes from {@code address} on. */
    byte[] read(int address, int length);

    /**
     * Sets one sector to ones.
     *
     * @param address of the sector, a multiple of {@link #SECTOR}
     */
    void eraseSector(int address);

    /**
     * Clears bits: each byte becomes itself AND the new one.
     *
     * @param data 1 to {@link #PAGE} bytes that do not cross a page
     */
    void programPage(int address, byte[] data);

    /** Programs any number of bytes, page after page. */
    default void program(int address, byte[] data) {
        for (int done = 0; done < data.length; ) {
            int at = address + done;
            int length = Math.min(data.length - done, PAGE - at % PAGE);
            programPage(at, Arrays.copyOfRange(data, done, done + length));
            done += length;
        }
    }

    /** Erases all sectors of a range; both ends are multiples of {@link #SECTOR}. */
    default void erase(int address, int length) {
        for (int at = address; at < address + length; at += SECTOR) {
            eraseSector(at);
        }
    }
}
