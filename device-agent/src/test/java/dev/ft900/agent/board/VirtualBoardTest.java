package dev.ft900.agent.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.agent.TestIdentity;
import dev.ft900.agent.board.BoardNetwork.Message;
import dev.ft900.agent.flash.Flash;
import dev.ft900.agent.flash.MemoryFlash;
import dev.ft900.protocol.dialect.EventCodec;
import dev.ft900.protocol.dialect.PresenceCodec;
import dev.ft900.protocol.dialect.ReplyCodec;
import dev.ft900.protocol.dialect.RequestCodec;
import dev.ft900.protocol.frame.Frame;
import dev.ft900.protocol.frame.FrameParser;
import dev.ft900.protocol.frame.SerialFraming;
import dev.ft900.protocol.message.ClockState;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.ErrorCode;
import dev.ft900.protocol.message.PadEdge;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.Presence.FallBack;
import dev.ft900.protocol.message.Reply;
import dev.ft900.protocol.message.Request;
import dev.ft900.protocol.message.ResetCause;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.name.CommandId;
import dev.ft900.protocol.pad.Direction;
import dev.ft900.protocol.pad.Edge;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import dev.ft900.protocol.pad.PadSet;
import dev.ft900.protocol.pad.PadState;
import dev.ft900.protocol.pad.Pull;
import dev.ft900.protocol.provisioning.BoardReply;
import dev.ft900.protocol.provisioning.BoardReplyCodec;
import dev.ft900.protocol.provisioning.Digest;
import dev.ft900.protocol.provisioning.StationRequest;
import dev.ft900.protocol.provisioning.StationRequestCodec;
import dev.ft900.protocol.provisioning.StoredObject;
import dev.ft900.protocol.provisioning.Uid;
import dev.ft900.protocol.slot.SlotCodec;
import dev.ft900.protocol.slot.SlotRecord;
import dev.ft900.protocol.wire.ByteReader.MalformedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VirtualBoardTest {
    private static final Duration BOOT_TIME = Duration.ofMillis(100);
    private static final byte[] UID_BYTES = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    private static final Uid UID = new Uid(UID_BYTES);

    private final ManualLoop loop = new ManualLoop();
    private final FakeNetwork network = new FakeNetwork();
    private final Flash flash = new MemoryFlash();
    private final MovingClock wall = new MovingClock();
    private final VirtualBoard board =
            new VirtualBoard(new BoardConfig(flash, new byte[64], wall, BOOT_TIME), loop, network);
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final List<Frame> frames = new ArrayList<>();
    private int sequence;

    private final class MovingClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(loop.nanos());
        }
    }

    VirtualBoardTest() {
        var parser = new FrameParser(item -> {
            if (item instanceof FrameParser.Item.Parsed parsed) {
                frames.add(parsed.frame());
            } else if (item instanceof FrameParser.Item.Text text) {
                console.writeBytes(text.bytes());
            }
        });
        board.connectSerial((bytes, whenSent) -> {
            parser.accept(bytes);
            whenSent.run();
        });
        powerOn();
    }

    private void powerOn() {
        board.powerOn();
        loop.advance(BOOT_TIME);
    }

    private BoardReply ask(StationRequest request) {
        frames.clear();
        board.serialInput(SerialFraming.encode(StationRequestCodec.encode(sequence++, request)));
        loop.run();
        assertThat(frames).hasSize(1);
        try {
            return BoardReplyCodec.decode(frames.get(0));
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private void install(SlotRecord record) {
        var bytes = SlotCodec.encode(record);
        ask(new StationRequest.Seed(UID, new byte[48]));
        ask(new StationRequest.Begin(UID, record.generation(), bytes.length, Digest.of(bytes)));
        for (int at = 0; at < bytes.length; at += 224) {
            ask(new StationRequest.Write(at, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 224))));
        }
        assertThat(ask(new StationRequest.Commit(UID, record.generation()))).isInstanceOf(BoardReply.Ok.class);
        assertThat(ask(new StationRequest.Reboot(bootId()))).isInstanceOf(BoardReply.Ok.class);
        loop.advance(BOOT_TIME);
    }

    private void provision() {
        install(TestIdentity.hostMade("board1", 1));
        network.last().accept();
    }

    private BootId bootId() {
        var id = board.bootId();
        loop.run();
        return id.join().orElseThrow();
    }

    private Level level(int pad) {
        var level = board.level(new Pad(pad));
        loop.run();
        return level.join();
    }

    private Reply send(String gateway, Request request) {
        var session = network.last();
        int before = session.published.size();
        session.listener.received("ft900/board1/req/" + gateway, RequestCodec.encode(request), false);
        assertThat(session.published).hasSize(before + 1);
        var message = session.published.get(before);
        assertThat(message.topic()).isEqualTo("ft900/board1/rep/" + gateway);
        assertThat(message.retain()).isFalse();
        return ReplyCodec.decode(message.payload()).asOptional().orElseThrow();
    }

    private Reply send(Command command) {
        return send("main", new Request(new CommandId("c" + sequence++), Optional.of(bootId()), command));
    }

    private Result done(Command command) {
        return ((Reply.Outcome.Done) send(command).outcome()).result();
    }

    private ErrorCode refused(Command command) {
        return ((Reply.Outcome.Refused) send(command).outcome()).code();
    }

    private static Presence presence(Message message) {
        assertThat(message.topic()).isEqualTo("ft900/board1/up");
        assertThat(message.retain()).isTrue();
        return PresenceCodec.decode(message.payload()).asOptional().orElseThrow();
    }

    private static Command.WritePad out(int pad, Level level) {
        return new Command.WritePad(
                new Pad(pad), Optional.of(level), Optional.of(Direction.OUT), Optional.empty(), Optional.empty());
    }

    @Test
    void introducesItselfOnTheConsoleAndToTheStation() {
        assertThat(console.toString(StandardCharsets.UTF_8)).contains("FT900 toolkit", "no identity", bootId().value());

        var identity = ((BoardReply.HelloIs) ask(new StationRequest.Hello())).identity();

        assertThat(identity.id()).isEmpty();
        assertThat(identity.seeded()).isFalse();
        assertThat(identity.uid()).isEqualTo(Uid.NONE);
        assertThat(identity.clock()).isEqualTo(ClockState.UNSET);
        assertThat(identity.boot()).isEqualTo(bootId());
        assertThat(network.sessions).isEmpty();
    }

    @Test
    void connectsWithItsIdentityAfterTheRebootAndTellsThatItIsThere() {
        var before = bootId();

        provision();

        assertThat(bootId()).isNotEqualTo(before);
        var session = network.last();
        assertThat(session.listener.subscriptions()).containsExactly("ft900/board1/req/+", "ft900/board1/pin/+");
        assertThat(presence(session.will)).isEqualTo(new Presence.Gone(bootId(), 1));
        assertThat(presence(session.published.get(0)))
                .isEqualTo(new Presence.Up(
                        bootId(), 1, ResetCause.PROVISIONING, BoardConfig.FIRMWARE, false, 1, Optional.empty()));
    }

    @Test
    void countsTheConnectionsOfABoot() {
        provision();

        network.last().accept();

        assertThat(presence(network.last().will)).isEqualTo(new Presence.Gone(bootId(), 2));
        assertThat(((Presence.Up) presence(network.last().published.get(1))).connection())
                .isEqualTo(2);
    }

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

    @Test
    void takesProvisioningFramesOverMqttToo() throws MalformedException {
        provision();
        var session = network.last();
        var frame = StationRequestCodec.encode(5, new StationRequest.Read(StoredObject.ACTIVE_SLOT, 0, 10));

        session.listener.received("ft900/board1/pin/main", frame.toPlain(), false);

        var message = session.published.get(session.published.size() - 1);
        assertThat(message.topic()).isEqualTo("ft900/board1/pout/main");
        assertThat(BoardReplyCodec.decode(Frame.fromPlain(message.payload()))).isInstanceOf(BoardReply.Piece.class);
    }

    @Test
    void goesBackToTheOldSlotAfterThreeFailuresAndSaysWhy() {
        provision();
        install(TestIdentity.hostMade("board2", 2));
        var trying = network.last();
        assertThat(trying.slot.id()).isEqualTo(new BoardId("board2"));

        for (int i = 0; i < 3; i++) {
            trying.listener.lastWill();
            trying.listener.failed(FallBack.UNTRUSTED_BROKER);
        }
        assertThat(trying.ended).isEqualTo("aborted");
        assertThat(network.last().slot.id()).isEqualTo(new BoardId("board1"));
        network.last().accept();

        assertThat(((Presence.Up) presence(network.last().published.get(0))).fellBack())
                .contains(FallBack.UNTRUSTED_BROKER);
    }

    @Test
    void goesBackToTheOldSlotAfterFiveMinutes() {
        provision();
        install(TestIdentity.hostMade("board2", 2));

        loop.advance(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(network.last().slot.id()).isEqualTo(new BoardId("board2"));
        loop.advance(Duration.ofSeconds(2));

        assertThat(network.last().slot.id()).isEqualTo(new BoardId("board1"));
    }

    @Test
    void aSlotThatConnectedInTimeStays() {
        provision();
        install(TestIdentity.hostMade("board2", 2));
        network.last().accept();

        loop.advance(Duration.ofMinutes(6));

        assertThat(network.last().slot.id()).isEqualTo(new BoardId("board2"));
    }

    @Test
    void fallsSilentWithoutPowerAndIsDeafUntilItBooted() {
        provision();
        board.powerOff();
        loop.run();
        frames.clear();

        board.serialInput(SerialFraming.encode(StationRequestCodec.encode(1, new StationRequest.Hello())));
        loop.run();
        assertThat(frames).isEmpty();
        assertThat(network.last().ended).isEqualTo("silent");

        board.powerOn();
        board.powerOff();
        board.powerOn();
        loop.advance(BOOT_TIME);
        assertThat(network.sessions).hasSize(2);
    }

    @Test
    void saysGoodByeWhenItIsShutDown() {
        provision();

        board.shutDown();
        loop.run();

        assertThat(network.last().ended).isEqualTo("left");
        assertThat(presence(
                        network.last().published.get(network.last().published.size() - 1)))
                .isInstanceOf(Presence.Gone.class);
    }

    @Test
    void losesItsConnectionWithItsIdentity() {
        provision();

        ask(new StationRequest.Erase(UID, StationRequest.Erase.Scope.EVERYTHING));
        loop.run();

        assertThat(network.last().ended).isEqualTo("aborted");
        board.drive(new Pad(3), Level.HIGH);
        loop.run();
    }

    @Test
    void rebootsOnlyTheBootThatIsNamed() {
        var refusal = ask(new StationRequest.Reboot(new BootId("00000000")));

        assertThat(refusal).isInstanceOf(BoardReply.Refused.class);
    }
}
