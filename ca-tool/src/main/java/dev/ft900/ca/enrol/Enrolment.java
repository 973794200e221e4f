package dev.ft900.ca.enrol;

import dev.ft900.ca.authority.Authority;
import dev.ft900.ca.authority.IssuedCertificate;
import dev.ft900.ca.authority.IssuingException;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.PolicyException;
import dev.ft900.ca.authority.Profiles;
import dev.ft900.ca.store.BoardChange;
import dev.ft900.ca.store.BoardFacts;
import dev.ft900.ca.store.BoardStore;
import dev.ft900.ca.store.CertificateStore;
import dev.ft900.ca.store.RegisteredBoard;
import dev.ft900.ca.store.Revocation;
import dev.ft900.ca.store.RevocationReason;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StoredCertificate;
import dev.ft900.protocol.name.BoardId;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Boards and their certificates. Each call is one transaction: when it returns, it is on disk. Safe for use by several threads and
 * several processes.
 */
public final class Enrolment {
    private final StateDatabase database;
    private final Authority authority;
    private final Clock clock;

    public Enrolment(StateDatabase database, Authority authority, Clock clock) {
        this.database = database;
        this.authority = authority;
        this.clock = clock;
    }

    /**
     * Registers a new board and issues its first certificate.
     *
     * @param facts what the board says of itself, if it is on the bench
     * @param valid for how long; the profile's longest when absent
     * @throws BoardExistsException the id is taken
     * @throws PolicyException the authority will not issue the certificate; nothing was registered
     */
    public IssuedCertificate register(BoardId id, PublicKey key, Optional<BoardFacts> facts, Optional<Duration> valid)
            throws IssuingException {
        return database.jdbi().inTransaction(handle -> {
            if (!new BoardStore(handle).add(id, facts, clock.instant())) {
                throw new BoardExistsException(id);
            }
            return issue(new CertificateStore(handle), id, key, valid);
        });
    }

    /**
     * Registers new boards with their first certificates: all of them, or none. Much faster than one by one, because one transaction
     * waits for the disk once; nobody else can write meanwhile, so a few hundred at a time are enough.
     *
     * @return certificates in the order of the boards
     * @throws BoardExistsException an id is taken
     * @throws PolicyException the authority will not issue one of the certificates
     */
    public List<IssuedCertificate> registerAll(LinkedHashMap<BoardId, PublicKey> boards) throws IssuingException {
        return database.jdbi().inTransaction(handle -> {
            var store = new BoardStore(handle);
            var certificates = new CertificateStore(handle);
            var issued = new ArrayList<IssuedCertificate>();
            for (var board : boards.entrySet()) {
                if (!store.add(board.getKey(), Optional.empty(), clock.instant())) {
                    throw new BoardExistsException(board.getKey());
                }
                issued.add(issue(certificates, board.getKey(), board.getValue(), Optional.empty()));
            }
            return issued;
        });
    }

    /**
     * Issues a certificate to a board on the bench: registers it, or renews it when it is the very board that is registered. Older
     * certificates stay good until the board has connected with the new one.
     *
     * @throws OtherBoardException the id belongs to a board with another UID
     * @throws PolicyException the authority will not issue the certificate; nothing changed
     */
    public IssuedCertificate enrol(BoardId id, PublicKey key, BoardFacts facts) throws IssuingException {
        return database.jdbi().inTransaction(handle -> {
            var boards = new BoardStore(handle);
            var registered = boards.find(id);
            if (registered.isEmpty()) {
                boards.add(id, Optional.of(facts), clock.instant());
            } else {
                var known = registered.get().facts();
                if (known.isPresent() && !known.get().uid().equals(facts.uid())) {
                    throw new OtherBoardException(id, known.get().uid(), facts.uid());
                }
                boards.setFacts(id, facts);
            }
            return issue(new CertificateStore(handle), id, key, Optional.empty());
        });
    }

