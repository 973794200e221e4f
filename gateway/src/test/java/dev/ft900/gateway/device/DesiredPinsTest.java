package dev.ft900.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.ErrorCode;
import dev.ft900.protocol.message.Reply;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.name.CommandId;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import dev.ft900.protocol.pad.PadSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Desired states where another gateway works on the same ones. */
class DesiredPinsTest {
    private static final BoardId BOARD = new BoardId("board1");
    private static final Instant NOW = Instant.parse("2026-11-23T07:00:00Z");
    private static final Command.WritePad LOW = Command.WritePad.level(new Pad(7), Level.LOW);
    private static final Command.WritePad HIGH = Command.WritePad.level(new Pad(7), Level.HIGH);

    private static final Patience WAIT = Patience.forAnswer(Duration.ofSeconds(5));

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
        pins.online(BOARD, Births.of(new BootId("00000001")));
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
    void whatIsTakenBackWhileABoardIsMadeReadyIsNotWritten() {
        var other = Command.WritePad.level(new Pad(9), Level.HIGH);
        store.desired = List.of(desired(LOW), desired(other));
        when(commands.ask(any(), any(), any(), any())).thenAnswer(asked -> {
            written.add(asked.getArgument(1));
            store.desired = List.of(desired(LOW));
            var call = new CommandCall(BOARD, asked.getArgument(1), asked.getArgument(2), NOW, 0);
            call.result().complete(null);
            return call;
        });

        comes();

        assertThat(written).containsExactly(LOW);
    }

    @Test
    void whatABoardDidNotAnswerIsTriedAgainAndWhatItRefusedIsNot() {
        whenAskedFails(new NoAnswerException("silence"));
        store.put(desired(HIGH));
        comes();
        assertThat(pins.standing(desired(HIGH))).isInstanceOf(DesiredPin.Standing.Failed.class);

        whenAskedFails(new BoardRefusedException(BOARD, new Reply.Outcome.Refused(ErrorCode.PAD_RESERVED, "no")));
        pins.tryAgain();
        assertThat(written).containsExactly(HIGH, HIGH);

        pins.tryAgain();
        assertThat(written).containsExactly(HIGH, HIGH);
    }

    private void whenAskedFails(DeviceException failure) {
        doAnswer(asked -> {
                    written.add(asked.getArgument(1));
                    var call = new CommandCall(BOARD, asked.getArgument(1), asked.getArgument(2), NOW, 0);
                    call.result().completeExceptionally(failure);
                    return call;
                })
                .when(commands)
                .ask(any(), any(), any(), any());
    }

    @Test
    void whatAnotherGatewayWroteIsKnownToStandUntilTheBoardGoes() {
        store.put(desired(HIGH));
        assertThat(pins.standing(desired(HIGH))).isInstanceOf(DesiredPin.Standing.Pending.class);

        pins.endedElsewhere(ended(HIGH, CommandRecord.DONE));
        assertThat(pins.standing(desired(HIGH))).isEqualTo(new DesiredPin.Standing.Applied(NOW.plusMillis(7)));
        assertThat(pins.standing(desired(LOW))).isInstanceOf(DesiredPin.Standing.Pending.class);

        pins.endedElsewhere(byOther(HIGH, "no-answer"));
        assertThat(pins.standing(desired(HIGH)))
                .isEqualTo(new DesiredPin.Standing.Failed(NOW.plusMillis(7), "no-answer", "words"));

        pins.offline(BOARD);
        assertThat(pins.standing(desired(HIGH))).isInstanceOf(DesiredPin.Standing.Pending.class);
    }

    @Test
    void aDirectWriteOfSomethingElseIsSeenAndOneOfTheSameToo() {
        whenAskedDone();
        pins.set(BOARD, HIGH, new Origin("request", "ci"), WAIT).join();
        assertThat(pins.standing(desired(HIGH))).isInstanceOf(DesiredPin.Standing.Applied.class);

        pins.ended(byOther(LOW, CommandRecord.DONE));
        assertThat(pins.standing(desired(HIGH))).isEqualTo(new DesiredPin.Standing.Overwritten(NOW.plusMillis(7)));

        pins.ended(byOther(HIGH, CommandRecord.DONE));
        assertThat(pins.standing(desired(HIGH))).isEqualTo(new DesiredPin.Standing.Applied(NOW.plusMillis(7)));

        pins.ended(byOther(LOW, "no-answer"));
        assertThat(pins.standing(desired(HIGH))).isInstanceOf(DesiredPin.Standing.Overwritten.class);
    }

