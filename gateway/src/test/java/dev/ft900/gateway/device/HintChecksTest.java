package dev.ft900.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.protocol.message.FirmwareVersion;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.ResetCause;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.name.GatewayName;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** After a restart of the gateway a broker hands out the births of all boards at once. */
class HintChecksTest {
    private static final BoardId BOARD = new BoardId("board1");
    private static final Presence.Up HINT = new Presence.Up(
            new BootId("00000001"), 1, ResetCause.POWER_ON, new FirmwareVersion("test"), false, 1, Optional.empty());

    /** How often each board was asked. */
    private final Map<String, Integer> asked = new HashMap<>();

    private final ManualTimer timer = new ManualTimer();
    private final PresenceTracker presence = new PresenceTracker(Clock.systemUTC());
    private final CommandService commands = new CommandService(
            new GatewayName("main"),
            new Messenger() {
                @Override
                public void send(String topic, byte[] payload, Runnable acknowledged) {
                    asked.merge(topic.split("/")[1], 1, Integer::sum);
                }

                @Override
                public void follow(String topic, boolean wanted) {}
            },
            presence,
            timer.executor(),
            Clock.systemUTC(),
            timer::nanos);
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
        assertThat(asked).containsEntry("board1", 1);
    }

    @Test
    void tenThousandAreAskedInTurnAndLeaveRoomForPeoplesCommands() {
        int boards = 10_000;
        IntStream.range(0, boards).forEach(i -> hint(new BoardId("board" + i)));
        assertThat(asked).hasSize(Probes.AT_ONCE);
        int most = 0;
        for (int i = 0; i < boards / Probes.AT_ONCE; i++) {
            timer.advance(Probes.BETWEEN.toMillis());
            most = Math.max(most, commands.underWay());
        }

        // Those that were silent the first time are asked again meanwhile, in turn as well.
        assertThat(asked.size()).isGreaterThan(boards / 2);
        assertThat(most).isLessThan(CommandService.MAX_UNDER_WAY * 6 / 10);
    }

    @Test
    void aBoardThatSaidItselfThatItIsThereBeforeItsTurnIsNotAsked() {
        IntStream.range(0, Probes.AT_ONCE).forEach(i -> hint(new BoardId("other" + i)));
        hint(BOARD);
        presence.heard(BOARD, HINT, false);
        timer.advance(Probes.BETWEEN.toMillis());

        assertThat(asked).doesNotContainKey("board1");
    }

    @Test
    void aGatewayThatIsBusyIsNoSilentBoard() {
        var other = new BoardId("other");
        presence.follow(other);
        IntStream.range(0, CommandService.MAX_UNDER_WAY).forEach(i -> commands.probe(other, Probes.PATIENCE));

        hint(BOARD);
        assertThat(asked).doesNotContainKey("board1");
        assertThat(presence.standing(BOARD)).get().isInstanceOf(Standing.Hinted.class);

        timer.advance(Probes.PATIENCE.toMillis());
        timer.advance(HintChecks.FIRST_PAUSE.toMillis());
        assertThat(asked).containsEntry("board1", 1);
    }
}