    /**
     * Issues a further certificate to a registered board. The one before it stays good until the board has connected with the new one.
     *
     * @param valid for how long; the profile's longest when absent
     * @return empty when there is no such board
     * @throws PolicyException the authority will not issue the certificate; nothing changed
     */
    public Optional<IssuedCertificate> renew(BoardId id, PublicKey key, Optional<Duration> valid)
            throws IssuingException {
        return database.jdbi().inTransaction(handle -> {
            if (new BoardStore(handle).find(id).isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(issue(new CertificateStore(handle), id, key, valid));
        });
    }

    /**
     * Registers a board under the certificate with which it came, if nobody has the id and the certificate may be used: one that we issued
     * for this id, or one that an authority made which the caller trusts with it.
     *
     * @param signer the authority that made it; empty to trust our own only
     * @return whether the board was registered
     */
    public boolean adopt(BoardId id, X509Certificate certificate, Optional<X509Certificate> signer) {
        return database.jdbi().inTransaction(handle -> {
            var certificates = new CertificateStore(handle);
            var boards = new BoardStore(handle);
            var stored = certificates.find(StoredCertificate.serial(certificate.getSerialNumber()));
            boolean isGood = stored.isPresent()
                    ? !stored.get().isRevoked()
                            && stored.get().profile().equals(Profiles.BOARD)
                            && stored.get().commonName().equals(id.value())
                            && Arrays.equals(stored.get().der(), Pem.der(certificate))
                    : signer.isPresent()
                            && authority.profiles().get(Profiles.BOARD).allows(id.value());
            if (!isGood || !boards.add(id, Optional.empty(), clock.instant())) {
                return false;
            }
            if (stored.isEmpty()) {
                certificates.add(authority.adopted(Profiles.BOARD, id.value(), certificate, signer.get()));
            }
            return true;
        });
    }

    private IssuedCertificate issue(CertificateStore store, BoardId id, PublicKey key, Optional<Duration> valid)
            throws PolicyException {
        var profile = authority.profiles().get(Profiles.BOARD);
        return authority.issue(store, profile, id.value(), List.of(), key, valid);
    }

    /**
     * Whether a certificate may be used now: it is in the store for this board, the board is registered, and nobody has revoked it.
     * Dates and signatures are the business of TLS.
     */
    public boolean admits(BoardId id, String serial) {
        return admits(id, serial, stored -> true);
    }

    private boolean admits(BoardId id, String serial, Predicate<StoredCertificate> shown) {
        // No transaction, which would wait for whoever writes: what is read second is no older than what is read first.
        return database.jdbi().withHandle(handle -> {
            var certificate = new CertificateStore(handle).find(serial);
            return certificate.isPresent()
                    && !certificate.get().isRevoked()
                    && certificate.get().profile().equals(Profiles.BOARD)
                    && certificate.get().commonName().equals(id.value())
                    && shown.test(certificate.get())
                    && new BoardStore(handle).find(id).isPresent();
        });
    }

    /**
     * Whether this very certificate may be used now by this board. Compares all of it with the store, so that a certificate which
     * somebody else made, with the key of an authority but without its store, is worth nothing.
     */
    public boolean admits(BoardId id, X509Certificate certificate) {
        return admits(
                id, StoredCertificate.serial(certificate.getSerialNumber()), stored -> isSame(stored, certificate));
    }

    /** Whether this very certificate, to the byte, was issued here. */
    public boolean isInStore(X509Certificate certificate) {
        return certificate(StoredCertificate.serial(certificate.getSerialNumber()))
                .filter(stored -> isSame(stored, certificate))
                .isPresent();
    }

    private static boolean isSame(StoredCertificate stored, X509Certificate shown) {
        return Arrays.equals(stored.der(), Pem.der(shown));
    }

    /** Notes that a board connected with this certificate, and revokes those that it had before. */
    public void connected(BoardId id, String serial) {
        boolean news = find(id).filter(board -> !board.serial().equals(Optional.of(serial)))
                .isPresent();
        if (news) {
            database.jdbi().useTransaction(handle -> {
                var certificates = new CertificateStore(handle);
                certificates.find(serial).ifPresent(current -> {
                    new BoardStore(handle).setSerial(id, serial);
                    certificates
                            .findBefore(current)
                            .forEach(older ->
                                    certificates.revoke(older.serial(), RevocationReason.SUPERSEDED, clock.instant()));
                });
            });
        }
    }

    /**
     * Revokes a certificate.
     *
     * @return false when there is no such certificate
     */
    public boolean revoke(String serial, RevocationReason reason) {
        return database.jdbi().inTransaction(handle -> {
            var certificates = new CertificateStore(handle);
            if (certificates.find(serial).isEmpty()) {
                return false;
            }
            certificates.revoke(serial, reason, clock.instant());
            return true;
        });
    }

    /** Whether a certificate was revoked because its board came with a newer one, which still counts. */
    public boolean hasNewer(Revocation revocation) {
        return revocation.reason() == RevocationReason.SUPERSEDED
                && certificate(revocation.serial())
                        .flatMap(old -> BoardId.from(old.commonName()))
                        .flatMap(this::find)
                        .filter(board -> board.serial()
                                .filter(serial -> !serial.equals(revocation.serial()) && admits(board.id(), serial))
                                .isPresent())
                        .isPresent();
    }

    /**
     * Takes a board out of the register and revokes all its certificates.
     *
     * @return false when there is no such board
     */
    public boolean remove(BoardId id) {
        return database.jdbi().inTransaction(handle -> {
            var certificates = new CertificateStore(handle);
            certificates
                    .findByCommonName(Profiles.BOARD, id.value())
                    .forEach(certificate -> certificates.revoke(
                            certificate.serial(), RevocationReason.CESSATION_OF_OPERATION, clock.instant()));
            return new BoardStore(handle).remove(id);
        });
    }

    public Optional<RegisteredBoard> find(BoardId id) {
        return database.jdbi().withHandle(handle -> new BoardStore(handle).find(id));
    }

    /** What to say of other boards that have this board's MAC address, in words for people: they cannot be in one network. */
    public List<String> sameMac(BoardId id, BoardFacts facts) {
        return database.jdbi().withHandle(handle -> new BoardStore(handle).findByMac(facts.mac())).stream()
                .filter(other -> !other.id().equals(id)
                        && !other.facts().map(BoardFacts::uid).equals(Optional.of(facts.uid())))
                .map(
                        other -> "the MAC address " + facts.mac() + " belongs to " + other.id()
                                + " as well: the two cannot be in one network. Give one of them another (I2C EEPROM, offset 0xFA).")
                .toList();
    }

    /** All boards in the order of their ids. */
    public List<RegisteredBoard> boards() {
        return database.jdbi().withHandle(handle -> new BoardStore(handle).list());
    }

    /** Which boards were registered or removed after a certain change, by this process or another, oldest first. */
    public List<BoardChange> changedAfter(long sequence) {
        return database.jdbi().withHandle(handle -> new BoardStore(handle).changedAfter(sequence));
    }

    /** A board's certificates, newest first. */
    public List<StoredCertificate> certificates(BoardId id) {
        return database.jdbi()
                .withHandle(handle -> new CertificateStore(handle).findByCommonName(Profiles.BOARD, id.value()));
    }

    /** What was revoked after a certain revocation, by this process or another, oldest first. */
    public List<Revocation> revokedAfter(long sequence) {
        return database.jdbi().withHandle(handle -> new CertificateStore(handle).revokedAfter(sequence));
    }

    /** A certificate by its serial number. */
    public Optional<StoredCertificate> certificate(String serial) {
        return database.jdbi().withHandle(handle -> new CertificateStore(handle).find(serial));
    }
}
