package dev.ft900.ca.cli.authority;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.PemException;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.CommonOptions;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.cli.OpenState;
import dev.ft900.ca.file.InputFile;
import dev.ft900.ca.inspect.ChainVerifier;
import dev.ft900.ca.inspect.FileInspector;
import dev.ft900.ca.inspect.Found;
import dev.ft900.ca.store.CertificateStore;
import dev.ft900.ca.store.StoredCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ft900 ca verify}. */
@Command(
        name = "verify",
        description = {
            "Check whether a certificate holds: its chain, its dates, and that nobody revoked it. Exit code 3 if not.",
            "",
            "The first certificate in FILE is checked; others in it may stand between it and the root. Without --ca it must",
            "lead to the root of the state folder, and be in the store; with --ca no state folder is needed.",
            "",
            "  ./ft900 ca verify board7.chain.pem --crl ft900.crl"
        })
final class CaVerifyCommand implements Callable<Integer> {
    private final Clock clock = Clock.systemUTC();

    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "FILE", description = "certificate, or chain, in PEM or DER")
    private Path file;

    @Option(
            names = "--crl",
            paramLabel = "FILE",
            description = "revocation lists (PEM or DER) that must be current too")
    private Path crl;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "trusted roots in PEM, instead of those of the state folder")
    private Path roots;

    @Override
    public Integer call() throws CommandException {
        try {
            var shown = certificates(file);
            var certificate = shown.get(0);
            // Register and list say the same of what was revoked.
            var objections = new LinkedHashSet<String>();
            var others = new ArrayList<>(shown.subList(1, shown.size()));
            if (roots != null) {
                check(new ChainVerifier(certificates(roots), others), certificate, objections);
            } else {
                checkWithState(certificate, others, objections);
            }
            return report(certificate, objections);
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        } catch (PemException e) {
            throw new CommandException(ExitCode.REFUSED, e.getMessage(), e);
        }
    }

    private void checkWithState(X509Certificate certificate, List<X509Certificate> others, Set<String> objections)
            throws CommandException, IOException, PemException {
        try (var open = OpenState.open(common.state())) {
            var anchors = new ArrayList<X509Certificate>();
            for (var kind : KeyKind.values()) {
                var ours = open.folder().certificates(kind);
                if (!ours.isEmpty()) {
                    anchors.add(ours.get(0));
                    others.addAll(ours.subList(1, ours.size()));
                }
            }
            check(new ChainVerifier(anchors, others), certificate, objections);
            Optional<StoredCertificate> stored = open.database().jdbi().withHandle(handle -> new CertificateStore(
                            handle)
                    .find(StoredCertificate.serial(certificate.getSerialNumber()))
                    .filter(kept -> Arrays.equals(kept.der(), Pem.der(certificate))));
            ChainVerifier.objection(stored).ifPresent(objections::add);
        }
    }

    private void check(ChainVerifier verifier, X509Certificate certificate, Set<String> objections)
            throws IOException, PemException, CommandException {
        verifier.objection(certificate, clock.instant()).ifPresent(objections::add);
        if (crl != null) {
            verifier.objection(certificate, lists(), clock.instant()).ifPresent(objections::add);
        }
    }

    private static List<X509Certificate> certificates(Path from) throws IOException, PemException, CommandException {
        var found = FileInspector.inspect(InputFile.bytes(from, "a certificate"), Optional.empty()).stream()
                .filter(Found.Certificate.class::isInstance)
                .map(object -> ((Found.Certificate) object).certificate())
                .toList();
        if (found.isEmpty()) {
            throw new CommandException(ExitCode.REFUSED, "expected a certificate in " + from + "; there is none");
        }
        return found;
    }

    private List<X509CRL> lists() throws IOException, PemException {
        var bytes = InputFile.bytes(crl, "a revocation list");
        try {
            var inText = Pem.readRevocationLists(new String(bytes, StandardCharsets.ISO_8859_1));
            return inText.isEmpty() ? List.of(Pem.readRevocationList(bytes)) : inText;
        } catch (PemException e) {
            throw new PemException(crl + ": " + e.getMessage());
        }
    }

    private int report(X509Certificate certificate, Set<String> objections) {
        var name = CertificateWords.commonName(certificate);
        if (objections.isEmpty()) {
            common.say(name + " holds until " + certificate.getNotAfter().toInstant());
        }
        objections.forEach(objection -> common.say(name + " does not hold: " + objection));
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("valid", objections.isEmpty())
                .put("commonName", name)
                .put("serial", StoredCertificate.serial(certificate.getSerialNumber()));
        var reasons = json.putArray("reasons");
        objections.forEach(reasons::add);
        common.result(json);
        return objections.isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
    }
}
