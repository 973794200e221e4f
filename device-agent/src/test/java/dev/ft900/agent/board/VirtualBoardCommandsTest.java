package dev.ft900.agent.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.protocol.dialect.RequestCodec;
import dev.ft900.protocol.message.ClockState;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.ErrorCode;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.Reply;
import dev.ft900.protocol.message.Request;
import dev.ft900.protocol.message.ResetCause;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.name.CommandId;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VirtualBoardCommandsTest extends VirtualBoardFixture {
    @Test
    void theClockStartsUnsetCountsSecondsAndOutlivesAResetButNotThePower() {
        provision();
        assertThat(done(new Command.ReadClock())).isEqualTo(new Result.Clock(ClockState.UNSET));

        done(new Command.SetClock(new ClockState.Set(1_795_374_180)));
        loop.advance(Duration.ofMillis(1_999));
        assertThat(done(new Command.ReadClock())).isEqualTo(new Result.Clock(new ClockState.Set(1_795_374_181)));

        board.pressReset();
        loop.advance(BOOT_TIME);
        network.last().accept();
        assertThat(((Result.Clock) done(new Command.ReadClock())).state().isSet())
                .isTrue();

        board.powerOff();
        loop.run();
        powerOn();
        network.last().accept();
        assertThat(done(new Command.ReadClock())).isEqualTo(new Result.Clock(ClockState.UNSET));
    }

    @Test
    void resetsOnceItsReplyIsWithTheBroker() {
        provision();
        done(out(12, Level.HIGH));
        var before = bootId();
        network.last().acknowledgeAll();

        assertThat(done(new Command.Reset())).isInstanceOf(Result.Resetting.class);
        assertThat(bootId()).isEqualTo(before);
        network.last().acknowledgeAll();
        assertThat(network.last().ended).isEqualTo("aborted");
        loop.advance(BOOT_TIME);
        network.last().accept();

        assertThat(bootId()).isNotEqualTo(before);
        assertThat(level(12)).isEqualTo(Level.LOW);
        assertThat(((Presence.Up) presence(network.last().published.get(0))).cause())
                .isEqualTo(ResetCause.COMMAND);
    }

    @Test
    void resetsEvenIfTheBrokerNeverAcknowledgesTheReply() {
        provision();
        var before = bootId();

        done(new Command.Reset());
        loop.advance(Duration.ofSeconds(2));

        assertThat(bootId()).isNotEqualTo(before);
        assertThat(network.sessions).hasSize(2);
    }

    @Test
    void obeysACommandOnceAndAnswersItAgain() {
        provision();
        var command = new Request(new CommandId("once"), Optional.of(bootId()), out(12, Level.HIGH));
        var first = send("main", command);
        done(Command.WritePad.level(new Pad(12), Level.LOW));

        var second = send("main", command);

        assertThat(second).isEqualTo(first);
        assertThat(level(12)).isEqualTo(Level.LOW);
        send("other", command);
        assertThat(level(12)).isEqualTo(Level.HIGH);
    }

    @Test
    void refusesACommandForAnotherBoot() {
        provision();
        var reply =
                send("main", new Request(new CommandId("x"), Optional.of(new BootId("00000000")), new Command.Reset()));

        assertThat(((Reply.Outcome.Refused) reply.outcome()).code()).isEqualTo(ErrorCode.WRONG_BOOT);
        loop.advance(Duration.ofSeconds(2));
        assertThat(network.last().ended).isEmpty();
    }

    @Test
    void ignoresRetainedCommandsForeignTopicsAndWhatCannotBeAnswered() {
        provision();
        var session = network.last();
        int before = session.published.size();
        var reset = RequestCodec.encode(new Request(new CommandId("r"), Optional.of(bootId()), new Command.Reset()));

        session.listener.received("ft900/board1/req/main", reset, true);
        session.listener.received("ft900/board1/rep/main", reset, false);
        session.listener.received("somewhere/else", reset, false);
        session.listener.received("ft900/board1/req/main", new byte[] {1, 2, 3}, false);

        assertThat(session.published).hasSize(before);
    }

    @Test
    void writesToItsUarts() {
        provision();
        console.reset();

        done(new Command.WriteUart(0, "to the console\n"));
        done(new Command.WriteUart(1, "to the other °"));
        var other = board.uart1Output();
        loop.run();

        assertThat(console.toString(StandardCharsets.UTF_8)).isEqualTo("to the console\n");
        assertThat(other.join()).isEqualTo("to the other °");
    }

    @Test
    void tellsItsStatusAndItsNetwork() {
        provision();
        loop.advance(Duration.ofSeconds(93));

        var status = ((Result.Status) done(new Command.ReadStatus())).status();
        var net = ((Result.Network) done(new Command.ReadNetwork())).network();

        assertThat(status.uptimeSeconds()).isEqualTo(93);
        assertThat(status.chipId()).isEqualTo(0x09000002);
        assertThat(status.slotGeneration()).isEqualTo(1);
        assertThat(status.onTrial()).isFalse();
        assertThat(net.address()).hasToString("127.0.0.1");
        assertThat(net.mac().toString()).startsWith("02:F9:00:");
    }
}
