package dev.ft900.ca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.ca.TestState;
import dev.ft900.ca.authority.IssuedCertificate;
import dev.ft900.ca.cli.Check.Outcome;
import dev.ft900.ca.store.RevocationReason;
import dev.ft900.protocol.message.ClockState;
import dev.ft900.protocol.message.FirmwareVersion;
import dev.ft900.protocol.message.MacAddress;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.provisioning.BoardIdentity;
import dev.ft900.protocol.slot.SlotRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What doctor says of a board's clock beside the dates of its certificate, and of the register. */
class BoardChecksTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final int BAUD = 115_200;

    @TempDir
    Path dir;

    private TestState state;
    private X509Certificate certificate;

    @BeforeEach
    void issue() throws IOException {
        state = new TestState(dir.resolve("state"), Clock.fixed(NOW, ZoneOffset.UTC));
        certificate = state.authority().root();
    }

    @AfterEach
    void close() {
        state.close();
    }

    private static BoardView view(X509Certificate own, ClockState clock) {
        var identity = new BoardIdentity(
                4,
                SlotRecord.MAX_BYTES,
                0x09000002,
                true,
                TestState.facts(1).uid(),
                new MacAddress(0x02F900000001L),
                new BootId("9f12ab03"),
                clock,
                new FirmwareVersion("test 1"),
                Optional.of(new BoardId("board7")),
                1,
                false);
        return new BoardView(identity, Optional.empty(), Optional.of(own), BAUD);
    }

    private Check clock(ClockState shown, Instant now) {
        return new BoardChecks(view(certificate, shown), Optional.empty(), now)
                .all(Optional.empty()).stream()
                        .filter(check -> check.name().equals("board clock"))
                        .findFirst()
                        .orElseThrow();
    }

    private static ClockState at(Instant time) {
        return new ClockState.Set(time.getEpochSecond());
    }

    @Test
    void aClockBeforeTheCertificateBeginsFailsAndIsToBeSet() {
        var begin = certificate.getNotBefore().toInstant();

        var check = clock(at(begin.minusSeconds(1)), NOW);

        assertThat(check.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(check.found())
                .contains(begin.minusSeconds(1).toString())
                .contains("before its certificate begins (" + begin + ")");
        assertThat(check.next()).contains("./ft900 device rtc board7 --set now").contains("./ft900 flash --id board7");
        assertThat(clock(at(begin), begin).outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void aClockAfterTheCertificateEndedFailsAndIsToBeSet() {
        var end = certificate.getNotAfter().toInstant();

        var check = clock(at(end.plusSeconds(1)), NOW);

        assertThat(check.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(check.found()).contains("after its certificate ended (" + end + ")");
        assertThat(check.next()).contains("./ft900 device rtc board7 --set now");
    }

    @Test
    void aRightClockAfterTheCertificateEndedIsLeftAloneAndTheCertificateIsNot() {
        var late = certificate.getNotAfter().toInstant().plusSeconds(60);

        var check = clock(at(late), late);

        assertThat(check.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(check.next()).contains("the clock is right").contains("provision it again");
    }

    @Test
    void anUnsetClockIsWarnedOf() {
        var check = clock(ClockState.UNSET, NOW);

        assertThat(check.outcome()).isEqualTo(Outcome.WARN);
        assertThat(check.found()).isEqualTo("unset");
        assertThat(check.next()).contains("cannot connect").contains("./ft900 flash --id board7");
    }

    @Test
    void anOlderCertificateThatIsStillGoodIsWarnedOfUntilItIsRevoked() throws Exception {
        var id = new BoardId("board7");
        var before = enrol(id);
        var own = enrol(id);

        var check = register(own);

        assertThat(check.outcome()).isEqualTo(Outcome.WARN);
        assertThat(check.found()).contains(own.serial() + " is good, and so is " + before.serial());
        assertThat(check.next()).contains("./ft900 ca revoke --serial " + before.serial() + " --reason superseded");

        state.enrolment().revoke(before.serial(), RevocationReason.SUPERSEDED);

        assertThat(register(own).outcome()).isEqualTo(Outcome.OK);
        assertThat(register(before).outcome()).isEqualTo(Outcome.FAIL);
    }

    private IssuedCertificate enrol(BoardId id) throws Exception {
        var keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(new ECGenParameterSpec("secp256r1"));
        return state.enrolment().enrol(id, keys.generateKeyPair().getPublic(), TestState.facts(1));
    }

    private Check register(IssuedCertificate own) {
        var register = new Register(state.database(), state.authority().root());
        return new BoardChecks(view(own.certificate(), ClockState.UNSET), Optional.of(register), NOW)
                .register(own.certificate());
    }

    @Test
    void aClockThatIsOffWithinTheDatesIsWarnedOf() {
        var later = NOW.plus(Duration.ofDays(1));

        var check = clock(at(later.minus(Duration.ofMinutes(6))), later);

        assertThat(check.outcome()).isEqualTo(Outcome.WARN);
        assertThat(check.found()).contains("off by 6 minutes");
        assertThat(check.next()).contains("--set now");
        assertThat(clock(at(later.minus(Duration.ofMinutes(5))), later).outcome())
                .isEqualTo(Outcome.OK);
    }
}
