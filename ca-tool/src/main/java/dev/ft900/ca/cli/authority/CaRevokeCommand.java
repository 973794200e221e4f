package dev.ft900.ca.cli.authority;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.CommonOptions;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.cli.OpenState;
import dev.ft900.ca.store.CertificateStore;
import dev.ft900.ca.store.RevocationReason;
import dev.ft900.ca.store.StoredCertificate;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code ./ft900 ca revoke}. */
@Command(
        name = "revoke",
        description = {
            "Revoke a certificate, or all certificates of a name. There is no way back.",
            "",
            "A running server on the same state folder refuses it at once and cuts a live connection within two seconds. Other",
            "brokers go by the list: run ca crl afterwards. No key and no passphrase is needed.",
            "",
            "  ./ft900 ca revoke --id board7 --reason key-compromise"
        })
final class CaRevokeCommand implements Callable<Integer> {
    private final Clock clock = Clock.systemUTC();

    @Mixin
    private CommonOptions common;

    @Mixin
    private CertificateChoice choice;

    @Option(
            names = "--reason",
            paramLabel = "WORD",
            defaultValue = "unspecified",
            converter = Reasons.class,
            completionCandidates = Reasons.class,
            description = "of RFC 5280: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private RevocationReason reason;

    /** The reasons, by their words. */
    static final class Reasons implements ITypeConverter<RevocationReason>, Iterable<String> {
        @Override
        public RevocationReason convert(String word) {
            return RevocationReason.from(word)
                    .orElseThrow(() -> new TypeConversionException("expected one of "
                            + Arrays.stream(RevocationReason.values())
                                    .map(RevocationReason::word)
                                    .toList()
                            + "; got " + word));
        }

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(RevocationReason.values())
                    .map(RevocationReason::word)
                    .iterator();
        }
    }

    @Override
    public Integer call() throws CommandException {
        try (var open = OpenState.open(common.state())) {
            var signing = signing(open.folder());
            List<StoredCertificate> revoked = open.database().jdbi().inTransaction(handle -> {
                var store = new CertificateStore(handle);
                var chosen =
                        choice.find(store).stream().filter(c -> !c.isRevoked()).toList();
                for (var certificate : chosen) {
                    requireRevocable(certificate, signing);
                    store.revoke(certificate.serial(), reason, clock.instant());
                }
                return chosen;
            });
            report(revoked);
            return ExitCode.OK;
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
    }

    /** The serial numbers of the authorities that sign now. */
    private static List<String> signing(AuthorityFolder folder) throws IOException {
        var serials = new ArrayList<String>();
        for (var kind : KeyKind.values()) {
            var certificates = folder.certificates(kind);
            if (!certificates.isEmpty()) {
                serials.add(StoredCertificate.serial(
                        certificates.get(certificates.size() - 1).getSerialNumber()));
            }
        }
        return serials;
    }

    private static void requireRevocable(StoredCertificate certificate, List<String> signing) throws CommandException {
        if (certificate.profile().equals("root")) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "a root cannot be revoked, since nobody stands above it. docs/security.md says how to replace one.");
        }
        if (signing.contains(certificate.serial())) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "expected an authority that no longer signs; " + certificate.serial()
                            + " signs now. Run ./ft900 ca rollover first.");
        }
    }

    private void report(List<StoredCertificate> revoked) {
        if (revoked.isEmpty()) {
            common.say("Nothing to do: what there is " + choice.words() + " was revoked before.");
        }
        var json = JsonNodeFactory.instance.objectNode();
        var list = json.putArray("revoked");
        for (var certificate : revoked) {
            common.say("Revoked " + certificate.commonName() + " (serial " + certificate.serial() + ", "
                    + certificate.profile() + "): " + reason.word());
            list.addObject()
                    .put("serial", certificate.serial())
                    .put("profile", certificate.profile())
                    .put("commonName", certificate.commonName())
                    .put("reason", reason.word());
        }
        common.result(json);
    }
}
