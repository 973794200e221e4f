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
            "Check whether a certificate holds: its chain, its dates, and that nobody revoked it or an authority above it.",
            "Exit code 3 if not.",
            "",
            "The first certificate in FILE is checked; others in it may stand between it and the root. Without --ca it must",
            "lead to the root of the state folder, and be in the store; with --ca no state folder is needed, and --crl must",
            "hold a list of each authority on the way up, the root's too (./ft900 ca crl --with-root).",
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
            split = ",",
            paramLabel = "FILE",
            description = "revocation lists (PEM or DER) that must be current too; may be given several times")
    private List<Path> crls = List.of();

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "trusted roots in PEM, instead of those of the state folder")
    private Path roots;

    @Override
    public Integer call() throws CommandException {
        try {
            var shown = certificates(file);
            var others = shown.subList(1, shown.size());
            var lists = lists();
            var objections = roots != null
                    ? objections(shown.get(0), new ChainVerifier(certificates(roots), others), Optional.empty(), lists)
                    : objectionsWithState(shown.get(0), others, lists);
            return report(shown.get(0), objections);
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        } catch (PemException e) {
            throw new CommandException(ExitCode.REFUSED, e.getMessage(), e);
        }
    }

    private Set<String> objectionsWithState(
            X509Certificate certificate, List<X509Certificate> shown, List<X509CRL> lists)
            throws CommandException, IOException {
        try (var open = OpenState.open(common.state())) {
            var anchors = new ArrayList<X509Certificate>();
            var others = new ArrayList<>(shown);
            for (var kind : KeyKind.values()) {
                var ours = open.folder().certificates(kind);
                if (!ours.isEmpty()) {
                    anchors.add(ours.get(0));
                    others.addAll(ours.subList(1, ours.size()));
                }
            }
            return open.database()
                    .jdbi()
                    .withHandle(handle -> objections(
                            certificate,
                            new ChainVerifier(anchors, others),
                            Optional.of(new CertificateStore(handle)),
                            lists));
        }
    }

    /** @param register that knows what we issued and revoked; empty when the lists alone have to tell */
    private Set<String> objections(
            X509Certificate certificate,
            ChainVerifier verifier,
            Optional<CertificateStore> register,
            List<X509CRL> lists) {
        // Register and list say the same of what was revoked.
        var objections = new LinkedHashSet<String>();
        var path = new LinkedHashSet<>(List.of(certificate));
        try {
            path.addAll(verifier.path(certificate, clock.instant()));
        } catch (ChainVerifier.NoPathException e) {
            objections.add(e.getMessage());
        }
        for (var one : path) {
            boolean isAsked = one.equals(certificate);
            var who = isAsked
                    ? ""
                    : "the authority above it, " + CertificateWords.commonName(one) + " (serial "
                            + StoredCertificate.serial(one.getSerialNumber()) + "), does not hold: ";
            var stored = register.flatMap(store -> stored(store, one));
            if (isAsked && register.isPresent() && stored.isEmpty()) {
                objections.add("it is not in the store: this authority did not issue it");
            }
            stored.flatMap(ChainVerifier::objection).ifPresent(objection -> objections.add(who + objection));
            // What the root signed is in our register, whose word is as good as the list of a root that is offline.
            if (!crls.isEmpty()
                    && (isAsked || stored.isEmpty() || verifier.list(one, lists).isPresent())) {
                objection(verifier, one, lists).ifPresent(objection -> objections.add(who + objection));
            }
        }
        return objections;
    }

    private Optional<String> objection(ChainVerifier verifier, X509Certificate one, List<X509CRL> lists) {
        var own = verifier.list(one, lists);
        return own.isPresent()
                ? ChainVerifier.objection(one, own.get(), clock.instant())
                : Optional.of("none of the " + lists.size() + " revocation lists is signed by its issuer");
    }

    private static Optional<StoredCertificate> stored(CertificateStore store, X509Certificate certificate) {
        return store.find(StoredCertificate.serial(certificate.getSerialNumber()))
                .filter(kept -> Arrays.equals(kept.der(), Pem.der(certificate)));
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
        var lists = new ArrayList<X509CRL>();
        for (var crl : crls) {
            lists.addAll(lists(crl));
        }
        return lists;
    }

    private static List<X509CRL> lists(Path crl) throws IOException, PemException {
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
