package dev.ft900.agent.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.agent.TestIdentity;
import dev.ft900.agent.board.BoardNetwork.Message;
import dev.ft900.agent.flash.Flash;
import dev.ft900.agent.flash.MemoryFlash;
import dev.ft900.protocol.dialect.PresenceCodec;
import dev.ft900.protocol.dialect.ReplyCodec;
import dev.ft900.protocol.dialect.RequestCodec;
import dev.ft900.protocol.frame.Frame;
import dev.ft900.protocol.frame.FrameParser;
import dev.ft900.protocol.frame.SerialFraming;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.ErrorCode;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.Reply;
import dev.ft900.protocol.message.Request;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.name.CommandId;
import dev.ft900.protocol.pad.Direction;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import dev.ft900.protocol.provisioning.BoardReply;
import dev.ft900.protocol.provisioning.BoardReplyCodec;
import dev.ft900.protocol.provisioning.Digest;
import dev.ft900.protocol.provisioning.StationRequest;
import dev.ft900.protocol.provisioning.StationRequestCodec;
import dev.ft900.protocol.provisioning.Uid;
import dev.ft900.protocol.slot.SlotCodec;
import dev.ft900.protocol.slot.SlotRecord;
import dev.ft900.protocol.wire.ByteReader.MalformedException;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A virtual board on a loop, a network and a clock that the test moves. */
abstract class VirtualBoardFixture {
    static final Duration BOOT_TIME = Duration.ofMillis(100);
    static final byte[] UID_BYTES = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    static final Uid UID = new Uid(UID_BYTES);

    final ManualLoop loop = new ManualLoop();
    final FakeNetwork network = new FakeNetwork();
    final Flash flash = new MemoryFlash();
    final MovingClock wall = new MovingClock();
    final VirtualBoard board = new VirtualBoard(new BoardConfig(flash, new byte[64], wall, BOOT_TIME), loop, network);
    final ByteArrayOutputStream console = new ByteArrayOutputStream();
    final List<Frame> frames = new ArrayList<>();
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

    VirtualBoardFixture() {
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

    void powerOn() {
        board.powerOn();
        loop.advance(BOOT_TIME);
    }

    BoardReply ask(StationRequest request) {
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

    void install(SlotRecord record) {
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

    void provision() {
        install(TestIdentity.hostMade("board1", 1));
        network.last().accept();
    }

    BootId bootId() {
        var id = board.bootId();
        loop.run();
        return id.join().orElseThrow();
    }

    Level level(int pad) {
        var level = board.level(new Pad(pad));
        loop.run();
        return level.join();
    }

    Reply send(String gateway, Request request) {
        var session = network.last();
        int before = session.published.size();
        session.listener.received("ft900/board1/req/" + gateway, RequestCodec.encode(request), false);
        assertThat(session.published).hasSize(before + 1);
        var message = session.published.get(before);
        assertThat(message.topic()).isEqualTo("ft900/board1/rep/" + gateway);
        assertThat(message.retain()).isFalse();
        return ReplyCodec.decode(message.payload()).asOptional().orElseThrow();
    }

    Reply send(Command command) {
        return send("main", new Request(new CommandId("c" + sequence++), Optional.of(bootId()), command));
    }

    Result done(Command command) {
        return ((Reply.Outcome.Done) send(command).outcome()).result();
    }

    ErrorCode refused(Command command) {
        return ((Reply.Outcome.Refused) send(command).outcome()).code();
    }

    static Presence presence(Message message) {
        assertThat(message.topic()).isEqualTo("ft900/board1/up");
        assertThat(message.retain()).isTrue();
        return PresenceCodec.decode(message.payload()).asOptional().orElseThrow();
    }

    static Command.WritePad out(int pad, Level level) {
        return new Command.WritePad(
                new Pad(pad), Optional.of(level), Optional.of(Direction.OUT), Optional.empty(), Optional.empty());
    }
}
