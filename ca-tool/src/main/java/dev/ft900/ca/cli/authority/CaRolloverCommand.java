package dev.ft900.ca.cli.authority;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.CommonOptions;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.cli.OpenState;
import dev.ft900.ca.cli.PassphraseOptions;
import dev.ft900.ca.store.StoredCertificate;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./ft900 ca rollover}. */
@Command(
        name = "rollover",
        description = {
            "Make a new issuing authority below the same root. It signs from now on, also in servers that are running.",
            "",
            "Certificates of the one before it stay good, since everybody trusts the root. After a leak of the old key: renew",
            "what it signed, then revoke it by its serial number (docs/security.md).",
            "",
            "  ./ft900 ca rollover --offline-root /media/stick",
            "  ./ft900 ca rollover --offline-root /media/stick --new-passphrase    when the old key or its passphrase is lost"
        })
final class CaRolloverCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private PassphraseOptions passphrase;

    @Mixin
    private NewPassphraseOptions newPassphrase;

    @Mixin
    private OfflineRootOptions offlineRoot;

    @Option(
            names = "--key",
            paramLabel = "KIND",
            defaultValue = "P-256",
            converter = KeyKinds.class,
            completionCandidates = KeyKinds.class,
            description = "below the root with a ${COMPLETION-CANDIDATES} key (default: ${DEFAULT-VALUE})")
    private KeyKind kind;

    @Override
    public Integer call() throws CommandException {
        var anew = newPassphrase.source();
        try (var open = OpenState.open(common.state(), anew.orElseGet(() -> passphrase.source(common.state())))) {
            var folder = open.folder();
            if (!folder.exists(kind)) {
                throw new CommandException(
                        ExitCode.ENVIRONMENT,
                        "expected an authority with a " + kind.word()
                                + " key; there is none. Make one: ./ft900 ca init --key " + kind.word());
            }
            var certificates = folder.certificates(kind);
            var old = certificates.get(certificates.size() - 1);
            var rootVault = offlineRoot.vault(false).orElseGet(() -> folder.ownVault(kind));
            var made = anew.isPresent() ? folder.recover(kind, rootVault) : folder.rollover(kind, rootVault);
            var oldSerial = StoredCertificate.serial(old.getSerialNumber());
            var serial = StoredCertificate.serial(made.getSerialNumber());
            common.say("Made " + made.getSubjectX500Principal() + " (serial " + serial + "). "
                    + old.getSubjectX500Principal() + " (serial " + oldSerial
                    + ") signs no more; what it signed stays good.");
            if (anew.isPresent()) {
                common.say(
                        "Servers and commands need the new passphrase from now on: FT900_PASSPHRASE, FT900_PASSPHRASE_FILE or "
                                + common.state().passphrase() + ".");
            }
            common.result(JsonNodeFactory.instance
                    .objectNode()
                    .put("subject", made.getSubjectX500Principal().getName())
                    .put("serial", serial)
                    .put("notAfter", made.getNotAfter().toInstant().toString())
                    .put("replaces", oldSerial));
            return ExitCode.OK;
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
    }
}
