package dev.ft900.protocol;

import dev.ft900.protocol.message.BoardStatus;
import dev.ft900.protocol.message.ClockState;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.ErrorCode;
import dev.ft900.protocol.message.FirmwareVersion;
import dev.ft900.protocol.message.Ipv4Address;
import dev.ft900.protocol.message.MacAddress;
import dev.ft900.protocol.message.NetworkInfo;
import dev.ft900.protocol.message.PadEdge;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.Reply;
import dev.ft900.protocol.message.Request;
import dev.ft900.protocol.message.ResetCause;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.name.CommandId;
import dev.ft900.protocol.name.GatewayName;
import dev.ft900.protocol.pad.Direction;
import dev.ft900.protocol.pad.Edge;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import dev.ft900.protocol.pad.PadSet;
import dev.ft900.protocol.pad.PadState;
import dev.ft900.protocol.pad.PadsState;
import dev.ft900.protocol.pad.Pull;
import dev.ft900.protocol.provisioning.BoardIdentity;
import dev.ft900.protocol.provisioning.BoardReply;
import dev.ft900.protocol.provisioning.Digest;
import dev.ft900.protocol.provisioning.Refusal;
import dev.ft900.protocol.provisioning.StationRequest;
import dev.ft900.protocol.provisioning.StoredObject;
import dev.ft900.protocol.provisioning.Transfer;
import dev.ft900.protocol.provisioning.Uid;
import dev.ft900.protocol.slot.Addressing;
import dev.ft900.protocol.slot.BrokerAddress;
import dev.ft900.protocol.slot.Der;
import dev.ft900.protocol.slot.SlotRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.providers.ArbitraryProvider;
import net.jqwik.api.providers.TypeUsage;

/** Generators for every type of the protocol: the whole range of each, edges included. */
public final class Some {
    private Some() {}

    static Arbitrary<Long> u32() {
        return Arbitraries.longs().between(0, 0xFFFF_FFFFL);
    }

    static Arbitrary<byte[]> bytes(int min, int max) {
        return Arbitraries.bytes().array(byte[].class).ofMinSize(min).ofMaxSize(max);
    }

    public static Arbitrary<BoardId> boardId() {
        var first = Arbitraries.chars().range('a', 'z').numeric();
        var rest = Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .withChars("_-")
                .ofMaxLength(31);
        return Combinators.combine(first, rest)
                .as((f, r) -> f + r)
                .filter(id -> BoardId.from(id).isPresent())
                .map(BoardId::new);
    }

    public static Arbitrary<GatewayName> gatewayName() {
        var first = Arbitraries.chars().range('a', 'z');
        var rest = Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .withChars("-")
                .ofMaxLength(7);
        return Combinators.combine(first, rest).as((f, r) -> new GatewayName(f + r));
    }

    static Arbitrary<BootId> bootId() {
        return Arbitraries.integers().map(BootId::of);
    }

    static Arbitrary<CommandId> commandId() {
        return Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars("_-")
                .ofMinLength(1)
                .ofMaxLength(16)
                .map(CommandId::new);
    }

    static Arbitrary<Pad> pad() {
        return Arbitraries.integers().between(0, 66).map(Pad::new);
    }

