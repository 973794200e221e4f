package dev.ft900.board.cpu;

import java.util.List;
import java.util.Locale;

/** Instructions as the assembler writes them, without the dollar signs of register names. */
public final class Disassembler {
    private static final List<String> ALU = List.of(
            "add", "ror", "sub", "ldl", "and", "or", "xor", "xnor", "ashl", "lshr", "ashr", "bins", "bexts", "bextu",
            "flip");
    private static final List<String> FFU = List.of(
            "udiv",
            "umod",
            "div",
            "mod",
            "strcmp",
            "memcpy",
            "strlen",
            "memset",
            "mul",
            "muluh",
            "stpcpy",
            "",
            "streamin",
            "streamini",
            "streamout",
            "streamouti");
    /** By flag number: the name for a flag that is 0, and for one that is 1. */
    private static final List<String> CONDITIONS =
            List.of("nz", "z", "ae", "b", "no", "o", "ns", "s", "lt", "gte", "lte", "gt", "be", "a");

    private static final int NOP = 0x40004000;
    private static final int LARGEST_DECIMAL = 1023;

    private Disassembler() {}

    /** The text of any word; {@code .long} for one that is no instruction. */
    public static String text(int word) {
        var i = Instruction.decode(word);
        if (word == NOP) {
            return "nop";
        }
        if (!i.legal() && i.kind() != InstructionClass.HALT) {
            return String.format(Locale.ROOT, ".long 0x%08x", word);
        }
        var operands = operands(i);
        return operands.isEmpty() ? mnemonic(i) : mnemonic(i) + " " + operands;
    }

    private static String mnemonic(Instruction i) {
        return switch (i.kind()) {
            case ALU -> (isMove(i) ? "move" : ALU.get(i.al())) + suffix(i);
            case CMP ->
                switch (i.al()) {
                            case Alu.ADD -> "addcc";
                            case Alu.SUB -> "cmp";
                            case Alu.AND -> "tst";
                            case Alu.BEXTS -> "btst";
                            default -> ALU.get(i.al()) + "cc";
                        }
                        + suffix(i);
            case FFU -> FFU.get(i.al()) + suffix(i);
            case JUMP, JUMP_INDIRECT -> jump(i);
            case RETURN -> i.fromInterrupt() ? "reti" : "return";
            case PUSH, POP, LINK, UNLINK, HALT -> i.kind().mnemonic();
            default -> i.kind().mnemonic() + suffix(i);
        };
    }

    private static String jump(Instruction i) {
        var stem = (i.call() ? "call" : "jmp") + (i.kind() == InstructionClass.JUMP_INDIRECT ? "i" : "");
        return !i.conditional() ? stem : stem + (named(i) ? "c" : "x");
    }

    private static String suffix(Instruction i) {
        return switch (i.dw()) {
            case 0 -> ".b";
            case 1 -> ".s";
            case 2 -> ".l";
            default -> ".?";
        };
    }

    private static boolean isMove(Instruction i) {
        return i.al() == Alu.ADD && i.b() == Instruction.CONSTANT && i.k() == 0;
    }

    /** Whether the condition has a name: a flag of r30. */
    private static boolean named(Instruction i) {
        return i.flagRegister() == CoreState.CC && i.flagBit() <= Flags.ABOVE;
    }

    private static String operands(Instruction i) {
        var d = register(i.d());
        var a = register(i.a());
        return switch (i.kind().operands()) {
            case NONE -> "";
            case TARGET -> condition(i) + (i.kind() == InstructionClass.JUMP ? hex(i.k()) : a);
            case D -> d;
            case R1 -> a;
            case D_K16, D_K20 -> d + "," + number(i.k());
            case D_PA, D_ADDRESS -> d + "," + hex(i.k());
            case ADDRESS_D -> hex(i.k()) + "," + d;
            case D_1_K15 -> d + "," + a + "," + number(i.k());
            case D_K15_1 -> d + "," + number(i.k()) + "," + a;
            case R1_RIMM -> a + "," + rimm(i);
            case D_1_RIMM -> d + "," + a + (hasTwoOperands(i) ? "" : "," + rimm(i));
        };
    }

    private static boolean hasTwoOperands(Instruction i) {
        boolean ffu = i.kind() == InstructionClass.FFU;
        return !ffu && isMove(i) || ffu && (i.al() == Ffu.STRLEN || i.al() == Ffu.STPCPY);
    }

    private static String condition(Instruction i) {
        if (!i.conditional()) {
            return "";
        }
        return named(i)
                ? CONDITIONS.get(2 * i.flagBit() + i.flagValue()) + ","
                : i.flagBit() + "," + register(i.flagRegister()) + "," + i.flagValue() + ",";
    }

    private static String rimm(Instruction i) {
        if (i.b() != Instruction.CONSTANT) {
            return register(i.b());
        }
        return i.kind() == InstructionClass.ALU && i.al() == Alu.LDL ? hex(i.k() & 0x3FF) : number(i.k());
    }

    private static String register(int number) {
        return switch (number) {
            case CoreState.SP -> "sp";
            case CoreState.CC -> "cc";
            default -> "r" + number;
        };
    }

    private static String number(int value) {
        return value > LARGEST_DECIMAL ? hex(value) : Integer.toString(value);
    }

    private static String hex(int value) {
        return "0x" + Integer.toHexString(value);
    }
}
