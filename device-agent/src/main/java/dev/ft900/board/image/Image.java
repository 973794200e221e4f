package dev.ft900.board.image;

import java.util.List;

/**
 * What is to be put into a machine's memories.
 *
 * @param entry address of the first instruction of a machine that starts images directly; an FT900 starts at 0 whatever it says
 * @param segments what to load
 * @param sections of an ELF file, otherwise empty
 * @param symbols of an ELF file, otherwise empty
 */
public record Image(int entry, List<Segment> segments, List<Section> sections, List<Symbol> symbols) {
    /** Where data RAM begins in an ELF file's addresses (hardware sheet 1.7). */
    public static final int RAM_BIAS = 0x800000;

    /** Bytes for one place. @param address physical: in program memory, or from {@link #RAM_BIAS} on in RAM */
    public record Segment(int address, byte[] bytes) {
        /** One more than the last address. */
        public int end() {
            return address + bytes.length;
        }

        public boolean inRam() {
            return address >= RAM_BIAS;
        }
    }

    /** @param address virtual; code addresses are below {@link #RAM_BIAS} */
    public record Section(String name, int address, boolean allocated, boolean executable, byte[] bytes, int size) {}

    /** @param value an address in most cases */
    public record Symbol(String name, int value, int size, boolean function) {}

    public Image {
        segments = List.copyOf(segments);
        sections = List.copyOf(sections);
        symbols = List.copyOf(symbols);
    }

    /** The section of a name, or one without bytes. */
    public Section section(String name) {
        return sections.stream()
                .filter(section -> section.name().equals(name))
                .findFirst()
                .orElse(new Section(name, 0, false, false, new byte[0], 0));
    }
}
