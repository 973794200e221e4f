package dev.ft900.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.protocol.message.BoardStatus;
import dev.ft900.protocol.message.FirmwareVersion;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.Reply;
import dev.ft900.protocol.message.ResetCause;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A broker that forgot which boards are there must not make them unreachable. */
class RollCallTest {
    private static final BoardId BOARD = new BoardId("board1");
    private static final BootId BOOT = new BootId("00000001");
    private static final FirmwareVersion FIRMWARE = new FirmwareVersion("test");
    private static final Presence.Up BIRTH =
            new Presence.Up(BOOT, 1, ResetCause.COMMAND, FIRMWARE, true, 7, Optional.empty());
    private static final Result STATUS =
            new Result.Status(new BoardStatus(FIRMWARE, 0x09000002, ResetCause.COMMAND, 60, true, 7, false));

    private final SentRequests requests = new SentRequests();
    private final ManualTimer timer = new ManualTimer();
    private final PresenceTracker presence = new PresenceTracker(Clock.systemUTC());
    private final CommandService commands = requests.service(presence, timer, Clock.systemUTC());
    private final RollCall roll = new RollCall(new Probes(commands, timer.executor()), presence, timer.executor());

    private void answers(BoardId board) {
        commands.replied(board, Reply.done(requests.lastTo(board).id(), BOOT, STATUS));
    }

    @Test
    void aBoardThatAnswersIsOnlineAsIfItHadJustSaidSo() {
        presence.follow(BOARD);
        roll.begin();
        assertThat(requests.all()).isEmpty();

        timer.advance(RollCall.FOR_NEWS.toMillis());
        answers(BOARD);

        assertThat(presence.standing(BOARD)).get().isInstanceOfSatisfying(Standing.Online.class, online -> assertThat(
                        online.birth())
                .isEqualTo(BIRTH));
        assertThat(requests.lastTo(BOARD).boot()).isEmpty();
    }

    @Test
    void itsLastWillTakesItAwayAgain() {
        presence.follow(BOARD);
        roll.begin();
        timer.advance(RollCall.FOR_NEWS.toMillis());
        answers(BOARD);

        presence.heard(BOARD, new Presence.Gone(BOOT, 3), false);

        assertThat(presence.standing(BOARD)).get().isInstanceOf(Standing.Offline.class);
    }

    @Test
    void whoSaysByItselfThatItIsThereIsNotAsked() {
        presence.follow(BOARD);
        roll.begin();
        presence.heard(BOARD, BIRTH, false);

        timer.advance(RollCall.FOR_NEWS.toMillis());

        assertThat(requests.all()).isEmpty();
    }

    @Test
    void whatABoardSaidSinceItWasAskedCountsMore() {
        var later =
                new Presence.Up(new BootId("00000002"), 1, ResetCause.POWER_ON, FIRMWARE, false, 7, Optional.empty());
        presence.follow(BOARD);
        roll.begin();
        timer.advance(RollCall.FOR_NEWS.toMillis());
        presence.heard(BOARD, later, false);
        answers(BOARD);

        assertThat(presence.standing(BOARD)).get().isInstanceOfSatisfying(Standing.Online.class, online -> assertThat(
                        online.birth())
                .isEqualTo(later));
    }

    @Test
    void aBoardThatDoesNotAnswerIsAskedThreeTimesAndThenHasToComeByItself() {
        presence.follow(BOARD);
        roll.begin();
        timer.advance(RollCall.FOR_NEWS.toMillis());
        for (int i = 0; i < 10; i++) {
            timer.advance(Probes.PATIENCE.toMillis());
            timer.advance(RollCall.PAUSE.toMillis());
        }

        assertThat(requests.all()).hasSize(RollCall.ROUNDS);
        assertThat(presence.standing(BOARD)).get().isInstanceOf(Standing.Offline.class);
        assertThat(timer.waiting()).isZero();
        assertThat(commands.underWay()).isZero();
    }

    @Test
    void aBoardThatCameBeforeItWasKnownIsAskedToo() {
        roll.begin();
        timer.advance(RollCall.FOR_NEWS.toMillis());
        presence.follow(BOARD);
        roll.join(BOARD);
        assertThat(requests.all()).isEmpty();

        timer.advance(RollCall.FOR_NEWS.toMillis());
        answers(BOARD);

        assertThat(presence.standing(BOARD)).get().isInstanceOf(Standing.Online.class);
        for (int i = 0; i < 10; i++) {
            timer.advance(RollCall.PAUSE.toMillis());
        }
        assertThat(requests.all()).hasSize(1);
    }

