package dev.ft900.ca.cli.authority;

import dev.ft900.ca.authority.IssuedCertificate;
import dev.ft900.ca.authority.IssuingException;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.PemException;
import dev.ft900.ca.authority.PolicyException;
import dev.ft900.ca.authority.Profile;
import dev.ft900.ca.authority.Profiles;
import dev.ft900.ca.authority.SigningRequest;
import dev.ft900.ca.authority.SubjectName;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.CommonOptions;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.cli.OpenAuthority;
import dev.ft900.ca.cli.PassphraseOptions;
import dev.ft900.ca.inspect.CertificateFacts;
import dev.ft900.ca.store.CertificateStore;
import dev.ft900.ca.store.RevocationReason;
import dev.ft900.ca.store.StoredCertificate;
import dev.ft900.protocol.name.BoardId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./ft900 ca renew}. */
@Command(
        name = "renew",
        description = {
            "Issue a new certificate like one that there is: same profile, name and host names, new key.",
            "",
            "The old one stays good until its end, or until the board has connected with the new one; --supersede revokes it",
            "at once. Writes the same files as ca issue.",
            "",
            "  ./ft900 ca renew --cn broker.example --out broker/ --overwrite"
        })
final class CaRenewCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private PassphraseOptions passphrase;

    @Mixin
    private KeyFolder out;

    @Mixin
    private CertificateChoice choice;

    @Option(names = "--csr", paramLabel = "FILE", description = "certify the key of this request instead of making one")
    private Path request;

    @Option(names = "--supersede", description = "revoke the old certificate at once (reason superseded)")
    private boolean supersede;

    @Override
    public Integer call() throws CommandException {
        try (var open = OpenAuthority.open(common.state(), passphrase.source(common.state()))) {
            List<StoredCertificate> found =
                    open.database().jdbi().withHandle(handle -> choice.find(new CertificateStore(handle)));
            var old = found.get(0);
            var profile = open.authority()
                    .profiles()
                    .find(old.profile())
                    .orElseThrow(() -> new CommandException(
                            ExitCode.REFUSED,
                            "expected the certificate of a client or server; " + old.serial() + " is an authority's ("
                                    + old.profile() + "). Use ./ft900 ca rollover."));
            if (request == null) {
                out.prepare(old.commonName());
            } else {
                IssuedFiles.prepare(out.path());
            }
            var made = request == null ? Optional.of(kindOf(old, profile).generate()) : Optional.<KeyPair>empty();
            var key = made.map(KeyPair::getPublic).orElse(null);
            var issued = issue(open, old, profile, key == null ? requested() : key);
            var files = IssuedFiles.write(out.path(), old.commonName(), issued, made);
            if (supersede) {
                open.enrolment().revoke(old.serial(), RevocationReason.SUPERSEDED);
            }
            common.say("Renewed " + files.words(issued));
            common.result(files.json(issued).put("replaces", old.serial()).put("superseded", supersede));
            return ExitCode.OK;
        } catch (IssuingException e) {
            throw Refusals.of(e);
        } catch (IOException | PemException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
    }

    private PublicKey requested() throws IOException, CommandException {
        try {
            return SigningRequest.read(RequestFile.read(request)).key();
        } catch (PolicyException e) {
            var refusal = Refusals.of(e);
            throw new CommandException(refusal.getExitCode(), request + ": " + refusal.getMessage(), e);
        }
    }

    private static KeyKind kindOf(StoredCertificate old, Profile profile) throws PemException {
        return KeyKind.of(Pem.readCertificate(old.der()).getPublicKey())
                .orElseGet(() -> profile.keys().stream().sorted().findFirst().orElseThrow());
    }

    private static IssuedCertificate issue(OpenAuthority open, StoredCertificate old, Profile profile, PublicKey key)
            throws IssuingException, PemException, CommandException {
        var names = new CertificateFacts(Pem.readCertificate(old.der()))
                .names().stream()
                        .flatMap(name -> SubjectName.parse(name).stream())
                        .toList();
        if (profile.name().equals(Profiles.BOARD)) {
            var board = BoardId.from(old.commonName()).orElseThrow();
            return open.enrolment()
                    .renew(board, key, Optional.empty())
                    .orElseThrow(() -> new CommandException(
                            ExitCode.REFUSED,
                            "expected a registered board; " + board + " is not registered any more. Register it anew: "
                                    + "./ft900 flash, or ./ft900 ca issue --profile board"));
        }
        return open.database().jdbi().inTransaction(handle -> open.authority()
                .issue(new CertificateStore(handle), profile, old.commonName(), names, key, Optional.empty()));
    }
}
