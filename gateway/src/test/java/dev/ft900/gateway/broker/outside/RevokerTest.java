package dev.ft900.gateway.broker.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.Revocation;
import dev.ft900.ca.store.RevocationReason;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.broker.BrokerKind;
import dev.ft900.protocol.name.BoardId;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who was revoked gets in no more, even while nobody can tell the broker whose session ends. */
class RevokerTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration LAST = Duration.ofMillis(1_500);
    private static final Duration VALID = Duration.ofDays(30);

    @TempDir
    Path dir;

    private final List<String> ended = new CopyOnWriteArrayList<>();
    private volatile boolean isManagementDown;
    private Path kit;
    private StateDatabase database;
    private AuthorityFolder folder;
    private Enrolment enrolment;
    private Revoker revoker;

    @BeforeEach
    void begin() throws Exception {
        kit = Files.createDirectory(dir.resolve("kit"));
        useState("state");
        RevocationsDone.begin(kit, Optional.empty());
        revoker = start();
    }

    private void useState(String name) throws Exception {
        useState(name, Clock.systemUTC());
    }

    private void useState(String name, Clock clock) throws Exception {
        var state = new StateFolder(dir.resolve(name));
        database = StateDatabase.open(state);
        folder = new AuthorityFolder(state, database, clock);
        enrolment = new Enrolment(database, folder.openOrCreate(), Clock.systemUTC());
    }

    @AfterEach
    void end() {
        revoker.close();
        database.close();
    }

    private Revoker start() {
        return start(kit, new FolderLists(1));
    }

    private Revoker start(Path place, RevocationLists lists) {
        return new Revoker(
                new RevocationFiles(BrokerKind.MOSQUITTO, place),
                lists,
                Reload.NONE,
                new SessionCutter(
                        name -> {
                            if (isManagementDown) {
                                throw new IOException("connection refused");
                            }
                            ended.add(name);
                        },
                        revocation -> enrolment
                                .certificate(revocation.serial())
                                .orElseThrow()
                                .commonName(),
                        RevocationsDone.open(place, enrolment::revokedAfter),
                        LAST));
    }

    /** The lists of the folder, in which there is one, and how often somebody asked. */
    private final class FolderLists implements RevocationLists {
        private final int authorities;
        private final AtomicInteger made = new AtomicInteger();
        private final AtomicInteger counted = new AtomicInteger();

        FolderLists(int authorities) {
            this.authorities = authorities;
        }

        @Override
        public List<X509CRL> make() throws IOException {
            made.incrementAndGet();
            return folder.revocationLists(KeyKind.P256, VALID).lists();
        }

        @Override
        public int authorities() {
            counted.incrementAndGet();
            return authorities;
        }
    }

    private Revocation revoked(String name) throws Exception {
        var id = new BoardId(name);
        enrolment.register(id, KeyKind.P256.generate().getPublic(), Optional.empty(), Optional.empty());
        long before = enrolment.revokedAfter(0).size();
        enrolment
                .certificates(id)
                .forEach(certificate -> enrolment.revoke(certificate.serial(), RevocationReason.KEY_COMPROMISE));
        var revocation = enrolment.revokedAfter(before).get(0);
        revoker.add(revocation);
        return revocation;
    }

    private boolean isListed(Revocation revocation) throws Exception {
        var file = RevocationFiles.mosquitto(kit);
        if (!Files.exists(file)) {
            return false;
        }
        try (var in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCRLs(in).stream()
                    .map(X509CRL.class::cast)
                    .anyMatch(list -> list.getRevokedCertificate(new BigInteger(revocation.serial(), 16)) != null);
        }
    }

    private String done() throws IOException {
        return Files.readString(kit.resolve("revocations-done"));
    }

    @Test
    void everySessionIsEndedThreeTimesAndThenDone() throws Exception {
        var one = revoked("one");

        await().atMost(LONG).until(() -> ended.equals(List.of("one", "one", "one")));
        await().atMost(LONG).until(() -> done().equals(one.sequence() + " " + one.serial()));
        assertThat(isListed(one)).isTrue();
        assertThat(revoker.open()).isZero();
    }

    @Test
    void whileTheBrokerCannotBeToldWhoIsRevokedLaterIsListedAllTheSameAndAllAreCutInTheEnd() throws Exception {
        isManagementDown = true;
        var one = revoked("one");
        await().atMost(LONG).until(() -> isListed(one));
        var two = revoked("two");
        await().atMost(LONG).until(() -> isListed(two));

        await().atMost(LONG).until(() -> revoker.open() == 2);
        assertThat(done()).isEqualTo("0");
        assertThat(ended).isEmpty();

        isManagementDown = false;
        await().atMost(LONG).until(() -> revoker.open() == 0);
        assertThat(ended).contains("one", "two");
        await().atMost(LONG).until(() -> done().equals(two.sequence() + " " + two.serial()));
    }

    @Test
    void whatWasNotCutIsCutAfterARestart() throws Exception {
        isManagementDown = true;
        var one = revoked("one");
        await().atMost(LONG).until(() -> isListed(one));
        revoker.close();

        isManagementDown = false;
        revoker = start();
        enrolment.revokedAfter(0).forEach(revoker::add);

        await().atMost(LONG).until(() -> ended.contains("one"));
    }

    @Test
    void whoIsRevokedAfterABackupWasRestoredBesideTheKitIsListedAndCut() throws Exception {
        revoked("one");
        await().atMost(LONG).until(() -> done().startsWith("1 "));
        revoker.close();
        database.close();
        useState("restored");

        revoker = start();
        var two = revoked("two");

        await().atMost(LONG).until(() -> ended.contains("two"));
        assertThat(two.sequence()).isEqualTo(1);
        assertThat(isListed(two)).isTrue();
    }

    @Test
    void aBrokerThatReadsTheListsAtEveryConnectIsGivenTwoInOneSecond() throws Exception {
        revoker.close();
        database.close();
        useState("stopped", Clock.fixed(Instant.now(), ZoneOffset.UTC));
        revoker = start();

        var one = revoked("one");
        await().atMost(LONG).until(() -> isListed(one));
        var two = revoked("two");

        await().atMost(LONG).until(() -> isListed(two));
    }

    @Test
    void anAuthorityThatHasNoListIsNoReasonToMakeThemAgainAllTheTime() throws Exception {
        var other = Files.createDirectory(dir.resolve("other"));
        RevocationsDone.begin(other, Optional.empty());
        var lists = new FolderLists(2);
        try (var second = start(other, lists)) {
            // Once when they were made, and twice when somebody looked whether they are to be made again.
            await().atMost(LONG).until(() -> lists.counted.get() >= 3);

            assertThat(lists.made).hasValue(1);
            assertThat(second.open()).isZero();
        }
    }

    @Test
    void ofTwoGatewaysThatWriteTheListsOfOneKitTheHigherNumberStays() throws Exception {
        for (var kind : List.of(BrokerKind.MOSQUITTO, BrokerKind.RABBITMQ)) {
            var files = new RevocationFiles(kind, Files.createDirectory(dir.resolve(kind.word())));
            var older = folder.revocationLists(KeyKind.P256, VALID).lists();
            var newer = folder.revocationLists(KeyKind.P256, VALID).lists();
            files.write(newer);
            var before = contents(kind);
            files.write(older);

            assertThat(contents(kind)).isEqualTo(before);
            files.write(folder.revocationLists(KeyKind.P256, VALID).lists());
            assertThat(contents(kind)).isNotEqualTo(before);
        }
    }

    /** As the database of a backup counts them. */
    @Test
    void ofTwoListsTheNewerStaysThoughItsNumberBeLower() throws Exception {
        var now = Clock.systemUTC();
        for (var kind : List.of(BrokerKind.MOSQUITTO, BrokerKind.RABBITMQ)) {
            var files = new RevocationFiles(kind, Files.createDirectory(dir.resolve(kind.word())));
            var lower = at(Clock.offset(now, Duration.ofSeconds(2)));
            var higher = at(now);
            files.write(higher);
            var before = contents(kind);

            files.write(lower);

            assertThat(contents(kind)).isNotEqualTo(before);
        }
    }

    private List<X509CRL> at(Clock clock) throws IOException {
        return new AuthorityFolder(new StateFolder(dir.resolve("state")), database, clock)
                .revocationLists(KeyKind.P256, VALID)
                .lists();
    }

    private String contents(BrokerKind kind) throws IOException {
        var text = new StringBuilder();
        try (var files = Files.walk(dir.resolve(kind.word()))) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }
}
