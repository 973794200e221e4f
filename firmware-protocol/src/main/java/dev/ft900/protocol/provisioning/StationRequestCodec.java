package dev.ft900.protocol.provisioning;

import dev.ft900.protocol.frame.Frame;
import dev.ft900.protocol.message.ClockState;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.wire.ByteReader;
import dev.ft900.protocol.wire.ByteReader.MalformedException;
import dev.ft900.protocol.wire.ByteWriter;
import java.util.Optional;

/** Requests of a station as frames, both ways. */
public final class StationRequestCodec {
    /** Version of the frames; a board that speaks another refuses hello. */
    public static final int VERSION = 1;

    private StationRequestCodec() {}

    /** What a board makes of a frame. */
    public sealed interface Incoming {
        record Accepted(StationRequest request) implements Incoming {}

        /** To be answered with this refusal. */
        record Rejected(BoardReply.Refused refused) implements Incoming {}

        /** A frame that is no request, such as the echo of a reply; to be dropped. */
        record NotForBoards() implements Incoming {}
    }

    /** The frame for a request. */
    public static Frame encode(int sequence, StationRequest request) {
        return request.accept(new Encoder(sequence));
    }

    /** The request in a frame. */
    public static Incoming decode(Frame frame) {
        if ((frame.type() & FrameType.REPLY) != 0) {
            return new Incoming.NotForBoards();
        }
        try {
            var in = new ByteReader(frame.payload());
            var request = decode(frame.type(), in);
            if (request.isEmpty()) {
                return rejected(Refusal.UNKNOWN, String.format("frame type 0x%02x is not known", frame.type()));
            }
            in.end();
            return new Incoming.Accepted(request.get());
        } catch (MalformedException | IllegalArgumentException e) {
            return rejected(Refusal.MALFORMED, e.getMessage());
        }
    }

    private static Incoming rejected(Refusal refusal, String words) {
        return new Incoming.Rejected(new BoardReply.Refused(refusal, words));
    }

    private static Optional<StationRequest> decode(int type, ByteReader in) throws MalformedException {
        return switch (type) {
            case FrameType.HELLO -> Optional.of(hello(in));
            case FrameType.SEED ->
                Optional.of(new StationRequest.Seed(uid(in), in.bytes(StationRequest.Seed.SEED_BYTES)));
            case FrameType.SET_CLOCK -> Optional.of(new StationRequest.SetClock(new ClockState.Set(in.u32())));
            case FrameType.MAKE_KEY -> Optional.of(new StationRequest.MakeKey(in.i32(), new BoardId(in.text8())));
            case FrameType.READ -> Optional.of(new StationRequest.Read(object(in), in.u16(), in.u8()));
            case FrameType.BEGIN ->
                Optional.of(new StationRequest.Begin(uid(in), in.u32(), in.u16(), new Digest(in.bytes(Digest.BYTES))));
            case FrameType.WRITE -> Optional.of(new StationRequest.Write(in.u16(), in.rest()));
            case FrameType.VERIFY -> Optional.of(new StationRequest.Verify());
            case FrameType.COMMIT -> Optional.of(new StationRequest.Commit(uid(in), in.u32()));
            case FrameType.ERASE -> Optional.of(new StationRequest.Erase(uid(in), scope(in)));
            case FrameType.REBOOT -> Optional.of(new StationRequest.Reboot(BootId.of(in.i32())));
            case FrameType.SET_RATE -> Optional.of(new StationRequest.SetRate(in.i32()));
            default -> Optional.empty();
        };
    }

    private static StationRequest hello(ByteReader in) throws MalformedException {
        int version = in.u8();
        if (version != VERSION) {
            throw new MalformedException("this board speaks frames of version " + VERSION + "; got " + version);
        }
        return new StationRequest.Hello();
    }

    private static Uid uid(ByteReader in) throws MalformedException {
        return new Uid(in.bytes(Uid.BYTES));
    }

    private static StoredObject object(ByteReader in) throws MalformedException {
        int code = in.u8();
        return StoredObject.from(code).orElseThrow(() -> new MalformedException("an object is 1, 2 or 3; got " + code));
    }

    private static StationRequest.Erase.Scope scope(ByteReader in) throws MalformedException {
        int code = in.u8();
        return switch (code) {
            case 1 -> StationRequest.Erase.Scope.SPARE_SLOT;
            case 2 -> StationRequest.Erase.Scope.EVERYTHING;
            default -> throw new MalformedException("an erase scope is 1 or 2; got " + code);
        };
    }

    private record Encoder(int sequence) implements StationRequest.Visitor<Frame> {
        private Frame frame(int type, ByteWriter payload) {
            return new Frame(type, sequence, payload.toBytes());
        }

        @Override
        public Frame hello(StationRequest.Hello r) {
            return frame(FrameType.HELLO, new ByteWriter().u8(VERSION));
        }

        @Override
        public Frame seed(StationRequest.Seed r) {
            return frame(
                    FrameType.SEED, new ByteWriter().bytes(r.proposed().bytes()).bytes(r.seed()));
        }

        @Override
        public Frame setClock(StationRequest.SetClock r) {
            return frame(FrameType.SET_CLOCK, new ByteWriter().u32(r.to().epochSeconds()));
        }

        @Override
        public Frame makeKey(StationRequest.MakeKey r) {
            return frame(
                    FrameType.MAKE_KEY,
                    new ByteWriter().i32(r.nonce()).text8(r.subject().value()));
        }

        @Override
        public Frame read(StationRequest.Read r) {
            return frame(
                    FrameType.READ,
                    new ByteWriter().u8(r.object().code()).u16(r.offset()).u8(r.length()));
        }

        @Override
        public Frame begin(StationRequest.Begin r) {
            return frame(
                    FrameType.BEGIN,
                    new ByteWriter()
                            .bytes(r.uid().bytes())
                            .u32(r.generation())
                            .u16(r.length())
                            .bytes(r.hash().bytes()));
        }

        @Override
        public Frame write(StationRequest.Write r) {
            return frame(FrameType.WRITE, new ByteWriter().u16(r.offset()).bytes(r.data()));
        }

        @Override
        public Frame verify(StationRequest.Verify r) {
            return frame(FrameType.VERIFY, new ByteWriter());
        }

        @Override
        public Frame commit(StationRequest.Commit r) {
            return frame(
                    FrameType.COMMIT, new ByteWriter().bytes(r.uid().bytes()).u32(r.generation()));
        }

        @Override
        public Frame erase(StationRequest.Erase r) {
            return frame(
                    FrameType.ERASE,
                    new ByteWriter()
                            .bytes(r.uid().bytes())
                            .u8(r.scope() == StationRequest.Erase.Scope.SPARE_SLOT ? 1 : 2));
        }

        @Override
        public Frame reboot(StationRequest.Reboot r) {
            return frame(FrameType.REBOOT, new ByteWriter().i32(r.boot().bits()));
        }

        @Override
        public Frame setRate(StationRequest.SetRate r) {
            return frame(FrameType.SET_RATE, new ByteWriter().i32(r.baud()));
        }
    }
}
