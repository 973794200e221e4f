package dev.ft900.board.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An ELF file of 32 bits, little endian, for FT32 (System V ABI, chapter 4; hardware sheet 1.13). */
final class ElfFile {
    private static final int HEADER_SIZE = 52;
    private static final int PROGRAM_HEADER_SIZE = 32;
    private static final int SECTION_HEADER_SIZE = 40;
    private static final int SYMBOL_SIZE = 16;
    private static final int MACHINE_FT32 = 222;
    private static final int PT_LOAD = 1;
    private static final int SHT_SYMTAB = 2;
    private static final int SHT_NOBITS = 8;
    private static final int SHF_ALLOC = 2;
    private static final int SHF_EXECINSTR = 4;
    private static final int STT_FUNC = 2;

    private record SectionHeader(int name, int type, int flags, int address, int offset, int size, int link) {}

    private final byte[] file;
    private final ByteBuffer in;

    ElfFile(byte[] file) throws ImageException {
        this.file = file;
        in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        require(file.length >= HEADER_SIZE, "a whole ELF header", file.length + " bytes");
        require(file[4] == 1, "an ELF file of 32 bits", "class " + file[4]);
        require(file[5] == 1, "a little-endian ELF file", "data encoding " + file[5]);
        int machine = half(18);
        require(machine == MACHINE_FT32, "an ELF file for FT32 (machine 222)", "machine " + machine);
    }

    static boolean isElf(byte[] file) {
        return file.length >= 4 && file[0] == 0x7F && file[1] == 'E' && file[2] == 'L' && file[3] == 'F';
    }

    Image image() throws ImageException {
        var headers = sectionHeaders();
        return new Image(in.getInt(24), segments(), sections(headers), symbols(headers));
    }

    private List<Image.Segment> segments() throws ImageException {
        var segments = new ArrayList<Image.Segment>();
        int table = in.getInt(28);
        int count = half(44);
        requireInFile(table, (long) count * PROGRAM_HEADER_SIZE, "program headers");
        require(count == 0 || half(42) == PROGRAM_HEADER_SIZE, "program headers of 32 bytes", half(42) + " bytes");
        for (int at = table; at < table + count * PROGRAM_HEADER_SIZE; at += PROGRAM_HEADER_SIZE) {
            int size = in.getInt(at + 16);
            // Nothing in the file: .bss, which the start-up code clears.
            if (in.getInt(at) == PT_LOAD && size != 0) {
                segments.add(new Image.Segment(in.getInt(at + 12), bytes(in.getInt(at + 4), size, "a segment")));
            }
        }
        require(!segments.isEmpty(), "at least one segment to load", "none; is it an object file that was not linked?");
        return segments;
    }

    private List<SectionHeader> sectionHeaders() throws ImageException {
        var headers = new ArrayList<SectionHeader>();
        int table = in.getInt(32);
        int count = half(48);
        requireInFile(table, (long) count * SECTION_HEADER_SIZE, "section headers");
        require(count == 0 || half(46) == SECTION_HEADER_SIZE, "section headers of 40 bytes", half(46) + " bytes");
        for (int at = table; at < table + count * SECTION_HEADER_SIZE; at += SECTION_HEADER_SIZE) {
            headers.add(new SectionHeader(
                    in.getInt(at),
                    in.getInt(at + 4),
                    in.getInt(at + 8),
                    in.getInt(at + 12),
                    in.getInt(at + 16),
                    in.getInt(at + 20),
                    in.getInt(at + 24)));
        }
        return headers;
    }

    private List<Image.Section> sections(List<SectionHeader> headers) throws ImageException {
        var sections = new ArrayList<Image.Section>();
        int names = half(50);
        for (var header : headers) {
            sections.add(new Image.Section(
                    names < headers.size() ? text(headers.get(names), header.name()) : "",
                    header.address(),
                    (header.flags() & SHF_ALLOC) != 0,
                    (header.flags() & SHF_EXECINSTR) != 0,
                    header.type() == SHT_NOBITS ? new byte[0] : bytes(header.offset(), header.size(), "a section"),
                    header.size()));
        }
        return sections;
    }

    private List<Image.Symbol> symbols(List<SectionHeader> headers) throws ImageException {
        var symbols = new ArrayList<Image.Symbol>();
        for (var table : headers) {
            if (table.type() != SHT_SYMTAB) {
                continue;
            }
            requireInFile(table.offset(), table.size() & 0xFFFFFFFFL, "symbols");
            require(table.link() >= 0 && table.link() < headers.size(), "a table of names", "section " + table.link());
            for (int at = table.offset(); at <= table.offset() + table.size() - SYMBOL_SIZE; at += SYMBOL_SIZE) {
                var name = text(headers.get(table.link()), in.getInt(at));
                if (!name.isEmpty()) {
                    boolean function = (file[at + 12] & 0xF) == STT_FUNC;
                    symbols.add(new Image.Symbol(name, in.getInt(at + 4), in.getInt(at + 8), function));
                }
            }
        }
        return symbols;
    }

    private String text(SectionHeader names, int offset) throws ImageException {
        requireInFile(names.offset(), names.size() & 0xFFFFFFFFL, "names");
        if (offset < 0 || offset >= names.size()) {
            return "";
        }
        int from = names.offset() + offset;
        int to = from;
        while (to < names.offset() + names.size() && file[to] != 0) {
            to++;
        }
        return new String(file, from, to - from, StandardCharsets.UTF_8);
    }

    private byte[] bytes(int offset, int size, String what) throws ImageException {
        requireInFile(offset, size & 0xFFFFFFFFL, what);
        var bytes = new byte[size];
        System.arraycopy(file, offset, bytes, 0, size);
        return bytes;
    }

    private int half(int offset) {
        return in.getShort(offset) & 0xFFFF;
    }

    private void requireInFile(int offset, long size, String what) throws ImageException {
        long from = offset & 0xFFFFFFFFL;
        require(
                from + size <= file.length,
                what + " inside the file of " + file.length + " bytes",
                String.format(Locale.ROOT, "%d bytes at %d; the file is cut or damaged", size, from));
    }

    private static void require(boolean condition, String expected, String got) throws ImageException {
        if (!condition) {
            throw new ImageException("expected " + expected + "; got " + got);
        }
    }
}