    @Test
    void oneThatJoinsBeforeTheFirstCallIsAskedInThatOne() {
        presence.follow(BOARD);
        roll.join(BOARD);
        timer.advance(RollCall.FOR_NEWS.toMillis());
        assertThat(requests.all()).isEmpty();

        roll.begin();
        timer.advance(RollCall.FOR_NEWS.toMillis());

        assertThat(requests.all()).hasSize(1);
    }

    @Test
    void anAnswerCountsHoweverLateItIs() {
        presence.follow(BOARD);
        roll.begin();
        timer.advance(RollCall.FOR_NEWS.toMillis());
        var question = requests.last();
        for (int i = 0; i < 10; i++) {
            timer.advance(Probes.PATIENCE.toMillis());
            timer.advance(RollCall.PAUSE.toMillis());
        }
        assertThat(presence.standing(BOARD)).get().isInstanceOf(Standing.Offline.class);

        roll.replied(BOARD, Reply.done(question.id(), BOOT, STATUS));

        assertThat(presence.standing(BOARD)).get().isInstanceOf(Standing.Online.class);
    }

    @Test
    void aLateAnswerSaysNothingOfABoardThatWasHeardToGoSince() {
        presence.follow(BOARD);
        roll.begin();
        timer.advance(RollCall.FOR_NEWS.toMillis());
        timer.advance(Probes.PATIENCE.toMillis());
        presence.heard(BOARD, BIRTH, false);
        presence.heard(BOARD, new Presence.Gone(BOOT, 1), false);

        timer.advance(1);
        roll.replied(BOARD, Reply.done(requests.last().id(), BOOT, STATUS));

        assertThat(presence.standing(BOARD)).get().isInstanceOf(Standing.Offline.class);
    }

    @Test
    void manyBoardsAreAskedAPortionAtATimeAndEachOnceARound() {
        int boards = Probes.AT_ONCE * 2 + 1;
        IntStream.range(0, boards).forEach(i -> presence.follow(new BoardId("board" + i)));
        roll.begin();
        timer.advance(RollCall.FOR_NEWS.toMillis());
        assertThat(requests.all()).hasSize(Probes.AT_ONCE);

        timer.advance(Probes.BETWEEN.toMillis());
        timer.advance(Probes.BETWEEN.toMillis());

        assertThat(requests.boards()).hasSize(boards).doesNotHaveDuplicates();
    }

    @Test
    void aConnectionThatIsMadeAnewBeginsAnewAndTheEarlierCallEnds() {
        presence.follow(BOARD);
        roll.begin();
        roll.begin();
        timer.advance(RollCall.FOR_NEWS.toMillis());
        timer.advance(Probes.PATIENCE.toMillis());
        timer.advance(RollCall.PAUSE.toMillis());

        assertThat(requests.all()).hasSize(2);
    }

    @Test
    void theNextRoundBeginsWhenTheLastOneIsOverHoweverManyBoardsThereAre() {
        int boards = 10_000;
        IntStream.range(0, boards).forEach(i -> presence.follow(new BoardId("board" + i)));
        roll.begin();
        timer.advance(RollCall.FOR_NEWS.toMillis());
        int most = 0;
        for (int i = 0; i < 60_000 / Probes.BETWEEN.toMillis() && requests.all().size() < boards; i++) {
            timer.advance(Probes.BETWEEN.toMillis());
            most = Math.max(most, commands.underWay());
        }
        assertThat(new HashSet<>(requests.boards())).hasSize(boards);
        assertThat(most).isLessThan(CommandService.MAX_UNDER_WAY * 6 / 10);

        timer.advance(RollCall.PAUSE.toMillis() / 2);
        timer.advance(RollCall.PAUSE.toMillis() - Probes.BETWEEN.toMillis());
        assertThat(requests.all()).hasSize(boards);
        assertThat(commands.underWay()).isZero();
        timer.advance(Probes.BETWEEN.toMillis());
        assertThat(requests.all()).hasSize(boards + Probes.AT_ONCE);
    }
}
