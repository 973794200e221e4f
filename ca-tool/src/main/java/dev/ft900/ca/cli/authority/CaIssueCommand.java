package dev.ft900.ca.cli.authority;

import dev.ft900.ca.authority.IssuingException;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.Profile;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.CommonOptions;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.cli.OpenAuthority;
import dev.ft900.ca.cli.PassphraseOptions;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./ft900 ca issue}. */
@Command(
        name = "issue",
        description = {
            "Make a key and issue a certificate for it.",
            "",
            "Writes NAME.cert.pem, NAME.chain.pem (with the authority above it) and NAME.key.pem (mode 0600) to DIR.",
            "A board certificate also registers the board; ./ft900 flash is the better way, with the key made on the board.",
            "",
            "  ./ft900 ca issue --profile broker --cn broker.example --san DNS:broker.example --out broker/",
            "  ./ft900 ca issue --profile rest-client --cn client.ci --days 30 --out ci/"
        })
final class CaIssueCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private PassphraseOptions passphrase;

    @Mixin
    private KeyFolder out;

    @Mixin
    private Issuing issuing;

    @Option(names = "--cn", required = true, paramLabel = "NAME", description = "the common name")
    private String commonName;

    @Option(
            names = "--key",
            paramLabel = "KIND",
            converter = KeyKinds.class,
            completionCandidates = KeyKinds.class,
            description = "${COMPLETION-CANDIDATES} (default: what the profile takes first)")
    private KeyKind kind;

    @Override
    public Integer call() throws CommandException {
        try (var open = OpenAuthority.open(common.state(), passphrase.source(common.state()))) {
            var profile = issuing.profile(open);
            out.prepare(commonName);
            var key = kind(profile).generate();
            var issued = issuing.issue(open, profile, commonName, key.getPublic());
            var files = IssuedFiles.write(out.path(), commonName, issued, Optional.of(key));
            common.say("Issued " + files.words(issued));
            common.result(files.json(issued));
            return ExitCode.OK;
        } catch (IssuingException e) {
            throw Refusals.of(e);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.ENVIRONMENT, "expected to write to " + out.path() + "; " + e.getMessage(), e);
        }
    }

    private KeyKind kind(Profile profile) {
        return kind != null
                ? kind
                : profile.keys().stream().sorted().findFirst().orElseThrow();
    }
}
