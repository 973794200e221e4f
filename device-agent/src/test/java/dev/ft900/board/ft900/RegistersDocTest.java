package dev.ft900.board.ft900;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.board.peripheral.Revision;
import dev.ft900.board.register.Access;
import dev.ft900.board.register.Field;
import dev.ft900.board.register.Register;
import dev.ft900.board.register.RegisterBank;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** {@code docs/registers.md} is what the tables say. {@link #main} writes it anew. */
class RegistersDocTest {
    private static final Path DOCUMENT = Path.of("../docs/registers.md");

    public static void main(String[] args) throws IOException {
        Files.writeString(DOCUMENT, document());
    }

    @Test
    void theDocumentSaysWhatTheTablesSay() throws IOException {
        assertThat(Files.readString(DOCUMENT))
                .as(
                        "run the main method of %s in device-agent to write docs/registers.md anew",
                        getClass().getName())
                .isEqualTo(document());
    }

    static String document() {
        var text = new StringBuilder("# Registers of the virtual FT900\n\n")
                .append(
                        "Written from the register tables in `device-agent`, and kept equal to them by `RegistersDocTest`. What differs from\n")
                .append("silicon beyond single bits is in `fidelity.md`.\n\n")
                .append("| mark | how a field answers the CPU |\n| --- | --- |\n")
                .append("| rw | reads back what was written |\n")
                .append("| ro | set by hardware; writes change nothing |\n")
                .append("| wo | reads 0; the peripheral sees what was written |\n")
                .append("| w1c | set by hardware; writing 1 clears it |\n")
                .append("| rc | set by hardware; reading clears it |\n")
                .append("| pulse | set by software, cleared by hardware at once: reads 0 |\n")
                .append("| rwac | set by software, cleared by hardware when done |\n")
                .append(
                        "| res | reserved: keeps its reset value; changing it is reported as a mistake of the firmware |\n")
                .append(
                        "| gap | not modelled: reads back what was written; changing it is reported as a gap of the model |\n\n")
                .append(
                        "Bits that no field names are reserved. An access of a width that a block does not take is reported.\n");
        var printed = new LinkedHashMap<String, String>();
        for (var revision : Revision.values()) {
            for (var bank : Ft900Rig.unpowered(revision).devices.tables()) {
                String table = table(bank);
                var known = printed.get(bank.name());
                if (known == null) {
                    printed.put(bank.name(), table);
                } else if (!known.equals(table)) {
                    printed.put(bank.name() + ", revision C", table);
                }
            }
        }
        printed.forEach((name, table) ->
                text.append("\n## ").append(name).append("\n\n").append(table));
        return text.toString();
    }

    private static String table(RegisterBank bank) {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "Base 0x%05X, %d bytes, accesses of %s bits.\n\n",
                bank.base(),
                bank.size(),
                bank.reach().bits()));
        text.append("| offset | register | bits | reset | fields |\n| --- | --- | --- | --- | --- |\n");
        var registers = bank.registers();
        for (int i = 0; i < registers.size(); ) {
            int last = lastAlike(registers, i);
            text.append(row(registers.get(i), registers.get(last)));
            i = last + 1;
        }
        return text.toString();
    }

    /** Registers in a row that differ in their number only share a line. */
    private static int lastAlike(List<Register> registers, int first) {
        int last = first;
        while (last + 1 < registers.size()
                && isNext(registers.get(first), registers.get(last), registers.get(last + 1))) {
            last++;
        }
        return last;
    }

    private static boolean isNext(Register first, Register last, Register next) {
        return next.name().replaceAll("\\d+", "#").equals(first.name().replaceAll("\\d+", "#"))
                && next.offset() == last.offset() + last.width() / 8
                && next.width() == first.width()
                && next.resetValue() == first.resetValue()
                && withoutNumbers(next).equals(withoutNumbers(first));
    }

    private static String withoutNumbers(Register register) {
        return fields(register).replaceAll("(?<=[a-z])\\d+", "#");
    }

    private static String row(Register first, Register last) {
        var offset = hex(first.offset(), 2) + (last == first ? "" : " … " + hex(last.offset(), 2));
        var name = "`" + first.name() + "`" + (last == first ? "" : " … `" + last.name() + "`");
        return "| " + offset + " | " + name + " | " + first.width() + " | " + hex(first.resetValue(), first.width() / 4)
                + " | " + fields(first) + " |\n";
    }

    private static String fields(Register register) {
        var fields = new ArrayList<>(register.fields());
        fields.removeIf(field -> field.access() == Access.RESERVED);
        fields.sort(Comparator.comparingInt(Field::lowBit));
        if (fields.isEmpty()) {
            return "res";
        }
        if (fields.size() == 1 && fields.get(0).width() == register.width()) {
            return fields.get(0).access().mark();
        }
        var words = new ArrayList<String>();
        for (var field : fields) {
            int high = field.lowBit() + field.width() - 1;
            words.add((field.width() == 1 ? "" : high + ":") + field.lowBit() + " " + field.name() + " "
                    + field.access().mark());
        }
        return String.join("; ", words);
    }

    private static String hex(int value, int digits) {
        return String.format(Locale.ROOT, "0x%0" + digits + "X", value);
    }
}
