package dev.ft900.gateway.tls;

import dev.ft900.ca.authority.Authority;
import dev.ft900.ca.authority.IssuingException;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.PemException;
import dev.ft900.ca.authority.Profile;
import dev.ft900.ca.authority.SubjectName;
import dev.ft900.ca.store.CertificateStore;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.ca.store.StoredCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The certificates of this process's own servers and clients, kept in {@code STATE/servers}: made when they are missing, and made anew
 * when they near their end or their host names have changed.
 */
public final class ServerIdentities {
    /** How long before its end a certificate is replaced. */
    private static final Duration RENEW_BEFORE = Duration.ofDays(30);

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private final StateFolder state;
    private final StateDatabase database;
    private final Authority authority;
    private final Clock clock;

    public ServerIdentities(StateFolder state, StateDatabase database, Authority authority, Clock clock) {
        this.state = state;
        this.database = database;
        this.authority = authority;
        this.clock = clock;
    }

    /**
     * An identity that holds all these host names.
     *
     * @param name of its folder, such as {@code broker}
     * @throws IOException it cannot be read or written
     * @throws IssuingException the authority will not issue it
     */
    public TlsIdentity get(String name, String profile, String commonName, List<SubjectName> hosts)
            throws IOException, IssuingException {
        var kept = load(name).filter(identity -> isGood(identity, commonName, hosts));
        return kept.isPresent() ? kept.get() : issue(name, authority.profiles().get(profile), commonName, hosts);
    }

    private Path file(String name) {
        return state.server(name).resolve("identity.pem");
    }

    private Optional<TlsIdentity> load(String name) throws IOException {
        if (!Files.exists(file(name))) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new TlsIdentity(Pem.readPrivateKey(file(name)), Pem.readCertificates(file(name)), trusted()));
        } catch (PemException e) {
            // A file that cannot be read is as good as none: it is written anew.
            return Optional.empty();
        }
    }

    private boolean isGood(TlsIdentity identity, String commonName, List<SubjectName> hosts) {
        var certificate = identity.certificate();
        var wanted = hosts.stream().map(SubjectName::toString).collect(Collectors.toSet());
        var stored = database.jdbi().withHandle(handle -> new CertificateStore(handle)
                .find(StoredCertificate.serial(certificate.getSerialNumber())));
        return certificate.getSubjectX500Principal().getName().equals("CN=" + commonName)
                && certificate.getNotAfter().toInstant().isAfter(clock.instant().plus(RENEW_BEFORE))
                && names(certificate).containsAll(wanted)
                && stored.isPresent()
                && !stored.get().isRevoked();
    }

    private static Set<String> names(X509Certificate certificate) {
        var names = new HashSet<String>();
        try {
            var alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (var alternative : alternatives) {
                    int kind = (Integer) alternative.get(0);
                    if (kind == DNS_NAME || kind == IP_ADDRESS) {
                        names.add((kind == DNS_NAME ? "DNS:" : "IP:") + alternative.get(1));
                    }
                }
            }
        } catch (CertificateParsingException e) {
            // Then it has none that count.
            return Set.of();
        }
        return names;
    }

    private TlsIdentity issue(String name, Profile profile, String commonName, List<SubjectName> hosts)
            throws IOException, IssuingException {
        var key = KeyKind.P256.generate();
        var issued = database.jdbi()
                .inTransaction(handle -> authority.issue(
                        new CertificateStore(handle), profile, commonName, hosts, key.getPublic(), Optional.empty()));
        // Key and chain in one file, so that no crash can leave the one without the other.
        var pem = Pem.privateKey(key.getPrivate()) + Pem.certificates(issued.chain());
        StateFolder.writeSecret(file(name), pem.getBytes(StandardCharsets.US_ASCII));
        return new TlsIdentity(key.getPrivate(), issued.chain(), trusted());
    }

    private List<X509Certificate> trusted() {
        return database.jdbi().withHandle(handle -> authority.trusted(new CertificateStore(handle)));
    }
}
