package dev.ft900.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.ErrorCode;
import dev.ft900.protocol.message.Reply;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A node of a broker that dies takes boards with it and says nothing. */
class SilenceWatchTest {
    private static final BoardId BOARD = new BoardId("board1");
    private static final BootId BOOT = new BootId("00000001");

    private final SentRequests requests = new SentRequests();
    private final ManualTimer timer = new ManualTimer();
    private final PresenceTracker presence = new PresenceTracker(Clock.systemUTC());
    private final CommandService commands = requests.service(presence, timer, Clock.systemUTC());
    private final Probes probes = new Probes(commands, timer.executor());
    private final SilenceWatch watch =
            new SilenceWatch(probes, new HintChecks(probes, presence, timer.executor()), presence, timer.executor());

    private void comes(BoardId board) {
        presence.follow(board);
        presence.heard(board, Births.of(BOOT), false);
    }

    private boolean isOnline() {
        return presence.standing(BOARD).orElseThrow().isOnline();
    }

    private void answers() {
        commands.replied(BOARD, Reply.refused(requests.lastTo(BOARD).id(), BOOT, ErrorCode.BUSY, "alive all the same"));
    }

    @Test
    void aBoardThatLeavesTwoQuestionsOfItsTurnUnansweredIsGoneAndComesBackByAnAnswer() {
        comes(BOARD);
        watch.begin();
        timer.advance(SilenceWatch.STEP.toMillis());
        assertThat(requests.boards()).containsExactly(BOARD);

        timer.advance(Probes.PATIENCE.toMillis());
        assertThat(isOnline()).isTrue();
        assertThat(requests.boards()).containsExactly(BOARD, BOARD);
        timer.advance(Probes.PATIENCE.toMillis());
        assertThat(isOnline()).isFalse();

        answers();
        assertThat(isOnline()).isTrue();
    }

    @Test
    void aBoardThatDidNotAnswerACommandIsAskedAtOnce() {
        commands.addListener(watch);
        comes(BOARD);
        commands.ask(
                BOARD, new Command.ReadClock(), new Origin("request", "ci"), Patience.forAnswer(Duration.ofSeconds(5)));
        timer.advance(5_000);
        assertThat(requests.last().command()).isEqualTo(new Command.ReadStatus());
        assertThat(isOnline()).isTrue();

        timer.advance(Probes.PATIENCE.toMillis());

        assertThat(isOnline()).isFalse();
    }

    @Test
    void aBoardThatAnswersStays() {
        comes(BOARD);
        watch.begin();
        timer.advance(SilenceWatch.STEP.toMillis());
        answers();
        timer.advance(Probes.PATIENCE.toMillis());
        timer.advance(Probes.PATIENCE.toMillis());

        assertThat(isOnline()).isTrue();
    }

    @Test
    void allHaveTheirTurnInAMinuteAndFewAtATime() {
        int boards = 600;
        IntStream.range(0, boards).forEach(i -> comes(new BoardId("board" + i)));
        watch.begin();
        int asked = 0;
        for (int i = 0; i < SilenceWatch.ROUND.toSeconds(); i++) {
            timer.advance(SilenceWatch.STEP.toMillis());
            assertThat(requests.all().size() - asked).isEqualTo(10);
            for (; asked < requests.all().size(); asked++) {
                var question = requests.all().get(asked).id();
                commands.replied(
                        requests.boards().get(asked),
                        Reply.refused(question, BOOT, ErrorCode.BUSY, "alive all the same"));
            }
        }

        assertThat(requests.boards()).hasSize(boards).doesNotHaveDuplicates();
    }
}
