package dev.ft900.ca.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.ca.TestState;
import dev.ft900.ca.authority.IssuingException;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.PolicyException;
import dev.ft900.ca.store.BoardChange;
import dev.ft900.ca.store.BoardFacts;
import dev.ft900.ca.store.Revocation;
import dev.ft900.ca.store.RevocationReason;
import dev.ft900.protocol.name.BoardId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrolmentTest {
    private static final BoardId BOARD = new BoardId("board7");
    private static final BoardId LOCALHOST = new BoardId("localhost");

    @TempDir
    Path dir;

    private Instant now = Instant.now();
    /** Every look at it is a second later. */
    private final Clock clock = ((InstantSource) () -> now = now.plusSeconds(1)).withZone(ZoneOffset.UTC);

    private TestState state;
    private Enrolment enrolment;

    @BeforeEach
    void open() throws IOException {
        state = new TestState(dir, clock);
        enrolment = state.enrolment();
    }

    @AfterEach
    void close() {
        state.close();
    }

    private String register(BoardId id) throws IssuingException {
        return enrolment
                .register(id, KeyKind.P256.generate().getPublic(), Optional.empty(), Optional.empty())
                .serial();
    }

    private String enrol(int uid) throws IssuingException {
        return enrolment
                .enrol(BOARD, KeyKind.P256.generate().getPublic(), TestState.facts(uid))
                .serial();
    }

    private static LinkedHashMap<BoardId, PublicKey> boards(String... ids) {
        var boards = new LinkedHashMap<BoardId, PublicKey>();
        for (var id : ids) {
            boards.put(new BoardId(id), KeyKind.P256.generate().getPublic());
        }
        return boards;
    }

    private Revocation lastRevocation() {
        var all = enrolment.revokedAfter(0);
        return all.get(all.size() - 1);
    }

    @Test
    void aRevocationHasSomethingNewerOnlyWhileTheCertificateThatReplacedItCounts() throws IssuingException {
        register(BOARD);
        var first = enrolment.certificates(BOARD).get(0).serial();
        enrolment.connected(BOARD, first);
        var second = enrolment
                .renew(BOARD, KeyKind.P256.generate().getPublic(), Optional.empty())
                .orElseThrow()
                .serial();
        enrolment.connected(BOARD, second);
        var superseded = lastRevocation();
        assertThat(superseded.serial()).isEqualTo(first);
        assertThat(enrolment.hasNewer(superseded)).isTrue();

        enrolment.revoke(second, RevocationReason.SUPERSEDED);

        assertThat(enrolment.hasNewer(lastRevocation())).isFalse();
        assertThat(enrolment.hasNewer(superseded)).isFalse();
    }

    @Test
    void manyBoardsAreRegisteredAtOnceOrNoneOfThem() throws IssuingException {
        var boards = boards("b1", "b2", "b3");

        var issued = enrolment.registerAll(boards);

        assertThat(issued)
                .extracting(certificate -> certificate.chain().get(0).getPublicKey())
                .containsExactlyElementsOf(boards.values());
        assertThat(enrolment.admits(new BoardId("b2"), issued.get(1).serial())).isTrue();
        assertThatThrownBy(() -> enrolment.registerAll(boards("b4", "b1"))).isInstanceOf(BoardExistsException.class);
        assertThat(enrolment.find(new BoardId("b4"))).isEmpty();
    }

    @Test
    void whatCameAndWentIsToldOnce() throws IssuingException {
        enrolment.registerAll(boards("b1", "b2"));
        var first = enrolment.changedAfter(0);
        long seen = first.get(1).sequence();
        enrolment.remove(new BoardId("b1"));
        register(new BoardId("b3"));
        enrolment.remove(new BoardId("b3"));
        register(new BoardId("b3"));

        var second = enrolment.changedAfter(seen);

        assertThat(first).extracting(BoardChange::board).containsExactly(new BoardId("b1"), new BoardId("b2"));
        assertThat(second).extracting(BoardChange::board).containsExactly(new BoardId("b1"), new BoardId("b3"));
        assertThat(second).extracting(BoardChange::isRegistered).containsExactly(false, true);
        assertThat(enrolment.changedAfter(second.get(1).sequence())).isEmpty();
    }

    @Test
    void aRegisteredBoardIsAdmittedWithItsCertificateAndNoOther() throws IssuingException {
        var serial = register(BOARD);
        var other = register(new BoardId("board8"));

        assertThat(enrolment.admits(BOARD, serial)).isTrue();
        assertThat(enrolment.admits(BOARD, other)).isFalse();
        assertThat(enrolment.admits(BOARD, "abc")).isFalse();
        assertThat(enrolment.admits(new BoardId("nobody"), serial)).isFalse();
    }

    @Test
    void noBoardHasTheNameOfABrokerWhoeverMadeItsCertificate() throws Exception {
        assertThatThrownBy(() -> register(LOCALHOST)).isInstanceOf(PolicyException.class);
        assertThat(enrolment.find(LOCALHOST)).isEmpty();
        try (var other = new TestState(dir.resolve("other"), clock)) {
            var chain = other.enrolment()
                    .register(BOARD, KeyKind.P256.generate().getPublic(), Optional.empty(), Optional.empty())
                    .chain();
            var signer = Optional.of(chain.get(1));

            assertThat(enrolment.adopt(LOCALHOST, chain.get(0), signer)).isFalse();
            assertThat(enrolment.adopt(BOARD, chain.get(0), signer)).isTrue();
        }
    }

    @Test
    void anIdIsRegisteredOnce() throws IssuingException {
        register(BOARD);

        assertThatThrownBy(() -> register(BOARD))
                .isInstanceOf(BoardExistsException.class)
                .hasMessageContaining("board7 is registered");
    }

    @Test
    void aRefusedCertificateRegistersNothing() throws IssuingException {
        var key = KeyKind.P256.generate().getPublic();
        enrolment.register(BOARD, key, Optional.empty(), Optional.empty());

        assertThatThrownBy(() -> enrolment.register(new BoardId("board8"), key, Optional.empty(), Optional.empty()))
                .isInstanceOf(PolicyException.class);
        assertThat(enrolment.find(new BoardId("board8"))).isEmpty();
        assertThat(enrolment.boards()).hasSize(1);
    }

    @Test
    void theSameBoardIsRenewedAndAnotherIsNot() throws IssuingException {
        enrol(1);
        enrol(1);

        assertThat(enrolment.certificates(BOARD)).hasSize(2);
        assertThatThrownBy(() -> enrol(2))
                .isInstanceOf(OtherBoardException.class)
                .hasMessageContaining("0202");
        assertThat(enrolment.certificates(BOARD)).hasSize(2);
        assertThat(enrolment.find(BOARD).orElseThrow().facts()).contains(TestState.facts(1));
    }

    @Test
    void theOldCertificateIsSupersededOnlyWhenTheBoardHasConnectedWithTheNewOne() throws IssuingException {
        var first = enrol(1);
        enrolment.connected(BOARD, first);
        var second = enrol(1);
        assertThat(enrolment.admits(BOARD, first)).isTrue();
        assertThat(enrolment.admits(BOARD, second)).isTrue();

        enrolment.connected(BOARD, first);
        assertThat(enrolment.admits(BOARD, second)).isTrue();
        enrolment.connected(BOARD, second);

        assertThat(enrolment.admits(BOARD, first)).isFalse();
        assertThat(enrolment.admits(BOARD, second)).isTrue();
        assertThat(enrolment.find(BOARD).orElseThrow().serial()).contains(second);
        assertThat(enrolment.certificate(first).orElseThrow().revocation().map(Revocation::reason))
                .contains(RevocationReason.SUPERSEDED);
    }

    @Test
    void aCertificateFromATimeWhenTheClockWasAheadIsSupersededAsWell() throws IssuingException {
        var right = now;
        now = right.plus(Duration.ofDays(30));
        var first = enrol(1);
        now = right;
        var second = enrol(1);
        var third = enrol(1);

        enrolment.connected(BOARD, second);

        assertThat(enrolment.admits(BOARD, first)).isFalse();
        assertThat(enrolment.certificate(first).orElseThrow().revocation())
                .hasValueSatisfying(
                        revocation -> assertThat(revocation.reason()).isEqualTo(RevocationReason.SUPERSEDED));
        assertThat(enrolment.admits(BOARD, second)).isTrue();
        assertThat(enrolment.admits(BOARD, third)).isTrue();
    }

    @Test
    void aRevokedCertificateIsNotAdmittedAndStaysRevokedForItsFirstReason() throws IssuingException {
        var serial = register(BOARD);

        assertThat(enrolment.revoke(serial, RevocationReason.KEY_COMPROMISE)).isTrue();
        assertThat(enrolment.revoke(serial, RevocationReason.UNSPECIFIED)).isTrue();
        assertThat(enrolment.revoke("abc", RevocationReason.UNSPECIFIED)).isFalse();

        assertThat(enrolment.admits(BOARD, serial)).isFalse();
        assertThat(enrolment.certificate(serial).orElseThrow().revocation().map(Revocation::reason))
                .contains(RevocationReason.KEY_COMPROMISE);
    }

    @Test
    void revocationsCanBeFollowedInTheirOrder() throws IssuingException {
        var a = register(new BoardId("a"));
        var b = register(new BoardId("b"));
        enrolment.revoke(b, RevocationReason.UNSPECIFIED);
        long seen = enrolment.revokedAfter(0).get(0).sequence();
        enrolment.revoke(a, RevocationReason.UNSPECIFIED);

        assertThat(enrolment.revokedAfter(0)).extracting(Revocation::serial).containsExactly(b, a);
        assertThat(enrolment.revokedAfter(seen)).extracting(Revocation::serial).containsExactly(a);
    }

    @Test
    void aRemovedBoardHasNoGoodCertificateAndItsIdIsFree() throws IssuingException {
        var serial = register(BOARD);

        assertThat(enrolment.remove(BOARD)).isTrue();
        assertThat(enrolment.remove(BOARD)).isFalse();

        assertThat(enrolment.find(BOARD)).isEmpty();
        var again = register(BOARD);
        assertThat(enrolment.admits(BOARD, serial)).isFalse();
        assertThat(enrolment.admits(BOARD, again)).isTrue();
    }

    @Test
    void aCertificateCanBeShorterThanItsProfileSays() throws IssuingException {
        var issued = enrolment.register(
                BOARD, KeyKind.P256.generate().getPublic(), Optional.empty(), Optional.of(Duration.ofDays(1)));

        assertThat(Duration.between(now, issued.certificate().getNotAfter().toInstant()))
                .isLessThan(Duration.ofDays(2));
    }

    @Test
    void whatOneProcessWritesAnotherSees() throws IOException, IssuingException {
        var serial = register(BOARD);
        try (var other = new TestState(dir, clock)) {
            assertThat(other.enrolment().admits(BOARD, serial)).isTrue();
            other.enrolment().remove(BOARD);
        }

        assertThat(enrolment.admits(BOARD, serial)).isFalse();
    }

    @Test
    void aMacAddressOfTwoBoardsIsSaidOfBoth() throws Exception {
        var first = TestState.facts(1);
        var twin = new BoardFacts(TestState.facts(2).uid(), first.mac(), first.chipId(), first.firmware());
        state.enrolment().enrol(new BoardId("twin1"), KeyKind.P256.generate().getPublic(), first);
        assertThat(state.enrolment().sameMac(new BoardId("twin1"), first)).isEmpty();

        state.enrolment().enrol(new BoardId("twin2"), KeyKind.P256.generate().getPublic(), twin);

        assertThat(state.enrolment().sameMac(new BoardId("twin2"), twin))
                .singleElement()
                .asString()
                .contains(first.mac() + " belongs to twin1")
                .contains("EEPROM");
        assertThat(state.enrolment().sameMac(new BoardId("twin1"), twin))
                .as("the board itself under another id is no second board")
                .isEmpty();
    }
}
