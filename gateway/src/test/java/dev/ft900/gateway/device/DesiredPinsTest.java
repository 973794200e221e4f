package dev.ft900.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.FirmwareVersion;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.ResetCause;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Desired states where another gateway works on the same ones. */
class DesiredPinsTest {
    private static final BoardId BOARD = new BoardId("board1");
    private static final Instant NOW = Instant.parse("2026-11-23T07:00:00Z");
    private static final Command.WritePad LOW = Command.WritePad.level(new Pad(7), Level.LOW);
    private static final Command.WritePad HIGH = Command.WritePad.level(new Pad(7), Level.HIGH);

    private final List<Command> written = new ArrayList<>();
    private final CommandService commands = mock(CommandService.class);
    private final FakeStore store = new FakeStore();
    private final DesiredPins pins =
            new DesiredPins(store, commands, Runnable::run, Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofSeconds(5));

    private static final class FakeStore implements DesiredPinStore {
        private List<DesiredPin> desired = List.of();

        @Override
        public void put(DesiredPin one) {
            desired = List.of(one);
        }

        @Override
        public boolean remove(BoardId board, Pad pad) {
            return false;
        }

        @Override
        public List<DesiredPin> of(BoardId board) {
            return desired;
        }
    }

    private static DesiredPin desired(Command.WritePad write) {
        return new DesiredPin(BOARD, write, NOW, "ci");
    }

    private void comes() {
        pins.online(
                BOARD,
                new Presence.Up(
                        new BootId("00000001"),
                        1,
                        ResetCause.COMMAND,
                        new FirmwareVersion("test"),
                        false,
                        1,
                        Optional.empty()));
    }

    @Test
    void whatIsDesiredThroughAnotherGatewayWhileABoardIsMadeReadyIsWrittenLast() {
        store.put(desired(LOW));
        when(commands.ask(any(), any(), any(), any())).thenAnswer(asked -> {
            written.add(asked.getArgument(1));
            store.put(desired(HIGH));
            var call = new CommandCall(BOARD, asked.getArgument(1), asked.getArgument(2), NOW, 0);
            call.result().complete(null);
            return call;
        });

        comes();

        assertThat(written).containsExactly(LOW, HIGH);
    }

    @Test
    void whatAnotherGatewayWroteIsKnownToStandUntilTheBoardGoes() {
        store.put(desired(HIGH));
        assertThat(pins.standing(desired(HIGH))).isInstanceOf(DesiredPin.Standing.Pending.class);

        pins.endedElsewhere(ended(HIGH, CommandRecord.DONE));
        assertThat(pins.standing(desired(HIGH))).isEqualTo(new DesiredPin.Standing.Applied(NOW.plusMillis(7)));
        assertThat(pins.standing(desired(LOW))).isInstanceOf(DesiredPin.Standing.Pending.class);

        pins.endedElsewhere(ended(HIGH, "no-answer"));
        assertThat(pins.standing(desired(HIGH)))
                .isEqualTo(new DesiredPin.Standing.Failed(NOW.plusMillis(7), "no-answer", "words"));

        pins.offline(BOARD);
        assertThat(pins.standing(desired(HIGH))).isInstanceOf(DesiredPin.Standing.Pending.class);
    }

    private static CommandRecord ended(Command command, String outcome) {
        return new CommandRecord(
                Optional.empty(),
                new Origin("request", "ci"),
                BOARD,
                command,
                NOW,
                outcome,
                "words",
                Hops.NONE,
                Duration.ofMillis(7));
    }
}