    @Test
    void aWriteOfManyPinsIsSeenAtEachOfThem() {
        whenAskedDone();
        pins.set(BOARD, HIGH, new Origin("request", "ci"), WAIT).join();

        pins.ended(byOther(many(PadSet.of(8)), CommandRecord.DONE));
        assertThat(pins.standing(desired(HIGH))).isInstanceOf(DesiredPin.Standing.Applied.class);

        pins.ended(byOther(many(PadSet.of(7, 8)), CommandRecord.DONE));
        assertThat(pins.standing(desired(HIGH))).isInstanceOf(DesiredPin.Standing.Overwritten.class);
    }

    @Test
    void whatTheBoardRefusedOrNeverGotChangesNothing() {
        whenAskedDone();
        pins.set(BOARD, HIGH, new Origin("request", "ci"), WAIT).join();

        pins.ended(byOther(LOW, "pad-is-input"));
        pins.ended(ended(LOW, "board-offline"));

        assertThat(pins.standing(desired(HIGH))).isInstanceOf(DesiredPin.Standing.Applied.class);
    }

    @Test
    void anEarlierDesireThatEndsLateSaysNothingOfTheLaterOne() {
        var calls = new ArrayList<CommandCall>();
        when(commands.ask(any(), any(), any(), any())).thenAnswer(asked -> {
            calls.add(new CommandCall(BOARD, asked.getArgument(1), asked.getArgument(2), NOW, 0));
            return calls.get(calls.size() - 1);
        });
        pins.set(BOARD, LOW, new Origin("one", "ci"), WAIT);
        pins.set(BOARD, HIGH, new Origin("two", "ci"), WAIT);

        calls.get(0).result().complete(null);

        assertThat(pins.standing(desired(HIGH))).isInstanceOf(DesiredPin.Standing.Pending.class);
        calls.get(1).result().completeExceptionally(new NoAnswerException("silence"));
        assertThat(pins.standing(desired(HIGH))).isInstanceOf(DesiredPin.Standing.Failed.class);
    }

    @Test
    void whatIsKeptLastIsSentLast() throws Exception {
        var sent = Collections.synchronizedList(new ArrayList<Command>());
        var firstIsKept = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        when(commands.ask(any(), any(), any(), any())).thenAnswer(asked -> {
            if (asked.<Command>getArgument(1).equals(LOW)) {
                firstIsKept.countDown();
                goOn.await(20, TimeUnit.SECONDS);
            }
            sent.add(asked.getArgument(1));
            return new CommandCall(BOARD, asked.getArgument(1), asked.getArgument(2), NOW, 0);
        });
        var first = new Thread(() -> pins.set(BOARD, LOW, new Origin("one", "ci"), WAIT));
        var second = new Thread(() -> pins.set(BOARD, HIGH, new Origin("two", "ci"), WAIT));

        first.start();
        assertThat(firstIsKept.await(20, TimeUnit.SECONDS)).isTrue();
        second.start();
        await().until(() -> second.getState() == Thread.State.BLOCKED || !sent.isEmpty());
        goOn.countDown();
        first.join();
        second.join();

        assertThat(sent).containsExactly(LOW, HIGH);
        assertThat(store.of(BOARD)).extracting(DesiredPin::write).containsExactly(HIGH);
    }

    private void whenAskedDone() {
        when(commands.ask(any(), any(), any(), any())).thenAnswer(asked -> {
            var call = new CommandCall(BOARD, asked.getArgument(1), asked.getArgument(2), NOW, 0);
            call.result().complete(null);
            return call;
        });
    }

    private static Command.WritePads many(PadSet low) {
        var none = PadSet.NONE;
        return new Command.WritePads(none, low, none, none, none, none, none);
    }

    private static CommandRecord byOther(Command command, String outcome) {
        return record(Optional.of(new CommandId("other")), command, outcome);
    }

    private static CommandRecord ended(Command command, String outcome) {
        return record(Optional.empty(), command, outcome);
    }

    private static CommandRecord record(Optional<CommandId> id, Command command, String outcome) {
        return new CommandRecord(
                id,
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
