package dev.ft900.board.peripheral.flash;

import static dev.ft900.board.register.Access.READ_ONLY;
import static dev.ft900.board.register.Access.UNMODELLED;
import static dev.ft900.board.register.Access.WRITE_ONE_TO_CLEAR;
import static dev.ft900.board.register.Access.WRITE_ONLY;

import dev.ft900.board.bus.Findings;
import dev.ft900.board.register.Field;
import dev.ft900.board.register.Reach;
import dev.ft900.board.register.Register;
import dev.ft900.board.register.RegisterBank;

/** The table of sheet 4.9. */
final class FlashRegisters {
    final RegisterBank bank;
    final Register[] memoryAddress;
    final Register[] flashAddress;
    final Register[] length;
    final Register command;
    final Register semaphore;
    final Field taken;
    final Field clockDivider;
    final Field writing;
    final Field busy;
    final Register crcLow;
    final Register crcHigh;

    FlashRegisters(int base, Findings findings) {
        bank = new RegisterBank("FLASH", base, 0xC0, Reach.BYTES, findings);
        memoryAddress = triple(0x00, "RSADDR");
        flashAddress = triple(0x03, "FSADDR");
        length = triple(0x06, "BLENGTH");
        command = bank.register(0x09, "COMMAND", 8, 0x00, WRITE_ONLY);
        semaphore = bank.register(0x0B, "SEMAPHORE", 8, 0x00);
        taken = semaphore.bit(0, "taken", WRITE_ONE_TO_CLEAR);
        clockDivider = bank.register(0x0C, "CONFIG", 8, 0x00).field(1, 0, "spi_clock", WRITE_ONLY);
        var status = bank.register(0x0D, "STATUS", 8, 0x00);
        writing = status.bit(0, "write_in_progress", READ_ONLY);
        status.bit(4, "write_data_ready", READ_ONLY);
        status.bit(5, "read_data_ready", READ_ONLY);
        busy = status.bit(6, "busy", READ_ONLY);
        crcLow = bank.register(0x0E, "CRCL", 8, 0x00, READ_ONLY);
        crcHigh = bank.register(0x0F, "CRCH", 8, 0x00, READ_ONLY);
        for (int i = 0; i < 4; i++) {
            bank.register(0x7C + i, "CHIPID" + i, 8, 0x00, UNMODELLED);
        }
        for (int i = 0; i < 64; i++) {
            bank.register(0x80 + i, "DRWDATA" + i, 8, 0x00, UNMODELLED);
        }
    }

    private Register[] triple(int offset, String name) {
        var bytes = new Register[3];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bank.register(offset + i, name + i, 8, 0x00, WRITE_ONLY);
        }
        return bytes;
    }

    static int value(Register[] bytes) {
        return bytes[2].value() << 16 | bytes[1].value() << 8 | bytes[0].value();
    }
}
