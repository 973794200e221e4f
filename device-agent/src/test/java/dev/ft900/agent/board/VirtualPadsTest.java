package dev.ft900.agent.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.protocol.dialect.EventCodec;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.ErrorCode;
import dev.ft900.protocol.message.PadEdge;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.pad.Direction;
import dev.ft900.protocol.pad.Edge;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import dev.ft900.protocol.pad.PadSet;
import dev.ft900.protocol.pad.PadState;
import dev.ft900.protocol.pad.Pull;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VirtualPadsTest extends VirtualBoardFixture {
    @Test
    void drivesAPadAndReadsItBack() {
        provision();

        var state = ((Result.OnePad) done(out(12, Level.HIGH))).state();

        assertThat(state).isEqualTo(new PadState(new Pad(12), Direction.OUT, Pull.DOWN, Edge.NONE, Level.HIGH, false));
        assertThat(level(12)).isEqualTo(Level.HIGH);
        done(Command.WritePad.level(new Pad(12), Level.LOW));
        assertThat(level(12)).isEqualTo(Level.LOW);
    }

    @Test
    void aReadNeverChangesADirection() {
        provision();
        done(out(12, Level.HIGH));

        done(new Command.ReadPad(new Pad(12)));
        done(new Command.ReadPads());

        assertThat(level(12)).isEqualTo(Level.HIGH);
        board.drive(new Pad(13), Level.HIGH);
        assertThat(((Result.OnePad) done(new Command.ReadPad(new Pad(13))))
                        .state()
                        .direction())
                .isEqualTo(Direction.IN);
    }

    @Test
    void anInputFollowsTheOutsideThenItsPull() {
        provision();
        var pad = new Pad(20);

        board.drive(pad, Level.HIGH);
        assertThat(level(20)).isEqualTo(Level.HIGH);
        board.release(pad);
        assertThat(level(20)).isEqualTo(Level.LOW);
        done(new Command.WritePad(pad, Optional.empty(), Optional.empty(), Optional.of(Pull.UP), Optional.empty()));
        assertThat(level(20)).isEqualTo(Level.HIGH);
        done(new Command.WritePad(pad, Optional.empty(), Optional.empty(), Optional.of(Pull.KEEPER), Optional.empty()));
        board.drive(pad, Level.LOW);
        board.release(pad);
        assertThat(level(20)).isEqualTo(Level.LOW);
    }

    @Test
    void anOpenDrainPadPullsLowAndLetsGo() {
        provision();
        done(new Command.WritePad(
                new Pad(21),
                Optional.of(Level.HIGH),
                Optional.of(Direction.OPEN_DRAIN),
                Optional.of(Pull.UP),
                Optional.empty()));
        assertThat(level(21)).isEqualTo(Level.HIGH);

        board.drive(new Pad(21), Level.LOW);
        assertThat(level(21)).isEqualTo(Level.LOW);
        board.drive(new Pad(21), Level.HIGH);
        done(Command.WritePad.level(new Pad(21), Level.LOW));

        assertThat(level(21)).isEqualTo(Level.LOW);
    }

    @Test
    void refusesALevelOnAnInput() {
        provision();

        assertThat(refused(Command.WritePad.level(new Pad(12), Level.HIGH))).isEqualTo(ErrorCode.PAD_IS_INPUT);
        assertThat(refused(new Command.WritePads(
                        PadSet.of(12, 13),
                        PadSet.NONE,
                        PadSet.NONE,
                        PadSet.of(12),
                        PadSet.NONE,
                        PadSet.NONE,
                        PadSet.NONE)))
                .isEqualTo(ErrorCode.PAD_IS_INPUT);
        assertThat(level(12)).isEqualTo(Level.LOW);
    }

    @Test
    void keepsItsReservedPadsToItselfThoseOfTheSlotToo() {
        provision();

        for (int pad : new int[] {4, 5, 44, 49, 60}) {
            assertThat(refused(out(pad, Level.HIGH))).isEqualTo(ErrorCode.PAD_RESERVED);
            assertThat(((Result.OnePad) done(new Command.ReadPad(new Pad(pad))))
                            .state()
                            .reserved())
                    .isTrue();
        }
        assertThat(refused(new Command.WritePads(
                        PadSet.of(12),
                        PadSet.NONE,
                        PadSet.NONE,
                        PadSet.of(12, 48),
                        PadSet.NONE,
                        PadSet.NONE,
                        PadSet.NONE)))
                .isEqualTo(ErrorCode.PAD_RESERVED);
        assertThat(level(12)).isEqualTo(Level.LOW);
    }

    @Test
    void writesManyPadsAsOneStep() {
        provision();

        var state = ((Result.AllPads) done(new Command.WritePads(
                        PadSet.of(12, 66),
                        PadSet.of(13),
                        PadSet.NONE,
                        PadSet.of(12, 13, 66),
                        PadSet.of(20),
                        PadSet.NONE,
                        PadSet.of(21))))
                .state();

        assertThat(state.high()).isEqualTo(PadSet.of(0, 1, 2, 12, 20, 66));
        assertThat(state.out()).isEqualTo(PadSet.of(12, 13, 66));
        assertThat(state.pull(new Pad(21))).isEqualTo(Pull.NONE);
        assertThat(state.reserved()).isEqualTo(PadSet.RESERVED.with(new Pad(60)));
    }

    @Test
    void reportsTheEdgesThatWereAskedForAndNoOthers() {
        provision();
        var pad = new Pad(30);
        done(new Command.WritePad(pad, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Edge.RISING)));
        network.last().published.clear();

        for (var level : List.of(Level.HIGH, Level.HIGH, Level.LOW, Level.HIGH)) {
            board.drive(pad, level);
            board.drive(new Pad(31), level);
        }
        loop.run();

        assertThat(network.last().published).hasSize(2).allSatisfy(m -> assertThat(m.topic())
                .isEqualTo("ft900/board1/ev"));
        assertThat(network.last().published.stream()
                        .map(m -> EventCodec.decode(m.payload()).asOptional().orElseThrow())
                        .map(PadEdge::sequence))
                .containsExactly(1L, 2L);
    }
}
