package dev.ft900.ca.authority;

import dev.ft900.ca.store.CertificatePage;
import dev.ft900.ca.store.CertificateStore;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.ca.store.StoredCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * One root and the issuing authorities below it, all with keys of one kind, as files:
 *
 * <pre>
 *   root.cert.pem        what everybody trusts      root.key.pem       may lie elsewhere, offline
 *   issuing.cert.pem     the first generation       issuing.key.pem
 *   issuing-2.cert.pem   after a rollover           issuing-2.key.pem
 * </pre>
 *
 * A generation is there when its certificate is: that file is written last.
 */
final class HierarchyFolder {
    /** The name of the root's key in its vault. */
    static final String ROOT = "root";

    private static final String ROOT_SUBJECT = "FT900 Root CA ";
    private static final Duration ROOT_VALIDITY = Duration.ofDays(7300);
    private static final Duration ISSUING_VALIDITY = Duration.ofDays(5475);

    private final KeyKind kind;
    private final Path folder;
    private final KeyVault vault;
    private final StateDatabase database;
    private final Clock clock;

    HierarchyFolder(KeyKind kind, Path folder, KeyVault vault, StateDatabase database, Clock clock) {
        this.kind = kind;
        this.folder = folder;
        this.vault = vault;
        this.database = database;
        this.clock = clock;
    }

    /** An issuing authority: the first has the number 1. */
    record Generation(int number, X509Certificate certificate) {
        /** By which its files and its key are called. */
        String name() {
            return name(number);
        }

        static String name(int number) {
            return number == 1 ? "issuing" : "issuing-" + number;
        }
    }

    boolean exists() {
        return hasGeneration(1);
    }

    boolean hasRoot() {
        return Files.exists(certificateFile(ROOT));
    }

    boolean hasGeneration(int number) {
        return Files.exists(certificateFile(Generation.name(number)));
    }

    private Path certificateFile(String name) {
        return folder.resolve(name + ".cert.pem");
    }

    private X509Certificate read(String name) throws IOException {
        try {
            return Pem.readCertificates(certificateFile(name)).get(0);
        } catch (PemException e) {
            throw new IOException(
                    "the authority in " + folder + " cannot be read: " + e.getMessage()
                            + ". Restore it from a backup (./ft900 ca restore).",
                    e);
        }
    }

    X509Certificate root() throws IOException {
        return read(ROOT);
    }

    /** All generations, the oldest first. */
    List<Generation> generations() throws IOException {
        var generations = new ArrayList<Generation>();
        for (int number = 1; hasGeneration(number); number++) {
            generations.add(new Generation(number, read(Generation.name(number))));
        }
        return generations;
    }

    Generation newest() throws IOException {
        var generations = generations();
        return generations.get(generations.size() - 1);
    }

    /** A new key under a passphrase that opens no other could be used by nobody who has the right one. */
    void requireNewestOpens() throws IOException {
        try {
            signer(newest());
        } catch (IOException e) {
            throw new IOException(
                    "nothing was made, since the key of the newest issuing authority does not open (if it or its passphrase is lost"
                            + " for good: ./ft900 ca rollover --new-passphrase): " + e.getMessage(),
                    e);
        }
    }

    /** Opens the key of a generation. */
    CertificateSigner signer(Generation generation) throws IOException {
        return new CertificateSigner(generation.certificate(), vault.open(generation.name()));
    }

    /**
     * Opens the root's key, wherever it is kept.
     *
     * @throws IOException it does not open, or belongs to another root
     */
    CertificateSigner rootSigner(KeyVault rootVault) throws IOException {
        var signer = new CertificateSigner(root(), rootVault.open(ROOT));
        if (!signer.isWhole()) {
            throw new IOException("expected the key of " + certificateFile(ROOT) + " in " + rootVault
                    + "; that one belongs to another root. Give the folder in which this root's key is kept.");
        }
        return signer;
    }

    /**
     * Makes a root and the first generation; goes on with a root whose making was cut off. A root's files are there before the database
     * knows it: what the database knows nobody makes again.
     */
    void make(KeyVault rootVault) throws IOException {
        requireNoOther();
        if (!hasRoot()) {
            writeCertificate(ROOT, newRoot(rootVault));
        }
        var signer = rootSigner(rootVault);
        keepRoot(root());
        addGeneration(1, signer, root());
    }

