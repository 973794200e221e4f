package dev.ft900.ca.cli.authority;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ft900.ca.authority.IssuingException;
import dev.ft900.ca.authority.SigningRequest;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.CommonOptions;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.cli.OpenAuthority;
import dev.ft900.ca.cli.PassphraseOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ft900 ca sign}. */
@Command(
        name = "sign",
        description = {
            "Issue certificates for signing requests (PKCS#10, PEM or DER).",
            "",
            "The request must be signed with the key that it asks for; nothing else in it counts. The common name is --cn, or",
            "the file's name without its ending. Writes NAME.cert.pem and NAME.chain.pem to DIR.",
            "",
            "  ./ft900 ca sign --profile board --out signed/ board7.csr board8.csr"
        })
final class CaSignCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private PassphraseOptions passphrase;

    @Mixin
    private Issuing issuing;

    @Option(names = "--cn", paramLabel = "NAME", description = "the common name (default: the file's name)")
    private String commonName;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "where to write the files")
    private Path out;

    @Parameters(arity = "1..*", paramLabel = "CSR", description = "files with one request each")
    private List<Path> requests;

    @Override
    public Integer call() throws CommandException {
        if (commonName != null && requests.size() > 1) {
            throw new CommandException(
                    ExitCode.USAGE, "expected one request with --cn; got " + requests.size() + ". Leave --cn out.");
        }
        try (var open = OpenAuthority.open(common.state(), passphrase.source(common.state()))) {
            var profile = issuing.profile(open);
            IssuedFiles.prepare(out);
            var json = JsonNodeFactory.instance.objectNode();
            var signed = json.putArray("signed");
            for (var file : requests) {
                var name = commonName == null ? nameOf(file) : commonName;
                try {
                    var key = SigningRequest.read(RequestFile.read(file)).key();
                    var issued = issuing.issue(open, profile, name, key);
                    var files = IssuedFiles.write(out, name, issued, Optional.empty());
                    common.say("Signed " + files.words(issued));
                    signed.add(files.json(issued));
                } catch (IssuingException e) {
                    var refusal = Refusals.of(e);
                    throw new CommandException(
                            refusal.getExitCode(),
                            file + ": " + refusal.getMessage()
                                    + (signed.isEmpty() ? "" : " The " + signed.size() + " before it are signed."),
                            e);
                }
            }
            common.result(json);
            return ExitCode.OK;
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
    }

    private static String nameOf(Path file) {
        var name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
