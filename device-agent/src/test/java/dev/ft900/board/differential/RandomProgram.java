package dev.ft900.board.differential;

import dev.ft900.board.cpu.Ffu;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A program of random instructions that ends: loops that run often enough to be translated, calls, jumps over a few instructions. At its
 * end it stores all registers and prints a part of RAM. Leaves out what GNU's simulator cannot do: division by zero, I/O.
 */
final class RandomProgram {
    private static final int LOOPS = 3;
    private static final int TURNS = 700;
    private static final int BODY = 30;
    private static final int FUNCTIONS = 3;
    private static final int REGISTER_DUMP = 0x9000;
    private static final int PRINTED = 0xA000;

    // Registers with a duty; the others are random.
    private static final int BASE = 16;
    private static final int TO = 17;
    private static final int FROM = 18;
    private static final int PROGRAM_BASE = 19;
    private static final int COUNTER = 20;
    private static final int TARGET = 21;
    private static final int FREE = 16;
    private static final int CC = 30;
    private static final int SP = 31;

    private final Random random;
    private final List<Integer> words = new ArrayList<>();

    RandomProgram(long seed) {
        random = new Random(seed);
        generate();
    }

    /** With a program header for us and section headers for GNU's loader. */
    byte[] elf() {
        int text = 52 + 32;
        int size = 4 * words.size();
        var names = "\0.text\0.shstrtab\0".getBytes(StandardCharsets.US_ASCII);
        int nameTable = text + size;
        int sections = nameTable + 20;
        var elf = ByteBuffer.allocate(sections + 3 * 40).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[] {0x7F, 'E', 'L', 'F', 1, 1, 1}).position(16);
        elf.putShort((short) 2)
                .putShort((short) 222)
                .putInt(1)
                .putInt(0)
                .putInt(52)
                .putInt(sections)
                .putInt(0);
        for (int half : new int[] {52, 32, 1, 40, 3, 2}) {
            elf.putShort((short) half);
        }
        putAll(elf, 1, text, 0, 0, size, size, 5, 4);
        words.forEach(elf::putInt);
        elf.put(names).position(sections + 40);
        putAll(elf, 1, 1, 6, 0, text, size, 0, 0, 4, 0);
        putAll(elf, 7, 3, 0, 0, nameTable, names.length, 0, 0, 1, 0);
        return elf.array();
    }

    private static void putAll(ByteBuffer out, int... values) {
        for (int value : values) {
            out.putInt(value);
        }
    }

    private void generate() {
        // The functions come first, behind a jump over them.
        int jump = emit(0);
        var functions = new ArrayList<Integer>();
        for (int f = 0; f < FUNCTIONS; f++) {
            functions.add(words.size());
            for (int n = 0; n < 8; n++) {
                arithmetic();
            }
            emit(0xA0000000);
        }
        words.set(jump, 0x00300000 | words.size());
        for (int register = 0; register < 32; register++) {
            constant(register, random.nextInt());
        }
        constant(BASE, 0x8000);
        constant(TO, 0x6000 + random.nextInt(64));
        constant(FROM, 0x6000 + random.nextInt(64));
        constant(PROGRAM_BASE, random.nextInt(0x800));
        constant(SP, random.nextInt(0x10000));
        for (int loop = 0; loop < LOOPS; loop++) {
            emit(0x64000000 | COUNTER << 20 | 1 + random.nextInt(TURNS));
            int start = words.size();
            body(functions);
            emit(0x44000000 | COUNTER << 20 | COUNTER << 15 | 1 << 14 | 1 << 4 | 2);
            emit(0x5C000000 | CC << 20 | COUNTER << 15 | 1 << 14 | 2);
            emit(0x00200000 | start);
        }
        end();
    }

    private void body(List<Integer> functions) {
        for (int n = 0; n < BODY; n++) {
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> arithmetic();
                case 4, 5 -> compare();
                case 6 -> memory();
                case 7 -> stack();
                case 8 -> string();
                case 9 -> skip();
                case 10 -> call(functions);
                default -> exchange();
            }
        }
    }

    private void arithmetic() {
        switch (random.nextInt(5)) {
            case 0 -> emit(0x64000000 | free() << 20 | random.nextInt(0x100000));
            case 1 -> divide();
            default ->
                emit(0x40000000 | width() << 25 | freeOrFlags() << 20 | any() << 15 | rimm() << 4 | random.nextInt(15));
        }
    }

    private void divide() {
        int[] operations = {Ffu.UDIV, Ffu.UMOD, Ffu.DIV, Ffu.MOD, Ffu.MUL, Ffu.MULUH};
        int operation = operations[random.nextInt(operations.length)];
        int divisor = free();
        // Never zero.
        emit(0x44000000 | divisor << 20 | divisor << 15 | 1 << 14 | 1 << 4 | 5);
        emit(0xF4000000 | free() << 20 | any() << 15 | divisor << 4 | operation);
    }

    private void compare() {
        int target = random.nextInt(8) == 0 ? free() : CC;
        emit(0x58000000 | width() << 25 | target << 20 | any() << 15 | rimm() << 4 | random.nextInt(15));
        if (random.nextBoolean()) {
            skip();
        }
    }

    private void memory() {
        int width = width();
        switch (random.nextInt(6)) {
            case 0 -> emit(0xC0000000 | width << 25 | free() << 20 | random.nextInt(0x10000));
            case 1 -> emit(0xB8000000 | width << 25 | any() << 20 | random.nextInt(0x10000));
            case 2 -> emit(0xA8000000 | width << 25 | free() << 20 | BASE << 15 | random.nextInt(0x8000));
            case 3 -> emit(0xB0000000 | width << 25 | BASE << 20 | any() << 15 | random.nextInt(0x8000));
            case 4 -> emit(0x68000000 | width << 25 | free() << 20 | random.nextInt(0x400));
            default -> emit(0xC8000000 | width << 25 | free() << 20 | PROGRAM_BASE << 15 | random.nextInt(0x80));
        }
    }

    private void exchange() {
        int width = width();
        if (random.nextBoolean()) {
            emit(0x38000000 | width << 25 | free() << 20 | random.nextInt(0x10000));
        } else {
            emit(0xE8000000 | width << 25 | free() << 20 | BASE << 15 | random.nextInt(0x8000));
        }
    }

    private void stack() {
        switch (random.nextInt(5)) {
            case 0 -> emit(0x84000000 | any() << 15);
            case 1 -> emit(0x8C000000 | freeOrFlags() << 20);
            case 2 -> emit(0x94000000 | free() << 20 | random.nextInt(0x100));
            case 3 -> emit(0x98000000 | free() << 20);
            default -> emit(0x84000000 | SP << 15);
        }
    }

    private void string() {
        int count = 1 << 10 | random.nextInt(64);
        int width = width();
        switch (random.nextInt(5)) {
            case 0 -> emit(0xF0000000 | width << 25 | TO << 20 | FROM << 15 | count << 4 | Ffu.MEMCPY);
            case 1 -> emit(0xF0000000 | width << 25 | TO << 20 | any() << 15 | count << 4 | Ffu.MEMSET);
            case 2 -> emit(0xF0000000 | free() << 20 | FROM << 15 | TO << 4 | Ffu.STRCMP);
            case 3 -> emit(0xF0000000 | free() << 20 | FROM << 15 | 1 << 14 | Ffu.STRLEN);
            default -> {
                // A zero behind, so that it ends; the target apart from the source.
                emit(0x64000000 | TARGET << 20);
                emit(0xB0000000 | FROM << 20 | TARGET << 15 | 0x20);
                emit(0x64000000 | TARGET << 20 | 0x3000);
                emit(0xF0000000 | TARGET << 20 | FROM << 15 | 1 << 14 | Ffu.STPCPY);
            }
        }
    }

    /** A conditional jump over up to three instructions, on any bit of any of the three flag registers. */
    private void skip() {
        boolean named = random.nextInt(4) != 0;
        int bit = named ? random.nextInt(7) : random.nextInt(32);
        int register = named ? 2 : random.nextInt(3);
        int over = 1 + random.nextInt(3);
        emit(bit << 22 | register << 20 | random.nextInt(2) << 19 | words.size() + 1 + over);
        for (int n = 0; n < over; n++) {
            emit(0x40000000 | width() << 25 | free() << 20 | any() << 15 | rimm() << 4 | random.nextInt(15));
        }
    }

    private void call(List<Integer> functions) {
        int function = functions.get(random.nextInt(functions.size()));
        switch (random.nextInt(4)) {
            case 0 -> emit(random.nextInt(7) << 22 | 2 << 20 | random.nextInt(2) << 19 | 1 << 18 | function);
            case 1 -> {
                emit(0x64000000 | TARGET << 20 | 4 * function);
                emit(0x08340000 | TARGET << 4);
            }
            case 2 -> {
                emit(0x64000000 | TARGET << 20 | 4 * (words.size() + 3));
                emit(0x08200000 | random.nextInt(7) << 22 | random.nextInt(2) << 19 | TARGET << 4);
                arithmeticWord();
            }
            default -> emit(0x00340000 | function);
        }
    }

    private void arithmeticWord() {
        emit(0x44000000 | free() << 20 | any() << 15 | rimm() << 4 | random.nextInt(15));
    }

    private void end() {
        for (int register = 0; register < 32; register++) {
            emit(0xBC000000 | register << 20 | REGISTER_DUMP + 4 * register);
        }
        constant(0, 0x10000);
        constant(1, 0);
        constant(2, PRINTED);
        emit(0xF000802E);
        emit(0x64000000);
        emit(0xBC01FFFC);
    }

    private int emit(int word) {
        words.add(word);
        return words.size() - 1;
    }

    /** A register gets a value of 30 bits. */
    private void constant(int register, int value) {
        emit(0x64000000 | register << 20 | value >> 10 & 0xFFFFF);
        emit(0x44000000 | register << 20 | register << 15 | 1 << 14 | (value & 0x3FF) << 4 | 3);
    }

    private int width() {
        return random.nextInt(3);
    }

    private int free() {
        return random.nextInt(FREE);
    }

    private int freeOrFlags() {
        return random.nextInt(8) == 0 ? CC : free();
    }

    private int any() {
        return random.nextInt(32);
    }

    private int rimm() {
        return random.nextBoolean() ? 1 << 10 | random.nextInt(1024) : any();
    }
}
