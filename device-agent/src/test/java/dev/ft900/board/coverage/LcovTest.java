package dev.ft900.board.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.board.cpu.Instruction;
import dev.ft900.board.image.Image;
import dev.ft900.board.image.ImageException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A line table of version 3, written here byte by byte: three lines of a.c at 0x10, 0x14, 0x18. */
class LcovTest {
    private static final byte[] PROGRAM = {
        0,
        5,
        2,
        0x10,
        0,
        0,
        0, // set address 0x10
        3,
        4,
        1, // line 5, copy
        2,
        1,
        3,
        1,
        1, // 4 bytes on, line 6, copy
        2,
        1,
        3,
        2,
        1, // 4 bytes on, line 8, copy
        2,
        1,
        0,
        1,
        1 // 4 bytes on, end of the sequence
    };

    @Test
    void aLineCountsHowOftenItRanAndAFunctionToo() {
        var coverage = new Coverage();
        for (int n = 0; n < 3; n++) {
            coverage.before(0x10, Instruction.decode(0x40004000));
        }
        coverage.before(0x14, Instruction.decode(0x40004000));

        var image = image(table());
        assertThat(Lcov.of(image, coverage)).isEqualTo("""
                        TN:
                        SF:src/a.c
                        FN:5,start
                        FNDA:3,start
                        DA:5,3
                        DA:6,1
                        DA:8,0
                        LF:3
                        LH:2
                        end_of_record
                        """);
    }

    @Test
    void damagedTablesNeverDoMoreThanBeRefused() {
        var random = new Random(1);
        for (int i = 0; i < 5000; i++) {
            var table = table();
            table[random.nextInt(table.length)] = (byte) random.nextInt();
            try {
                assertThat(new LineTable(image(table)).rows()).isNotNull();
            } catch (ImageException e) {
                assertThat(e).hasMessageContaining("expected");
            }
        }
    }

    private static Image image(byte[] table) {
        return new Image(
                0,
                List.of(),
                List.of(new Image.Section(".debug_line", 0, false, false, table, table.length)),
                List.of(new Image.Symbol("start", 0x10, 12, true)));
    }

    private static byte[] table() {
        var header = new ByteArrayOutputStream();
        // Minimum length 4, statements by default, line base 0, line range 1, nine standard opcodes.
        header.writeBytes(new byte[] {4, 1, 0, 1, 10, 0, 1, 1, 1, 1, 0, 0, 0, 1});
        header.writeBytes("src\0\0a.c\0".getBytes(StandardCharsets.US_ASCII));
        header.writeBytes(new byte[] {1, 0, 0, 0});
        var unit = new ByteArrayOutputStream();
        unit.writeBytes(new byte[] {3, 0});
        word(unit, header.size());
        unit.writeBytes(header.toByteArray());
        unit.writeBytes(PROGRAM);
        var section = new ByteArrayOutputStream();
        word(section, unit.size());
        section.writeBytes(unit.toByteArray());
        return section.toByteArray();
    }

    private static void word(ByteArrayOutputStream out, int value) {
        out.writeBytes(new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16), (byte) (value >> 24)});
    }
}
