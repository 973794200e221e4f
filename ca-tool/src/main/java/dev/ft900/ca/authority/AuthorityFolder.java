package dev.ft900.ca.authority;

import dev.ft900.ca.store.CertificateStore;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.ca.store.StoredCertificate;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * The authority's keys and certificates in the state folder: a root that signs nothing but the issuing authority, and the issuing
 * authority that signs the rest.
 *
 * <pre>
 *   ca/root.cert.pem     what everybody trusts           ca/root.key.pem      (0600) may be taken away and kept offline
 *   ca/issuing.cert.pem                                  ca/issuing.key.pem   (0600)
 * </pre>
 */
public final class AuthorityFolder {
    private static final Duration ROOT_VALIDITY = Duration.ofDays(7300);
    private static final Duration ISSUING_VALIDITY = Duration.ofDays(5475);

    private final StateFolder state;
    private final StateDatabase database;
    private final Clock clock;

    public AuthorityFolder(StateFolder state, StateDatabase database, Clock clock) {
        this.state = state;
        this.database = database;
        this.clock = clock;
    }

    private Path file(String name) {
        return state.authority().resolve(name);
    }

    /** Whether there is an authority. */
    public boolean exists() {
        return Files.exists(file("issuing.cert.pem"));
    }

    /** Opens the authority, making one first if there is none. */
    public Authority openOrCreate() throws IOException {
        create();
        return open().orElseThrow(() -> new IOException("the authority was just made in " + state.authority()));
    }

    /** Opens the authority; empty when there is none. */
    public Optional<Authority> open() throws IOException {
        if (!exists()) {
            return Optional.empty();
        }
        try {
            var root = Pem.readCertificates(file("root.cert.pem")).get(0);
            var issuer = Pem.readCertificates(file("issuing.cert.pem")).get(0);
            var key = Pem.readPrivateKey(file("issuing.key.pem"));
            var signer = new CertificateSigner(issuer.getSubjectX500Principal(), key, issuer.getPublicKey());
            return Optional.of(new Authority(root, issuer, signer, Profiles.load(), clock));
        } catch (PemException e) {
            throw new IOException(
                    "the authority in " + state.authority() + " cannot be read: " + e.getMessage()
                            + ". Restore the folder from a backup.",
                    e);
        }
    }

    /**
     * Makes root and issuing authority, if there are none.
     *
     * @return whether they were made now
     */
    public boolean create() throws IOException {
        StateFolder.createDirectory(state.path());
        // Two processes may want to be the first; the second waits and finds it done.
        try (var lock = FileChannel.open(
                        state.path().resolve("ca.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = lock.lock()) {
            if (exists() || !held.isValid()) {
                return false;
            }
            make();
            return true;
        }
    }

    private void make() throws IOException {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).minus(IssuingStep.BACKDATE);
        var suffix = new byte[4];
        new SecureRandom().nextBytes(suffix);
        var name = HexFormat.of().formatHex(suffix);
        var rootName = new X500Principal("CN=FT900 Root CA " + name);
        var rootKey = KeyKind.P256.generate();
        var issuingKey = KeyKind.P256.generate();
        var rootSigner = new CertificateSigner(rootName, rootKey.getPrivate(), rootKey.getPublic());
        var root = rootSigner.signAuthority(rootName, rootKey.getPublic(), 1, now, now.plus(ROOT_VALIDITY));
        var issuing = rootSigner.signAuthority(
                new X500Principal("CN=FT900 Issuing CA " + name),
                issuingKey.getPublic(),
                0,
                now,
                now.plus(ISSUING_VALIDITY));
        database.jdbi().useTransaction(handle -> {
            var store = new CertificateStore(handle);
            store.add(stored("root", root));
            store.add(stored("issuing", issuing));
        });
        writeKey("root.key.pem", rootKey);
        writeCertificate("root.cert.pem", root);
        writeKey("issuing.key.pem", issuingKey);
        // Last, since its being there says that all is there.
        writeCertificate("issuing.cert.pem", issuing);
    }

    private StoredCertificate stored(String profile, X509Certificate certificate) {
        return new StoredCertificate(
                StoredCertificate.serial(certificate.getSerialNumber()),
                profile,
                certificate.getSubjectX500Principal().getName().substring("CN=".length()),
                KeyHash.of(certificate.getPublicKey()),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                clock.instant(),
                Pem.der(certificate),
                Optional.empty());
    }

    private void writeKey(String name, KeyPair key) throws IOException {
        StateFolder.writeSecret(file(name), Pem.privateKey(key.getPrivate()).getBytes(StandardCharsets.US_ASCII));
    }

    private void writeCertificate(String name, X509Certificate certificate) throws IOException {
        StateFolder.write(file(name), Pem.certificate(certificate).getBytes(StandardCharsets.US_ASCII));
    }
}
