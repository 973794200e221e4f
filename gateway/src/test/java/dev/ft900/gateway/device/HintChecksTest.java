package dev.ft900.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import java.time.Clock;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** After a restart of the gateway a broker hands out the births of all boards at once. */
class HintChecksTest {
    private static final BoardId BOARD = new BoardId("board1");
    private static final Presence.Up HINT = Births.of(new BootId("00000001"));

    private final SentRequests requests = new SentRequests();
    private final ManualTimer timer = new ManualTimer();
    private final PresenceTracker presence = new PresenceTracker(Clock.systemUTC());
    private final CommandService commands = requests.service(presence, timer, Clock.systemUTC());
    private final HintChecks checks =
            new HintChecks(new Probes(commands, timer.executor()), presence, timer.executor());

    private void hint(BoardId board) {
        presence.follow(board);
        presence.heard(board, HINT, true);
        checks.check(board, HINT);
    }

    @Test
    void oneIsAskedAtOnce() {
        hint(BOARD);
        assertThat(requests.boards()).containsOnlyOnce(BOARD);
    }

    @Test
    void tenThousandAreAskedInTurnAndLeaveRoomForPeoplesCommands() {
        int boards = 10_000;
        IntStream.range(0, boards).forEach(i -> hint(new BoardId("board" + i)));
        assertThat(requests.all()).hasSize(Probes.AT_ONCE);
        int most = 0;
        for (int i = 0; i < boards / Probes.AT_ONCE; i++) {
            timer.advance(Probes.BETWEEN.toMillis());
            most = Math.max(most, commands.underWay());
        }

        // Those that were silent the first time are asked again meanwhile, in turn as well.
        assertThat(new HashSet<>(requests.boards())).hasSizeGreaterThan(boards / 2);
        assertThat(most).isLessThan(CommandService.MAX_UNDER_WAY * 6 / 10);
    }

    @Test
    void aBoardThatSaidItselfThatItIsThereBeforeItsTurnIsNotAsked() {
        IntStream.range(0, Probes.AT_ONCE).forEach(i -> hint(new BoardId("other" + i)));
        hint(BOARD);
        presence.heard(BOARD, HINT, false);
        timer.advance(Probes.BETWEEN.toMillis());

        assertThat(requests.boards()).doesNotContain(BOARD);
    }

    @Test
    void aGatewayThatIsBusyIsNoSilentBoard() {
        var other = new BoardId("other");
        presence.follow(other);
        IntStream.range(0, CommandService.MAX_UNDER_WAY).forEach(i -> commands.probe(other, Probes.PATIENCE));

        hint(BOARD);
        assertThat(requests.boards()).doesNotContain(BOARD);
        assertThat(presence.standing(BOARD)).get().isInstanceOf(Standing.Hinted.class);

        timer.advance(Probes.PATIENCE.toMillis());
        timer.advance(HintChecks.FIRST_PAUSE.toMillis());
        assertThat(requests.boards()).containsOnlyOnce(BOARD);
    }
}