    public static Arbitrary<PadSet> padSet() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.integers().between(0, 7))
                .as(PadSet::new);
    }

    static Arbitrary<ClockState.Set> time() {
        return u32().map(ClockState.Set::new);
    }

    private static Arbitrary<String> printable(int min, int max) {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .excludeChars('"', '\\')
                .ofMinLength(min)
                .ofMaxLength(max);
    }

    static Arbitrary<FirmwareVersion> firmware() {
        return printable(1, FirmwareVersion.MAX_LENGTH).map(FirmwareVersion::new);
    }

    static Arbitrary<Command> command() {
        var writePad = Combinators.combine(
                        pad(),
                        Arbitraries.of(Level.class).optional(),
                        Arbitraries.of(Direction.class).optional(),
                        Arbitraries.of(Pull.class).optional(),
                        Arbitraries.of(Edge.class).optional())
                .filter((p, l, d, u, e) -> l.isPresent() || d.isPresent() || u.isPresent() || e.isPresent())
                .as(Command.WritePad::new);
        var writePads = Combinators.combine(padSet(), padSet(), padSet(), padSet(), padSet(), padSet(), padSet())
                .as((hi, lo, in, out, up, down, none) -> new Command.WritePads(
                        hi, lo.minus(hi), in, out.minus(in), up, down.minus(up), none.minus(up.union(down))))
                .filter(c -> !c.touched().isEmpty());
        var writeUart = Combinators.combine(
                        Arbitraries.of(0, 1),
                        Arbitraries.strings().ofMinLength(1).ofMaxLength(160))
                .filter((port, text) -> isUartText(text))
                .as(Command.WriteUart::new);
        return Arbitraries.oneOf(
                pad().map(Command.ReadPad::new),
                writePad,
                Arbitraries.just(new Command.ReadPads()),
                writePads,
                Arbitraries.just(new Command.ReadClock()),
                time().map(Command.SetClock::new),
                Arbitraries.just(new Command.Reset()),
                Arbitraries.just(new Command.ReadStatus()),
                Arbitraries.just(new Command.ReadNetwork()),
                writeUart);
    }

    private static boolean isUartText(String text) {
        try {
            new Command.WriteUart(0, text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    public static Arbitrary<Request> request() {
        return Combinators.combine(commandId(), bootId(), Arbitraries.of(true, false), command())
                .as((id, boot, named, command) -> new Request(
                        id, named || command.changesTheBoard() ? Optional.of(boot) : Optional.empty(), command));
    }

    static Arbitrary<PadsState> padsState() {
        return Combinators.combine(padSet(), padSet(), padSet(), padSet(), padSet(), padSet(), padSet())
                .as((high, out, od, up, down, keep, res) -> new PadsState(
                        high,
                        out,
                        od.minus(out),
                        up,
                        down.minus(up),
                        keep.minus(up).minus(down),
                        res));
    }

    static Arbitrary<Ipv4Address> ipv4() {
        return Arbitraries.integers().map(Ipv4Address::new);
    }

    static Arbitrary<MacAddress> mac() {
        return Arbitraries.longs().between(0, (1L << 48) - 1).map(MacAddress::new);
    }

    static Arbitrary<Result> result() {
        var pad = Combinators.combine(
                        pad(),
                        Arbitraries.of(Direction.class),
                        Arbitraries.of(Pull.class),
                        Arbitraries.of(Edge.class),
                        Arbitraries.of(Level.class),
                        Arbitraries.of(true, false))
                .as(PadState::new);
        var status = Combinators.combine(
                        firmware(),
                        Arbitraries.integers(),
                        Arbitraries.of(ResetCause.class),
                        u32(),
                        Arbitraries.of(true, false),
                        u32(),
                        Arbitraries.of(true, false))
                .as(BoardStatus::new);
        var network = Combinators.combine(mac(), ipv4(), ipv4(), ipv4(), Arbitraries.of(true, false))
                .as(NetworkInfo::new);
        return Arbitraries.oneOf(
                pad.map(Result.OnePad::new),
                padsState().map(Result.AllPads::new),
                time().map(Result.Clock::new),
                Arbitraries.just(new Result.Clock(ClockState.UNSET)),
                Arbitraries.just(new Result.Resetting()),
                status.map(Result.Status::new),
                network.map(Result.Network::new),
                Arbitraries.integers().between(1, 160).map(Result.UartWritten::new));
    }

    public static Arbitrary<Reply> reply() {
        var refused = Combinators.combine(commandId(), bootId(), Arbitraries.of(ErrorCode.class), printable(0, 96))
                .as(Reply::refused);
        return Arbitraries.oneOf(
                Combinators.combine(commandId(), bootId(), result()).as(Reply::done), refused);
    }

    public static Arbitrary<Presence> presence() {
        var up = Combinators.combine(
                        bootId(),
                        u32(),
                        Arbitraries.of(ResetCause.class),
                        firmware(),
                        Arbitraries.of(true, false),
                        u32(),
                        Arbitraries.of(Presence.FallBack.class).optional())
                .as(Presence.Up::new);
        return Arbitraries.oneOf(up, Combinators.combine(bootId(), u32()).as(Presence.Gone::new));
    }

    public static Arbitrary<PadEdge> padEdge() {
        return Combinators.combine(bootId(), u32(), pad(), Arbitraries.of(Level.class), u32())
                .as(PadEdge::new);
    }

    static Arbitrary<Uid> uid() {
        return bytes(Uid.BYTES, Uid.BYTES).map(Uid::new).filter(uid -> !uid.isNone());
    }

    static Arbitrary<Digest> digest() {
        return bytes(Digest.BYTES, Digest.BYTES).map(Digest::new);
    }

    public static Arbitrary<StationRequest> stationRequest() {
        return Arbitraries.oneOf(
                Arbitraries.just(new StationRequest.Hello()),
                Combinators.combine(uid(), bytes(48, 48)).as(StationRequest.Seed::new),
                time().map(StationRequest.SetClock::new),
                Combinators.combine(Arbitraries.integers(), boardId()).as(StationRequest.MakeKey::new),
                Combinators.combine(
                                Arbitraries.of(StoredObject.class),
                                Arbitraries.integers().between(0, 0xFFFF),
                                Arbitraries.integers().between(1, Transfer.MAX_READ))
                        .as(StationRequest.Read::new),
                Combinators.combine(
                                uid(),
                                u32().filter(g -> g > 0),
                                Arbitraries.integers().between(1, 0xFFFF),
                                digest())
                        .as(StationRequest.Begin::new),
                Combinators.combine(
                                Arbitraries.integers().between(0, 0xFFFF / Transfer.UNIT), bytes(1, Transfer.MAX_WRITE))
                        .as((unit, data) -> new StationRequest.Write(unit * Transfer.UNIT, data)),
                Arbitraries.just(new StationRequest.Verify()),
                Combinators.combine(uid(), u32()).as(StationRequest.Commit::new),
                Combinators.combine(uid(), Arbitraries.of(StationRequest.Erase.Scope.class))
                        .as(StationRequest.Erase::new),
                bootId().map(StationRequest.Reboot::new),
                Arbitraries.integers().between(300, 12_000_000).map(StationRequest.SetRate::new));
    }

    static Arbitrary<BoardIdentity> identity() {
        var first = Combinators.combine(
                Arbitraries.integers().between(1, 255),
                Arbitraries.integers().between(0, 0xFFFF),
                Arbitraries.integers(),
                Arbitraries.of(true, false),
                uid(),
                mac());
        var second = Combinators.combine(
                bootId(), clock(), firmware(), boardId().optional(), u32(), Arbitraries.of(true, false));
        return first.flatAs((window, capacity, chip, seeded, uid, mac) ->
                second.as((boot, clock, firmware, id, generation, trial) -> new BoardIdentity(
                        window, capacity, chip, seeded, uid, mac, boot, clock, firmware, id, generation, trial)));
    }

    private static Arbitrary<ClockState> clock() {
        return Arbitraries.oneOf(time(), Arbitraries.just(ClockState.UNSET));
    }

    /** Replies, each for the kind of request that it answers. */
    public static Arbitrary<Answer> answer() {
        var ok = stationRequest().filter(Some::isAnsweredByOk).map(request -> new Answer(request, new BoardReply.Ok()));
        var refused = Combinators.combine(stationRequest(), Arbitraries.of(Refusal.class), printable(0, 120))
                .as((request, refusal, words) -> new Answer(request, new BoardReply.Refused(refusal, words)));
        return Arbitraries.oneOf(
                identity().map(i -> new Answer(new StationRequest.Hello(), new BoardReply.HelloIs(i))),
                uid().map(u -> new Answer(new StationRequest.Seed(u, new byte[48]), new BoardReply.Seeded(u))),
                Combinators.combine(Arbitraries.integers().between(0, 0xFFFF), digest())
                        .as((length, hash) -> new Answer(
                                new StationRequest.MakeKey(1, new BoardId("b")), new BoardReply.KeyMade(length, hash))),
                Combinators.combine(
                                Arbitraries.integers().between(0, 0xFFFF),
                                Arbitraries.integers().between(0, 0xFFFF),
                                bytes(0, Transfer.MAX_READ))
                        .as((total, offset, data) -> new Answer(
                                new StationRequest.Read(StoredObject.ACTIVE_SLOT, 0, 1),
                                new BoardReply.Piece(total, offset, data))),
                Arbitraries.integers()
                        .between(0, 0xFFFF)
                        .map(written -> new Answer(
                                new StationRequest.Begin(new Uid(new byte[16]), 1, 1, new Digest(new byte[32])),
                                new BoardReply.Begun(written))),
                digest().map(hash -> new Answer(new StationRequest.Verify(), new BoardReply.Hash(hash))),
                ok,
                refused);
    }

    private static boolean isAnsweredByOk(StationRequest request) {
        return request instanceof StationRequest.SetClock
                || request instanceof StationRequest.Write
                || request instanceof StationRequest.Commit
                || request instanceof StationRequest.Erase
                || request instanceof StationRequest.Reboot
                || request instanceof StationRequest.SetRate;
    }

    /** A reply and the request that it answers. */
    public record Answer(StationRequest request, BoardReply reply) {}

    public static Arbitrary<SlotRecord> slotRecord() {
        var name = Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(64);
        var broker = Combinators.combine(name, Arbitraries.integers().between(1, 65535), name)
                .as(BrokerAddress::new);
        Arbitrary<Addressing> addressing = Arbitraries.oneOf(
                Arbitraries.just(new Addressing.Dhcp()),
                Combinators.combine(ipv4(), ipv4(), ipv4(), ipv4()).as(Addressing.Static::new));
        var der = bytes(0, 500).map(Der::new);
        return Combinators.combine(
                        boardId(),
                        u32().filter(g -> g > 0),
                        broker,
                        der.list().ofMinSize(1).ofMaxSize(2),
                        der.list().ofMinSize(1).ofMaxSize(4),
                        der.optional(),
                        addressing,
                        padSet())
                .as((id, generation, b, anchors, chain, key, a, reserved) ->
                        new SlotRecord(id, generation, b, List.copyOf(anchors), List.copyOf(chain), key, a, reserved));
    }

    /** Makes the generators above known to {@code @ForAll} parameters by their type. */
    public static final class Provider implements ArbitraryProvider {
        private static final Map<Class<?>, Supplier<Arbitrary<?>>> BY_TYPE = Map.ofEntries(
                Map.entry(BoardId.class, Some::boardId),
                Map.entry(GatewayName.class, Some::gatewayName),
                Map.entry(PadSet.class, Some::padSet),
                Map.entry(Request.class, Some::request),
                Map.entry(Reply.class, Some::reply),
                Map.entry(Presence.class, Some::presence),
                Map.entry(PadEdge.class, Some::padEdge),
                Map.entry(StationRequest.class, Some::stationRequest),
                Map.entry(Answer.class, Some::answer),
                Map.entry(SlotRecord.class, Some::slotRecord));

        @Override
        public boolean canProvideFor(TypeUsage type) {
            return BY_TYPE.containsKey(type.getRawType());
        }

        @Override
        public Set<Arbitrary<?>> provideFor(TypeUsage type, SubtypeProvider subtypes) {
            return Set.of(BY_TYPE.get(type.getRawType()).get());
        }
    }
}