    private X509Certificate newRoot(KeyVault rootVault) throws IOException {
        var random = new byte[4];
        new SecureRandom().nextBytes(random);
        var subject = new X500Principal("CN=" + ROOT_SUBJECT + HexFormat.of().formatHex(random));
        var now = now();
        return CertificateSigner.selfSigned(subject, rootVault.create(ROOT, kind), now, now.plus(ROOT_VALIDITY));
    }

    /** Makes the next generation, which signs from now on. */
    Generation addGeneration(KeyVault rootVault) throws IOException {
        return addGeneration(generations().size() + 1, rootSigner(rootVault), root());
    }

    private Generation addGeneration(int number, CertificateSigner rootSigner, X509Certificate root)
            throws IOException {
        var now = now();
        var end = now.plus(ISSUING_VALIDITY);
        var rootEnd = root.getNotAfter().toInstant();
        var name = root.getSubjectX500Principal().getName().substring(("CN=" + ROOT_SUBJECT).length());
        var key = vault.create(Generation.name(number), kind);
        var certificate = rootSigner.signAuthority(
                new X500Principal("CN=FT900 Issuing CA " + name + (number == 1 ? "" : " " + number)),
                key.getPublic(),
                now,
                end.isBefore(rootEnd) ? end : rootEnd);
        keep("issuing", certificate, root);
        // Last, since its being there says that all is there.
        writeCertificate(Generation.name(number), certificate);
        return new Generation(number, certificate);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).minus(Policy.BACKDATE);
    }

    private void requireNoOther() throws IOException {
        database.jdbi().useHandle(handle -> requireNoOther(new CertificateStore(handle)));
    }

    /** Gateways that share a database have one authority: a second state folder gets it from a backup of the first. */
    private void requireNoOther(CertificateStore store) throws IOException {
        if (!database.isShared()) {
            return;
        }
        for (var kept : roots(store)) {
            if (!isOurs(kept)) {
                throw new IOException("expected the authority of the shared database in " + folder
                        + "; the folder has none, and a second one would divide the boards. Remove the state folder, and"
                        + " make it from a backup of the first gateway's (./ft900 ca backup, ./ft900 ca restore).");
            }
        }
    }

    private void keepRoot(X509Certificate root) throws IOException {
        database.jdbi().useTransaction(handle -> {
            var store = new CertificateStore(handle);
            requireNoOther(store);
            if (store.find(StoredCertificate.serial(root.getSerialNumber())).isEmpty()) {
                store.add(stored(ROOT, root, root));
            }
        });
    }

    private boolean isOurs(X509Certificate kept) throws IOException {
        return hasRoot() && root().equals(kept);
    }

    /** The roots with our kind of key that the database knows. */
    private List<X509Certificate> roots(CertificateStore store) throws IOException {
        var filter =
                new CertificatePage.Filter(Optional.of(ROOT), Optional.empty(), Optional.empty(), Optional.empty());
        var roots = new ArrayList<X509Certificate>();
        for (var kept : store.page(filter, CertificatePage.Cursor.START, CertificatePage.MAX)
                .certificates()) {
            var root = read(kept);
            if (KeyKind.of(root.getPublicKey()).equals(Optional.of(kind))) {
                roots.add(root);
            }
        }
        return roots;
    }

    private static X509Certificate read(StoredCertificate stored) throws IOException {
        try {
            return Pem.readCertificate(stored.der());
        } catch (PemException e) {
            throw new IOException("expected certificates in the database; " + stored.serial() + " is none", e);
        }
    }

    private void keep(String profile, X509Certificate certificate, X509Certificate issuer) {
        database.jdbi()
                .useTransaction(handle -> new CertificateStore(handle).add(stored(profile, certificate, issuer)));
    }

    private StoredCertificate stored(String profile, X509Certificate certificate, X509Certificate issuer) {
        return new StoredCertificate(
                StoredCertificate.serial(certificate.getSerialNumber()),
                profile,
                certificate.getSubjectX500Principal().getName().substring("CN=".length()),
                KeyHash.of(certificate.getPublicKey()),
                StoredCertificate.serial(issuer.getSerialNumber()),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                clock.instant(),
                Pem.der(certificate),
                Optional.empty());
    }

    private void writeCertificate(String name, X509Certificate certificate) throws IOException {
        StateFolder.write(certificateFile(name), Pem.certificate(certificate).getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
