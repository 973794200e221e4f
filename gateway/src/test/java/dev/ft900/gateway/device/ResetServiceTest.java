package dev.ft900.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.protocol.message.ErrorCode;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.Reply;
import dev.ft900.protocol.message.ResetCause;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResetServiceTest {
    private static final BoardId BOARD = new BoardId("board1");
    private static final BootId BOOT = new BootId("00000001");
    private static final BootId LATER = new BootId("00000002");
    private static final BootId LAST = new BootId("00000003");
    private static final Origin ORIGIN = new Origin("request-1", "tester");

    private final SentRequests requests = new SentRequests();
    private final ManualTimer timer = new ManualTimer();
    private final PresenceTracker presence = new PresenceTracker(Clock.systemUTC());
    private final CommandService commands = requests.service(presence, timer, Clock.systemUTC());
    private final ResetService resets = new ResetService(commands, presence, timer.executor(), timer::nanos);

    @BeforeEach
    void boardIsThere() {
        presence.follow(BOARD);
        presence.heard(BOARD, Births.of(BOOT), false);
    }

    private CompletableFuture<ResetService.Back> reset(Duration connect) {
        var patience = new Patience(connect, Duration.ofSeconds(5));
        return resets.reset(BOARD, ORIGIN, patience, Duration.ofSeconds(30)).back();
    }

    private void agrees(BootId boot) {
        commands.replied(BOARD, Reply.done(requests.last().id(), boot, new Result.Resetting()));
    }

    private static ResetService.Back back(BootId boot, int millis) {
        return new ResetService.Back(boot, ResetCause.COMMAND, Duration.ofMillis(millis));
    }

    @Test
    void aResetIsOverWhenTheBoardIsBackWithAnotherBoot() {
        var reset = reset(Duration.ZERO);
        agrees(BOOT);
        timer.advance(40);
        presence.heard(BOARD, new Presence.Gone(BOOT, 1), false);
        assertThat(reset).isNotDone();
        presence.heard(BOARD, Births.of(BOOT), false);
        assertThat(reset).isNotDone();
        timer.advance(60);

        presence.heard(BOARD, Births.of(LATER), false);

        assertThat(reset)
                .isCompletedWithValue(new ResetService.Back(LATER, ResetCause.COMMAND, Duration.ofMillis(100)));
        assertThat(timer.waiting()).isZero();
    }

    @Test
    void aBoardThatDoesNotComeBackIsGivenUp() {
        var reset = reset(Duration.ZERO);
        agrees(BOOT);

        timer.advance(30_000);

        assertThat(reset).isCompletedExceptionally();
        assertThatThrownBy(reset::join)
                .hasRootCauseInstanceOf(NoAnswerException.class)
                .hasMessageContaining("was not back within 30000 ms");
    }

    @Test
    void theArrivalThatWasWaitedForIsNotTheReturn() {
        presence.heard(BOARD, new Presence.Gone(BOOT, 1), false);
        var reset = reset(Duration.ofSeconds(60));
        presence.heard(BOARD, Births.of(LATER), false);
        assertThat(requests.all()).hasSize(1);

        agrees(LATER);
        assertThat(reset).isNotDone();
        timer.advance(70);
        presence.heard(BOARD, Births.of(LAST), false);

        assertThat(reset).isCompletedWithValue(back(LAST, 70));
    }

    @Test
    void theBootThatWasNotKnownWhenTheBoardWasAskedIsNotTheReturn() {
        var reset = reset(Duration.ZERO);
        commands.replied(BOARD, Reply.refused(requests.last().id(), LATER, ErrorCode.WRONG_BOOT, ""));
        assertThat(requests.last().boot()).contains(LATER);
        presence.heard(BOARD, Births.of(LATER), false);

        agrees(LATER);
        presence.heard(BOARD, Births.of(LATER), false);
        assertThat(reset).isNotDone();
        presence.heard(BOARD, Births.of(LAST), false);

        assertThat(reset).isCompletedWithValue(back(LAST, 0));
    }

    @Test
    void aBoardMayBeBackBeforeItsAgreementIsHeard() {
        var reset = reset(Duration.ZERO);
        presence.heard(BOARD, Births.of(LATER), false);
        assertThat(reset).isNotDone();

        agrees(BOOT);

        assertThat(reset).isCompletedWithValue(back(LATER, 0));
    }
}
