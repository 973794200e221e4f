package dev.ft900.board.coverage;

import dev.ft900.board.image.Image;
import dev.ft900.board.image.ImageException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Which source line each instruction is from (DWARF 2 to 5, section .debug_line). */
public final class LineTable {
    /**
     * From {@code address} on, up to the next row's.
     *
     * @param file as the compiler was given it, with its folder
     */
    public record Row(int address, String file, int line) {}

    private static final int DWARF_64_BIT = -1;
    private static final int OLDEST = 2;
    private static final int NEWEST = 5;

    private final List<Row> rows = new ArrayList<>();

    /** @throws ImageException the section is damaged, or of a version that nobody here knows */
    public LineTable(Image image) throws ImageException {
        var strings = new LineHeader.Strings(
                new DwarfReader(image.section(".debug_line_str").bytes()),
                new DwarfReader(image.section(".debug_str").bytes()));
        var section = new DwarfReader(image.section(".debug_line").bytes());
        while (!section.atEnd()) {
            int length = section.s32();
            if (length == DWARF_64_BIT) {
                throw new ImageException("expected DWARF of 32 bits; got 64");
            }
            unit(section.part(length & 0xFFFFFFFFL), strings);
        }
    }

    /** In the order of the table. */
    public List<Row> rows() {
        return Collections.unmodifiableList(rows);
    }

    private void unit(DwarfReader in, LineHeader.Strings strings) throws ImageException {
        int version = in.u16();
        if (version < OLDEST || version > NEWEST) {
            throw new ImageException("expected DWARF lines of version 2 to 5; got " + version);
        }
        var header = LineHeader.read(in, version, strings);
        var state = new LineProgram(header);
        while (!in.atEnd()) {
            if (state.step(in)) {
                int line = state.line();
                var file = header.file(state.file());
                if (line > 0 && state.address() >= 0 && state.address() < Image.RAM_BIAS) {
                    rows.add(new Row(state.address(), file, line));
                }
            }
        }
    }
}
