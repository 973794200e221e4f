package dev.ft900.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.protocol.message.ClockState;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.ErrorCode;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.Reply;
import dev.ft900.protocol.message.Request;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandServiceTest {
    private static final BoardId BOARD = new BoardId("board1");
    private static final BootId BOOT = new BootId("00000001");
    private static final BootId LATER = new BootId("00000002");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Origin ORIGIN = new Origin("request-1", "tester");
    private static final Result CLOCK = new Result.Clock(ClockState.UNSET);

    private final SentRequests requests = new SentRequests();
    private final ManualTimer timer = new ManualTimer();
    private final PresenceTracker presence = new PresenceTracker(Clock.systemUTC());
    private final CommandService commands = requests.service(presence, timer, Clock.systemUTC());
    private final HintChecks checks =
            new HintChecks(new Probes(commands, timer.executor()), presence, timer.executor());

    @BeforeEach
    void boardIsThere() {
        presence.follow(BOARD);
        presence.heard(BOARD, Births.of(BOOT), false);
    }

    private CompletableFuture<Result> ask() {
        return commands.ask(BOARD, new Command.ReadClock(), ORIGIN, Patience.forAnswer(PATIENCE))
                .result();
    }

    private static void assertFailsWith(
            CompletableFuture<?> future, Class<? extends DeviceException> kind, String words) {
        assertThat(future).isCompletedExceptionally();
        assertThatThrownBy(future::join).hasRootCauseInstanceOf(kind).hasMessageContaining(words);
    }

    @Test
    void aCommandGoesToTheBoardsTopicForItsBootAndTheReplyComesBack() {
        var result = ask();

        assertThat(requests.topics()).containsExactly("ft900/board1/req/main");
        assertThat(requests.last().boot()).contains(BOOT);
        assertThat(result).isNotDone();
        commands.replied(BOARD, Reply.done(requests.last().id(), BOOT, CLOCK));

        assertThat(result).isCompletedWithValue(CLOCK);
        assertThat(commands.underWay()).isZero();
        assertThat(timer.waiting()).isZero();
    }

    @Test
    void manyAreUnderWayAtOnceAndEachGetsItsOwnReply() {
        var first = ask();
        var second = ask();
        assertThat(requests.all()).extracting(Request::id).doesNotHaveDuplicates();

        commands.replied(BOARD, Reply.done(requests.all().get(1).id(), BOOT, CLOCK));

        assertThat(first).isNotDone();
        assertThat(second).isCompleted();
    }

    @Test
    void anUnknownOrAbsentBoardGetsNothingSent() {
        presence.heard(BOARD, new Presence.Gone(BOOT, 1), false);

        assertFailsWith(ask(), BoardOfflineException.class, "nothing was sent");
        assertFailsWith(
                commands.ask(new BoardId("nobody"), new Command.ReadClock(), ORIGIN, Patience.forAnswer(PATIENCE))
                        .result(),
                UnknownDeviceException.class,
                "nobody");
        assertThat(requests.all()).isEmpty();
    }

    @Test
    void aBrokerThatIsDownMeansThatNothingWasSent() {
        requests.setDown(true);

        assertFailsWith(ask(), BrokerDownException.class, "nothing was sent");
        assertThat(commands.underWay()).isZero();
        assertThat(timer.waiting()).isZero();
    }

    @Test
    void noAnswerInTimeMeansThatTheOutcomeIsUnknown() {
        var result = ask();

        timer.advance(PATIENCE.toMillis() - 1);
        assertThat(result).isNotDone();
        timer.advance(1);

        assertFailsWith(result, NoAnswerException.class, "5000 ms; whether it was carried out is unknown");
        commands.replied(BOARD, Reply.done(requests.last().id(), BOOT, CLOCK));
        assertThat(commands.underWay()).isZero();
    }

    @Test
    void aLostConnectionEndsWhatIsUnderWay() {
        var result = ask();

        commands.connectionLost();

        assertFailsWith(result, NoAnswerException.class, "connection to the broker was lost");
    }

    @Test
    void aReplyOnAnotherBoardsTopicIsNoReply() {
        var result = ask();

        commands.replied(new BoardId("liar"), Reply.done(requests.last().id(), BOOT, CLOCK));

        assertThat(result).isNotDone();
    }

    @Test
    void aRefusalCarriesTheBoardsWord() {
        var result = ask();

        commands.replied(BOARD, Reply.refused(requests.last().id(), BOOT, ErrorCode.BUSY, "not now"));

        assertFailsWith(result, BoardRefusedException.class, "not now");
    }

    @Test
    void aBoardThatRebootedIsAskedOnceMoreAndNoMore() {
        var result = ask();
        commands.replied(BOARD, Reply.refused(requests.last().id(), LATER, ErrorCode.WRONG_BOOT, "another boot"));
        assertThat(requests.all()).hasSize(2);
        assertThat(requests.last().boot()).contains(LATER);

        commands.replied(BOARD, Reply.refused(requests.last().id(), BOOT, ErrorCode.WRONG_BOOT, "another boot"));

        assertThat(requests.all()).hasSize(2);
        assertFailsWith(result, BoardRefusedException.class, "another boot");
    }

    @Test
    void moreThanTheBoundAreRefusedAndTheBoundIsGivenBack() {
        for (int i = 0; i < CommandService.MAX_UNDER_WAY; i++) {
            ask();
        }
        assertFailsWith(ask(), GatewayBusyException.class, "nothing was sent");
        assertThat(requests.all()).hasSize(CommandService.MAX_UNDER_WAY);

        commands.connectionLost();

        assertThat(ask()).isNotDone();
    }

    @Test
    void aHintedBoardIsCheckedAndItsAnswerMakesItOnline() {
        var other = hinted();

        checks.check(other, Births.of(BOOT));
        assertThat(requests.last().command()).isEqualTo(new Command.ReadStatus());
        commands.replied(other, Reply.refused(requests.last().id(), BOOT, ErrorCode.BUSY, "alive all the same"));

        assertThat(presence.standing(other).orElseThrow().isOnline()).isTrue();
        timer.advance(Probes.BETWEEN.toMillis());
        assertThat(timer.waiting()).isZero();
    }

    private BoardId hinted() {
        var other = new BoardId("board2");
        presence.follow(other);
        presence.heard(other, Births.of(BOOT), true);
        return other;
    }

    @Test
    void aHintedBoardThatIsSilentIsOfflineUntilItAnswersLate() {
        var other = hinted();
        checks.check(other, Births.of(BOOT));
        timer.advance(Probes.PATIENCE.toMillis());
        assertThat(presence.standing(other).orElseThrow()).isInstanceOf(Standing.Offline.class);

        commands.replied(other, Reply.done(requests.last().id(), BOOT, CLOCK));

        assertThat(presence.standing(other).orElseThrow().isOnline()).isTrue();
    }

    @Test
    void aSilentBoardIsAskedAgainMoreAndMoreSeldom() {
        var other = hinted();
        checks.check(other, Births.of(BOOT));
        var pause = HintChecks.FIRST_PAUSE;
        for (int asked = 1; asked < 10; asked++) {
            assertThat(requests.all()).hasSize(asked);
            timer.advance(Probes.PATIENCE.toMillis());
            timer.advance(pause.toMillis() - 1);
            assertThat(requests.all()).hasSize(asked);
            timer.advance(1);
            pause = pause.multipliedBy(2).compareTo(HintChecks.LONGEST_PAUSE) < 0
                    ? pause.multipliedBy(2)
                    : HintChecks.LONGEST_PAUSE;
        }

        commands.replied(other, Reply.done(requests.last().id(), BOOT, CLOCK));

        assertThat(presence.standing(other).orElseThrow().isOnline()).isTrue();
        timer.advance(Probes.BETWEEN.toMillis());
        assertThat(timer.waiting()).isZero();
    }

    @Test
    void aSilentBoardWhoseLastWillCameOrThatIsNotThereAnyMoreIsNotAskedAgain() {
        var other = hinted();
        checks.check(other, Births.of(BOOT));
        timer.advance(Probes.PATIENCE.toMillis());
        presence.heard(other, new Presence.Gone(BOOT, 1), false);

        timer.advance(HintChecks.LONGEST_PAUSE.toMillis());

        assertThat(requests.all()).hasSize(1);
        commands.replied(other, Reply.done(requests.last().id(), BOOT, CLOCK));
        assertThat(presence.standing(other).orElseThrow()).isInstanceOf(Standing.Offline.class);
    }

    @Test
    void whoeverWaitsForABoardHearsOfAFailureThatNobodyForesaw() {
        presence.heard(BOARD, new Presence.Gone(BOOT, 1), false);
        var result = commands.ask(
                        BOARD, new Command.ReadClock(), ORIGIN, new Patience(Duration.ofSeconds(60), PATIENCE))
                .result();
        requests.before(() -> {
            throw new IllegalStateException("nobody foresaw this");
        });

        presence.heard(BOARD, Births.of(LATER), false);

        assertThat(result).isCompletedExceptionally();
        assertThatThrownBy(result::join).hasRootCauseInstanceOf(IllegalStateException.class);
    }
}
