package dev.ft900.board.peripheral.gpio;

import static dev.ft900.board.register.Access.READ_WRITE;
import static dev.ft900.board.register.Access.WRITE_ONE_TO_CLEAR;

import dev.ft900.board.bus.Findings;
import dev.ft900.board.register.Access;
import dev.ft900.board.register.Field;
import dev.ft900.board.register.Reach;
import dev.ft900.board.register.Register;
import dev.ft900.board.register.RegisterBank;

/** The table of sheet 4.2.1. */
final class GpioRegisters {
    static final int PADS = 67;
    private static final int WORDS = 3;

    final RegisterBank bank;
    final Field[] pull = new Field[PADS];
    final Field[] function = new Field[PADS];
    final Field[] risingEdge = new Field[PADS];
    final Field[] interruptCapable = new Field[PADS];
    final Field[] direction = new Field[PADS];
    final Register[] value;
    final Register[] interruptEnable;
    final Register[] interruptPending;

    GpioRegisters(int base, Findings findings) {
        bank = new RegisterBank("GPIO", base, 0x8C, Reach.ANY, findings);
        for (int pad = 0; pad < PADS; pad++) {
            var register = bank.register(pad, "PAD" + pad, 8, pad <= 2 ? 0x08 : 0x04);
            register.bit(0, "slew", READ_WRITE);
            register.bit(1, "schmitt", READ_WRITE);
            pull[pad] = register.field(3, 2, "pull", READ_WRITE);
            register.field(5, 4, "drive", READ_WRITE);
            function[pad] = register.field(7, 6, "function", READ_WRITE);
        }
        bank.register(PADS, "PAD67", 8, 0x00).reserved(7, 0);
        for (int first = 0; first < PADS; first += 8) {
            var register = bank.register(0x44 + first / 2, "GPIO_CFG" + first / 8, 32, 0);
            for (int pad = first; pad < Math.min(first + 8, PADS); pad++) {
                int low = pad % 8 * 4;
                risingEdge[pad] = register.bit(low, "edge" + pad, READ_WRITE);
                interruptCapable[pad] = register.bit(low + 1, "irq" + pad, READ_WRITE);
                direction[pad] = register.field(low + 3, low + 2, "dir" + pad, READ_WRITE);
            }
        }
        value = words(0x68, "GPIO_VALUE", READ_WRITE);
        interruptEnable = words(0x74, "GPIO_INT_ENABLE", READ_WRITE);
        interruptPending = words(0x80, "GPIO_INT_PEND", WRITE_ONE_TO_CLEAR);
    }

    private Register[] words(int offset, String name, Access access) {
        var words = new Register[WORDS];
        for (int word = 0; word < WORDS; word++) {
            words[word] = bank.register(offset + word * 4, name + word, 32, 0);
            words[word].field(Math.min(31, PADS - 1 - word * 32), 0, "gpio", access);
        }
        return words;
    }
}
