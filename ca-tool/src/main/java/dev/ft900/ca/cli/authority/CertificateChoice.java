package dev.ft900.ca.cli.authority;

import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.store.CertificateStore;
import dev.ft900.ca.store.StoredCertificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which certificates of the store a command is about. Use as a mixin. */
final class CertificateChoice {
    @Option(
            names = {"--id", "--cn"},
            paramLabel = "NAME",
            description = "by name: a board's id, or the common name of another certificate")
    private String name;

    @Option(names = "--serial", paramLabel = "HEX", description = "by serial number, as ca list shows it")
    private String serial;

    /** The certificates, newest first; never empty. */
    List<StoredCertificate> find(CertificateStore store) throws CommandException {
        if ((name == null) == (serial == null)) {
            throw new CommandException(ExitCode.USAGE, "expected either --id NAME or --serial HEX");
        }
        var found = name == null
                ? Optional.of(normal(serial)).flatMap(store::find).stream().toList()
                : store.findByCommonName(name);
        if (found.isEmpty()) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "expected a certificate " + words() + "; the store has none. ./ft900 ca list shows all.");
        }
        return found;
    }

    String words() {
        return name == null ? "with the serial number " + normal(serial) : "for " + name;
    }

    /** As people and other programs write serial numbers: with colons, leading zeros, capitals. */
    static String normal(String text) {
        var digits = text.replace(":", "").toLowerCase(Locale.ROOT);
        return digits.startsWith("0x") ? digits.substring(2) : digits.replaceFirst("^0+(?=.)", "");
    }
}
