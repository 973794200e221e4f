package dev.ft900.ca.cli.authority;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.Passphrase;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.CommonOptions;
import dev.ft900.ca.cli.DatabaseVariables;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.cli.PassphraseOptions;
import dev.ft900.ca.cli.Terminal;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./ft900 ca init}. */
@Command(
        name = "init",
        description = {
            "Make a root and an issuing authority in the state folder.",
            "",
            "Everybody trusts the root's certificate, STATE/ca/root.cert.pem. The root signs issuing authorities and nothing",
            "else: its key can lie in a safe (--offline-root) until a rollover. Keys are encrypted; unless you choose a",
            "passphrase, a random one is made and kept in STATE/passphrase.",
            "",
            "  ./ft900 ca init                                            for a bench",
            "  ./ft900 ca init --offline-root /media/stick --ask-passphrase     for a fleet",
            "  ./ft900 ca init --key RSA-2048                             a second root, for boards that know RSA only"
        })
final class CaInitCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private PassphraseOptions passphrase;

    @Mixin
    private OfflineRootOptions offlineRoot;

    @Option(
            names = "--ask-passphrase",
            description = "ask at the terminal for a passphrase of your own, which is then kept nowhere")
    private boolean ask;

    @Option(
            names = "--key",
            paramLabel = "KIND",
            defaultValue = "P-256",
            converter = KeyKinds.class,
            completionCandidates = KeyKinds.class,
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private KeyKind kind;

    @Override
    public Integer call() throws CommandException {
        var state = common.state();
        offlineRoot.requireOutside(state);
        // One that was cut off is finished with the root that is there.
        boolean goesOn = Files.exists(AuthorityFolder.folder(state, kind).resolve("root.cert.pem"));
        var offline = offlineRoot.vault(!goesOn);
        if (!goesOn && offline.filter(vault -> vault.holds("root")).isPresent()) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "expected no root's key in " + offlineRoot.folder().orElseThrow()
                            + "; there is one. Choose another folder, so that it is not lost.");
        }
        DatabaseVariables.apply(state);
        try (var database = StateDatabase.openBriefly(state)) {
            var folder = new AuthorityFolder(state, database, Clock.systemUTC(), source(state));
            if (!folder.create(kind, offline.orElseGet(() -> folder.ownVault(kind)))) {
                throw new CommandException(
                        ExitCode.REFUSED,
                        "expected a state folder without an authority with " + kind.word() + " keys; "
                                + state.authority() + " has one. Use it, or give another folder with --state.");
            }
            report(state, folder.certificates(kind).get(0));
            return ExitCode.OK;
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
    }

    private Passphrase.Source source(StateFolder state) throws CommandException {
        if (!ask) {
            // Those that are there have a passphrase already; only the first may have none yet.
            return Files.exists(state.authority()) ? passphrase.source(state) : passphrase.given(state);
        }
        if (!Terminal.isThere()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "expected a terminal for --ask-passphrase; there is none. Use --passphrase-file or FT900_PASSPHRASE.");
        }
        return Terminal.passphrase("New passphrase of the authority's keys", true);
    }

    private void report(StateFolder state, X509Certificate root) throws IOException {
        var certificate = AuthorityFolder.folder(state, kind).resolve("root.cert.pem");
        Optional<Path> copy = offlineRoot.folder().map(folder -> folder.resolve("root.cert.pem"));
        if (copy.isPresent()) {
            StateFolder.write(copy.get(), Pem.certificate(root).getBytes(StandardCharsets.US_ASCII));
        }
        common.say("Made " + root.getSubjectX500Principal() + ". Everybody is to trust " + certificate + ".");
        offlineRoot
                .folder()
                .ifPresent(folder -> common.say("The root's key is in " + folder
                        + " and nowhere else. Put it away; ca rollover and ca crl --with-root need it."));
        if (Files.exists(state.passphrase())) {
            common.say("The passphrase of the keys is in " + state.passphrase()
                    + ". To keep it elsewhere, move that file and set FT900_PASSPHRASE_FILE.");
        }
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("root", certificate.toString())
                .put("subject", root.getSubjectX500Principal().getName())
                .put("key", kind.word())
                .put("notAfter", root.getNotAfter().toInstant().toString());
        offlineRoot.folder().ifPresent(folder -> json.put("offlineRoot", folder.toString()));
        common.result(json);
    }
}
