package dev.ft900.ca.cli.authority;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.MadeLists;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.CommonOptions;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.cli.OpenState;
import dev.ft900.ca.cli.PassphraseOptions;
import dev.ft900.ca.store.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./ft900 ca crl}. */
@Command(
        name = "crl",
        description = {
            "Write the certificate revocation lists, for brokers that do not ask our register (Mosquitto: crlfile).",
            "",
            "One list for each issuing authority, all in one PEM file that is replaced as a whole. Make it again after each",
            "revocation and before it runs out: a broker that finds it out of date refuses everybody.",
            "",
            "  ./ft900 ca crl --out /etc/mosquitto/ft900.crl && systemctl reload mosquitto"
        })
final class CaCrlCommand implements Callable<Integer> {
    private static final int MAX_DAYS = 3650;

    @Mixin
    private CommonOptions common;

    @Mixin
    private PassphraseOptions passphrase;

    @Mixin
    private OfflineRootOptions offlineRoot;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "where to write the lists")
    private Path out;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "7",
            description = "until the next list is due (default: ${DEFAULT-VALUE})")
    private int days;

    @Option(
            names = "--key",
            paramLabel = "KIND",
            defaultValue = "P-256",
            converter = KeyKinds.class,
            completionCandidates = KeyKinds.class,
            description = "of the authorities with ${COMPLETION-CANDIDATES} keys (default: ${DEFAULT-VALUE})")
    private KeyKind kind;

    @Option(
            names = "--with-root",
            description = "also the root's list, which names revoked issuing authorities; needs the root's key")
    private boolean withRoot;

    @Override
    public Integer call() throws CommandException {
        if (days < 1 || days > MAX_DAYS) {
            throw new CommandException(ExitCode.USAGE, "expected --days to be 1 to " + MAX_DAYS + "; got " + days);
        }
        try (var open = OpenState.open(common.state(), passphrase.source(common.state()))) {
            var folder = open.folder();
            if (!folder.exists(kind)) {
                throw new CommandException(
                        ExitCode.ENVIRONMENT,
                        "expected an authority with a " + kind.word() + " key; there is none in "
                                + common.state().path());
            }
            var valid = Duration.ofDays(days);
            var made = folder.revocationLists(kind, valid);
            if (made.lists().isEmpty()) {
                throw new CommandException(
                        ExitCode.ENVIRONMENT, made.unlisted().get(0).reason());
            }
            List<X509CRL> lists = new ArrayList<>(made.lists());
            if (withRoot) {
                var vault = offlineRoot.vault(false).orElseGet(() -> folder.ownVault(kind));
                lists.add(folder.rootRevocationList(kind, vault, valid));
            }
            var text = lists.stream().map(Pem::revocationList).collect(Collectors.joining());
            StateFolder.write(out, text.getBytes(StandardCharsets.US_ASCII));
            report(lists, made.unlisted());
            return ExitCode.OK;
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
    }

    private void report(List<X509CRL> lists, List<MadeLists.Unlisted> unlisted) {
        var json = JsonNodeFactory.instance.objectNode().put("file", out.toString());
        var array = json.putArray("lists");
        for (var list : lists) {
            var revoked = list.getRevokedCertificates();
            int count = revoked == null ? 0 : revoked.size();
            common.say(list.getIssuerX500Principal().getName() + ": " + count + " revoked, next list due "
                    + list.getNextUpdate().toInstant());
            array.addObject()
                    .put("issuer", list.getIssuerX500Principal().getName())
                    .put("revoked", count)
                    .put("nextUpdate", list.getNextUpdate().toInstant().toString());
        }
        var missing = json.putArray("missing");
        for (var authority : unlisted) {
            common.say("Warning: " + authority.words());
            missing.addObject()
                    .put(
                            "issuer",
                            authority.authority().getSubjectX500Principal().getName())
                    .put("reason", authority.reason());
        }
        common.say("Wrote " + out);
        common.result(json);
    }
}
