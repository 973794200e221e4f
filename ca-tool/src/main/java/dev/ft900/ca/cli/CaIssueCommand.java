package dev.ft900.ca.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ft900.ca.authority.IssuedCertificate;
import dev.ft900.ca.authority.IssuingException;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.PolicyException;
import dev.ft900.ca.authority.Profile;
import dev.ft900.ca.authority.Profiles;
import dev.ft900.ca.authority.SubjectName;
import dev.ft900.ca.store.CertificateStore;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.protocol.name.BoardId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
            "A board certificate also registers the board. Profiles: board, broker, gateway, rest-client."
        })
final class CaIssueCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Option(names = "--profile", required = true, paramLabel = "NAME", description = "the kind of certificate")
    private String profile;

    @Option(names = "--cn", required = true, paramLabel = "NAME", description = "the common name")
    private String commonName;

    @Option(
            names = "--san",
            paramLabel = "TYPE:NAME",
            description = "a host name of a server, DNS:host or IP:address; may be repeated")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--key",
            paramLabel = "KIND",
            defaultValue = "P-256",
            description = "P-256 or RSA-2048 (default: ${DEFAULT-VALUE})")
    private String keyKind;

    @Option(names = "--days", paramLabel = "N", description = "valid for so many days (default: the profile's longest)")
    private Integer days;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "where to write the files")
    private Path out;

    @Override
    public Integer call() throws CommandException {
        var kind = KeyKind.from(keyKind)
                .orElseThrow(
                        () -> new CommandException(ExitCode.USAGE, "expected --key P-256 or RSA-2048; got " + keyKind));
        try (var open = OpenAuthority.open(common.state())) {
            var chosen = open.authority()
                    .profiles()
                    .find(profile)
                    .orElseThrow(() -> new CommandException(ExitCode.USAGE, unknownProfile(open)));
            var key = kind.generate();
            var issued = issue(open, chosen, key);
            write(issued, key);
            return ExitCode.OK;
        } catch (PolicyException e) {
            throw new CommandException(ExitCode.REFUSED, e.getMessage() + " (rule " + e.rule() + ")", e);
        } catch (IssuingException e) {
            throw new CommandException(ExitCode.REFUSED, e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, "expected to write to " + out + "; " + e.getMessage(), e);
        }
    }

    private String unknownProfile(OpenAuthority open) {
        return "expected --profile to be one of "
                + open.authority().profiles().all().stream().map(Profile::name).toList() + "; got " + profile;
    }

    private IssuedCertificate issue(OpenAuthority open, Profile chosen, KeyPair key)
            throws IssuingException, CommandException {
        var parsed = subjectNames();
        var valid = Optional.ofNullable(days).map(Duration::ofDays);
        var board = chosen.name().equals(Profiles.BOARD) ? BoardId.from(commonName) : Optional.<BoardId>empty();
        if (board.isPresent() && parsed.isEmpty()) {
            return open.enrolment().register(board.get(), key.getPublic(), Optional.empty(), valid);
        }
        return open.database().jdbi().inTransaction(handle -> open.authority()
                .issue(new CertificateStore(handle), chosen, commonName, parsed, key.getPublic(), valid));
    }

    private List<SubjectName> subjectNames() throws CommandException {
        var parsed = new ArrayList<SubjectName>();
        for (var name : names) {
            parsed.add(SubjectName.parse(name)
                    .orElseThrow(() -> new CommandException(
                            ExitCode.USAGE, "expected --san DNS:host or IP:address; got " + name)));
        }
        return parsed;
    }

    private void write(IssuedCertificate issued, KeyPair key) throws IOException {
        var certificate = out.resolve(commonName + ".cert.pem");
        var chain = out.resolve(commonName + ".chain.pem");
        var keyFile = out.resolve(commonName + ".key.pem");
        StateFolder.writeSecret(keyFile, bytes(Pem.privateKey(key.getPrivate())));
        StateFolder.write(chain, bytes(Pem.certificates(issued.chain())));
        StateFolder.write(certificate, bytes(Pem.certificate(issued.certificate())));
        common.say("Issued " + commonName + " (serial " + issued.serial() + ", valid until "
                + issued.certificate().getNotAfter().toInstant() + "): " + certificate + ", " + chain + ", " + keyFile);
        common.result(JsonNodeFactory.instance
                .objectNode()
                .put("commonName", commonName)
                .put("serial", issued.serial())
                .put("notAfter", issued.certificate().getNotAfter().toInstant().toString())
                .put("certificate", certificate.toString())
                .put("chain", chain.toString())
                .put("key", keyFile.toString()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
