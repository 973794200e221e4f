package dev.ft900.protocol.provisioning;

import dev.ft900.protocol.frame.Frame;
import dev.ft900.protocol.message.ClockState;
import dev.ft900.protocol.message.FirmwareVersion;
import dev.ft900.protocol.message.MacAddress;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.wire.ByteReader;
import dev.ft900.protocol.wire.ByteReader.MalformedException;
import dev.ft900.protocol.wire.ByteWriter;
import java.util.Optional;

/** Replies of a board as frames, both ways. The first byte of each payload is 0 or the code of a {@link Refusal}. */
public final class BoardReplyCodec {
    private static final int OK = 0;

    private static final int FLAG_SEEDED = 1;
    private static final int FLAG_CLOCK_SET = 1 << 1;
    private static final int FLAG_ON_TRIAL = 1 << 2;

    private BoardReplyCodec() {}

    /** The frame that answers {@code request} with {@code reply}. */
    public static Frame encode(Frame request, BoardReply reply) {
        return new Frame(
                request.type() | FrameType.REPLY,
                request.sequence(),
                payload(reply).toBytes());
    }

    /** Whether a frame answers this request: the same number, and the type of its reply. */
    public static boolean isReplyTo(Frame request, Frame frame) {
        return frame.sequence() == request.sequence() && frame.type() == (request.type() | FrameType.REPLY);
    }

    /**
     * The reply in a frame.
     *
     * @throws MalformedException the frame is no reply, or its bytes break the table of its type
     */
    public static BoardReply decode(Frame frame) throws MalformedException {
        if ((frame.type() & FrameType.REPLY) == 0) {
            throw new MalformedException(String.format("a reply has bit 7 of its type set; got 0x%02x", frame.type()));
        }
        var in = new ByteReader(frame.payload());
        try {
            int status = in.u8();
            var reply = status == OK ? success(frame.type() & ~FrameType.REPLY, in) : refused(status, in);
            in.end();
            return reply;
        } catch (IllegalArgumentException e) {
            throw new MalformedException(e.getMessage());
        }
    }

    private static BoardReply refused(int status, ByteReader in) throws MalformedException {
        var refusal =
                Refusal.from(status).orElseThrow(() -> new MalformedException("a status is 0 to 10; got " + status));
        return new BoardReply.Refused(refusal, in.text8());
    }

    private static BoardReply success(int type, ByteReader in) throws MalformedException {
        return switch (type) {
            case FrameType.HELLO -> new BoardReply.HelloIs(identity(in));
            case FrameType.SEED -> new BoardReply.Seeded(new Uid(in.bytes(Uid.BYTES)));
            case FrameType.MAKE_KEY -> new BoardReply.KeyMade(in.u16(), new Digest(in.bytes(Digest.BYTES)));
            case FrameType.READ -> new BoardReply.Piece(in.u16(), in.u16(), in.rest());
            case FrameType.BEGIN -> new BoardReply.Begun(in.u16());
            case FrameType.VERIFY -> new BoardReply.Hash(new Digest(in.bytes(Digest.BYTES)));
            case FrameType.SET_CLOCK,
                    FrameType.WRITE,
                    FrameType.COMMIT,
                    FrameType.ERASE,
                    FrameType.REBOOT,
                    FrameType.SET_RATE -> new BoardReply.Ok();
            default -> throw new MalformedException(String.format("no reply has type 0x%02x", type));
        };
    }

    private static ByteWriter payload(BoardReply reply) {
        var out = new ByteWriter();
        if (reply instanceof BoardReply.Refused refused) {
            return out.u8(refused.refusal().code()).text8(refused.words());
        }
        out.u8(OK);
        if (reply instanceof BoardReply.HelloIs hello) {
            put(hello.identity(), out);
        } else if (reply instanceof BoardReply.Seeded seeded) {
            out.bytes(seeded.uid().bytes());
        } else if (reply instanceof BoardReply.KeyMade made) {
            out.u16(made.length()).bytes(made.hash().bytes());
        } else if (reply instanceof BoardReply.Piece piece) {
            out.u16(piece.totalLength()).u16(piece.offset()).bytes(piece.data());
        } else if (reply instanceof BoardReply.Begun begun) {
            out.u16(begun.written());
        } else if (reply instanceof BoardReply.Hash hash) {
            out.bytes(hash.hash().bytes());
        }
        return out;
    }

    private static void put(BoardIdentity identity, ByteWriter out) {
        int flags = (identity.seeded() ? FLAG_SEEDED : 0)
                | (identity.clock().isSet() ? FLAG_CLOCK_SET : 0)
                | (identity.onTrial() ? FLAG_ON_TRIAL : 0);
        out.u8(StationRequestCodec.VERSION)
                .u8(flags)
                .u8(identity.window())
                .u16(identity.slotCapacity())
                .i32(identity.chipId())
                .bytes(identity.uid().bytes())
                .mac48(identity.mac().bits())
                .i32(identity.boot().bits())
                .u32(identity.clock() instanceof ClockState.Set set ? set.epochSeconds() : 0)
                .u32(identity.generation())
                .text8(identity.firmware().value())
                .text8(identity.id().map(BoardId::value).orElse(""));
    }

    private static BoardIdentity identity(ByteReader in) throws MalformedException {
        int version = in.u8();
        if (version != StationRequestCodec.VERSION) {
            throw new MalformedException(
                    "expected frames of version " + StationRequestCodec.VERSION + "; the board speaks " + version);
        }
        int flags = in.u8();
        int window = in.u8();
        int capacity = in.u16();
        int chip = in.i32();
        var uid = new Uid(in.bytes(Uid.BYTES));
        var mac = new MacAddress(in.mac48());
        var boot = BootId.of(in.i32());
        long epoch = in.u32();
        long generation = in.u32();
        var firmware = new FirmwareVersion(in.text8());
        var id = in.text8();
        if (window == 0) {
            throw new MalformedException("a board holds at least one request at a time; got a window of 0");
        }
        return new BoardIdentity(
                window,
                capacity,
                chip,
                (flags & FLAG_SEEDED) != 0,
                uid,
                mac,
                boot,
                (flags & FLAG_CLOCK_SET) != 0 ? new ClockState.Set(epoch) : ClockState.UNSET,
                firmware,
                id.isEmpty() ? Optional.empty() : Optional.of(new BoardId(id)),
                generation,
                (flags & FLAG_ON_TRIAL) != 0);
    }
}
