package dev.ft900.hil.simulated;

import dev.ft900.agent.flash.Flash;
import java.util.Arrays;

/**
 * A flash whose power goes during one operation, at one of its stages: before it, with a part done, or after it. For a page each byte is a
 * stage; a sector is erased in four.
 */
final class CutFlash implements Flash {
    private static final int ERASE_STAGES = 4;

    private final Flash flash;
    private long stagesLeft;

    /** @param stages how many stages are done before the power goes; {@link Long#MAX_VALUE} for never */
    CutFlash(Flash flash, long stages) {
        this.flash = flash;
        this.stagesLeft = stages;
    }

    /** How many stages are left. */
    long stagesLeft() {
        return stagesLeft;
    }

    @Override
    public byte[] read(int address, int length) {
        return flash.read(address, length);
    }

    @Override
    public void eraseSector(int address) {
        for (int stage = 1; stage <= ERASE_STAGES; stage++) {
            stage();
            if (stage == ERASE_STAGES) {
                flash.eraseSector(address);
            } else {
                int rest = SECTOR * stage / ERASE_STAGES;
                var untouched = flash.read(address + rest, SECTOR - rest);
                flash.eraseSector(address);
                flash.program(address + rest, untouched);
            }
        }
    }

    @Override
    public void programPage(int address, byte[] data) {
        for (int i = 0; i < data.length; i++) {
            stage();
            flash.programPage(address + i, Arrays.copyOfRange(data, i, i + 1));
        }
    }

    private void stage() {
        if (stagesLeft-- == 0) {
            stagesLeft = 0;
            throw new PowerLost();
        }
    }
}
