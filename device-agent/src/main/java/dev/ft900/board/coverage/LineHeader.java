package dev.ft900.board.coverage;

import dev.ft900.board.image.ImageException;
import java.util.ArrayList;
import java.util.List;

/** The header of one unit's line program (DWARF 5, 6.2.4), as far as lines need it. */
record LineHeader(
        int version,
        int minimumLength,
        int lineBase,
        int lineRange,
        int opcodeBase,
        int[] operandCounts,
        List<String> files) {
    private static final int PATH = 1;
    private static final int DIRECTORY_INDEX = 2;

    private static final int FORM_DATA2 = 0x05;
    private static final int FORM_STRING = 0x08;
    private static final int FORM_BLOCK = 0x09;
    private static final int FORM_DATA1 = 0x0B;
    private static final int FORM_STRP = 0x0E;
    private static final int FORM_UDATA = 0x0F;
    private static final int FORM_DATA16 = 0x1E;
    private static final int FORM_LINE_STRP = 0x1F;

    /** The sections that hold names. */
    record Strings(DwarfReader lineStrings, DwarfReader strings) {}

    private record Entry(String path, int directory) {}

    /** The name of a file number. */
    String file(int number) {
        return number >= 0 && number < files.size() ? files.get(number) : "?";
    }

    /** Reads from behind the version up to the first opcode. */
    static LineHeader read(DwarfReader in, int version, Strings strings) throws ImageException {
        if (version >= 5) {
            in.u8();
            in.u8();
        }
        int length = in.s32();
        long program = in.position() + (length & 0xFFFFFFFFL);
        int minimumLength = in.u8();
        if (version >= 4) {
            in.u8();
        }
        in.u8();
        int lineBase = in.s8();
        int lineRange = in.u8();
        int opcodeBase = in.u8();
        if (lineRange == 0 || opcodeBase == 0) {
            throw DwarfReader.damaged();
        }
        var operandCounts = new int[opcodeBase];
        for (int i = 1; i < opcodeBase; i++) {
            operandCounts[i] = in.u8();
        }
        var files = version >= 5 ? files5(in, strings) : filesBefore5(in);
        in.position(program);
        return new LineHeader(version, minimumLength, lineBase, lineRange, opcodeBase, operandCounts, files);
    }

    private static List<String> files5(DwarfReader in, Strings strings) throws ImageException {
        var directories = entries(in, strings);
        var files = new ArrayList<String>();
        for (var entry : entries(in, strings)) {
            boolean known = entry.directory() >= 0 && entry.directory() < directories.size();
            files.add(join(known ? directories.get(entry.directory()).path() : "", entry.path()));
        }
        return files;
    }

    private static List<Entry> entries(DwarfReader in, Strings strings) throws ImageException {
        int formats = in.u8();
        var format = new int[2 * formats];
        for (int i = 0; i < format.length; i++) {
            format[i] = in.uleb();
        }
        int count = in.uleb();
        var entries = new ArrayList<Entry>();
        for (int n = 0; n < count && formats > 0; n++) {
            var path = "";
            int directory = 0;
            for (int i = 0; i < format.length; i += 2) {
                var value = value(in, format[i + 1], strings);
                if (format[i] == PATH) {
                    path = value;
                } else if (format[i] == DIRECTORY_INDEX) {
                    directory = Integer.parseInt(value);
                }
            }
            entries.add(new Entry(path, directory));
        }
        return entries;
    }

    private static String value(DwarfReader in, int form, Strings strings) throws ImageException {
        return switch (form) {
            case FORM_STRING -> in.string();
            case FORM_LINE_STRP -> strings.lineStrings().stringAt(in.s32());
            case FORM_STRP -> strings.strings().stringAt(in.s32());
            case FORM_UDATA -> Integer.toString(in.uleb());
            case FORM_DATA1 -> Integer.toString(in.u8());
            case FORM_DATA2 -> Integer.toString(in.u16());
            case FORM_DATA16 -> skip(in, 16);
            case FORM_BLOCK -> skip(in, in.uleb() & 0xFFFFFFFFL);
            default -> throw new ImageException("expected a known form in the table of files; got " + form);
        };
    }

    private static String skip(DwarfReader in, long bytes) throws ImageException {
        in.part(bytes);
        return "0";
    }

    private static List<String> filesBefore5(DwarfReader in) throws ImageException {
        var directories = new ArrayList<String>();
        directories.add("");
        for (var directory = in.string(); !directory.isEmpty(); directory = in.string()) {
            directories.add(directory);
        }
        var files = new ArrayList<String>();
        files.add("?");
        for (var name = in.string(); !name.isEmpty(); name = in.string()) {
            int directory = in.uleb();
            in.uleb();
            in.uleb();
            files.add(join(directory >= 0 && directory < directories.size() ? directories.get(directory) : "", name));
        }
        return files;
    }

    private static String join(String directory, String name) {
        return directory.isEmpty() || name.startsWith("/") ? name : directory + "/" + name;
    }
}
