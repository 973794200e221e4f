package dev.ft900.protocol.dialect;

import dev.ft900.protocol.dialect.Fields.FieldException;
import dev.ft900.protocol.message.BoardStatus;
import dev.ft900.protocol.message.ClockState;
import dev.ft900.protocol.message.ErrorCode;
import dev.ft900.protocol.message.FirmwareVersion;
import dev.ft900.protocol.message.Ipv4Address;
import dev.ft900.protocol.message.MacAddress;
import dev.ft900.protocol.message.NetworkInfo;
import dev.ft900.protocol.message.Reply;
import dev.ft900.protocol.message.ResetCause;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.name.CommandId;
import dev.ft900.protocol.pad.Direction;
import dev.ft900.protocol.pad.Edge;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import dev.ft900.protocol.pad.PadSet;
import dev.ft900.protocol.pad.PadState;
import dev.ft900.protocol.pad.PadsState;
import dev.ft900.protocol.pad.Pull;
import java.util.OptionalInt;

/** Replies of the native dialect; {@code docs/protocol.md}, section 3. */
public final class ReplyCodec {
    private static final String MASK = "a hex mask of pads 0 to 66";

    private ReplyCodec() {}

    /** The payload of a reply. */
    public static byte[] encode(Reply reply) {
        var out = new FlatJson.Writer()
                .put("id", reply.id().value())
                .put("boot", reply.boot().value());
        if (reply.outcome() instanceof Reply.Outcome.Done done) {
            done.result().accept(new ResultWriter(out));
        } else {
            var refused = (Reply.Outcome.Refused) reply.outcome();
            out.put("err", refused.code().word()).put("msg", refused.words());
        }
        reply.took().ifPresent(micros -> out.put("us", micros));
        return out.bytes();
    }

    /** What a payload on a reply topic says. */
    public static Decoded<Reply> decode(byte[] payload) {
        return PayloadDecoder.decode(payload, fields -> {
            var id = fields.of("id", CommandId::from, ErrorCode.BAD_REQUEST, "1 to 16 of a-z A-Z 0-9 _ -");
            var boot = fields.of("boot", BootId::from, ErrorCode.BAD_REQUEST, "8 lower-case hex digits");
            return new Reply(id, boot, outcome(fields), took(fields));
        });
    }

    private static Reply.Outcome outcome(Fields fields) throws FieldException {
        if (fields.has("err")) {
            var code = fields.of("err", ErrorCode::from, ErrorCode.BAD_VALUE, "a code of section 4");
            return new Reply.Outcome.Refused(code, fields.has("msg") ? fields.text("msg") : "");
        }
        return new Reply.Outcome.Done(result(fields));
    }

    private static OptionalInt took(Fields fields) throws FieldException {
        return fields.has("us")
                ? OptionalInt.of((int) Math.min(Reply.MAX_MICROS, fields.number("us")))
                : OptionalInt.empty();
    }

    private static Result result(Fields fields) throws FieldException {
        var operation = fields.text("op");
        return switch (operation) {
            case "gpio.get", "gpio.set" -> new Result.OnePad(padState(fields));
            case "pads.get", "pads.set" -> new Result.AllPads(padsState(fields));
            case "rtc.get", "rtc.set" -> new Result.Clock(clock(fields));
            case "reset" -> new Result.Resetting();
            case "status" -> new Result.Status(status(fields));
            case "net.get" -> new Result.Network(network(fields));
            case "uart.write" -> new Result.UartWritten((int) fields.number("n"));
            default -> throw new FieldException(ErrorCode.UNKNOWN_OPERATION, "op is one of section 3");
        };
    }

    private static PadState padState(Fields fields) throws FieldException {
        return new PadState(
                Pad.from(fields.number("pin"))
                        .orElseThrow(() -> new FieldException(ErrorCode.BAD_PIN, "pin is 0 to 66")),
                fields.of("dir", Direction::from, ErrorCode.BAD_VALUE, "in, out or od"),
                fields.of("pull", Pull::from, ErrorCode.BAD_VALUE, "none, down, up or keep"),
                fields.of("edge", Edge::from, ErrorCode.BAD_VALUE, "none, rise, fall or both"),
                Level.of(fields.flag("val")),
                fields.flag("res"));
    }

    private static PadsState padsState(Fields fields) throws FieldException {
        return new PadsState(
                pads(fields, "val"),
                pads(fields, "out"),
                pads(fields, "od"),
                pads(fields, "pu"),
                pads(fields, "pd"),
                pads(fields, "pk"),
                pads(fields, "res"));
    }

    private static PadSet pads(Fields fields, String name) throws FieldException {
        return fields.of(name, PadSet::fromHex, ErrorCode.BAD_VALUE, MASK);
    }

    private static ClockState clock(Fields fields) throws FieldException {
        return PayloadDecoder.clockSet(fields) ? new ClockState.Set(fields.number("epoch")) : ClockState.UNSET;
    }

    private static BoardStatus status(Fields fields) throws FieldException {
        var chip = fields.text("chip");
        if (!chip.matches("[0-9a-f]{8}")) {
            throw new FieldException(ErrorCode.BAD_VALUE, "chip is 8 lower-case hex digits");
        }
        return new BoardStatus(
                new FirmwareVersion(fields.text("fw")),
                Integer.parseUnsignedInt(chip, 16),
                fields.of("cause", ResetCause::from, ErrorCode.BAD_VALUE, "a cause of section 4"),
                fields.number("up"),
                PayloadDecoder.clockSet(fields),
                fields.number("gen"),
                fields.flag("trial"));
    }

    private static NetworkInfo network(Fields fields) throws FieldException {
        return new NetworkInfo(
                fields.of("mac", MacAddress::from, ErrorCode.BAD_VALUE, "as 44:6D:57:AA:BB:CC"),
                address(fields, "ip"),
                address(fields, "mask"),
                address(fields, "router"),
                fields.flag("dhcp"));
    }

    private static Ipv4Address address(Fields fields, String name) throws FieldException {
        return fields.of(name, Ipv4Address::from, ErrorCode.BAD_VALUE, "as 192.168.1.2");
    }

    /** Appends operation and result. */
    private record ResultWriter(FlatJson.Writer out) implements Result.Visitor<FlatJson.Writer> {
        private FlatJson.Writer done(String operation) {
            return out.put("op", operation).put("ok", 1);
        }

        @Override
        public FlatJson.Writer onePad(Result.OnePad result) {
            var state = result.state();
            return done("gpio.get")
                    .put("pin", state.pad().number())
                    .put("dir", state.direction().word())
                    .put("pull", state.pull().word())
                    .put("edge", state.edge().word())
                    .put("val", state.level().bit())
                    .put("res", state.reserved() ? 1 : 0);
        }

        @Override
        public FlatJson.Writer allPads(Result.AllPads result) {
            var state = result.state();
            return done("pads.get")
                    .put("val", state.high().toHex())
                    .put("out", state.out().toHex())
                    .put("od", state.openDrain().toHex())
                    .put("pu", state.up().toHex())
                    .put("pd", state.down().toHex())
                    .put("pk", state.keeper().toHex())
                    .put("res", state.reserved().toHex());
        }

        @Override
        public FlatJson.Writer clock(Result.Clock result) {
            done("rtc.get").put("clk", PayloadDecoder.clockWord(result.state().isSet()));
            return result.state() instanceof ClockState.Set set ? out.put("epoch", set.epochSeconds()) : out;
        }

        @Override
        public FlatJson.Writer resetting(Result.Resetting result) {
            return done("reset");
        }

        @Override
        public FlatJson.Writer status(Result.Status result) {
            var status = result.status();
            return done("status")
                    .put("fw", status.firmware().value())
                    .put("chip", String.format("%08x", status.chipId()))
                    .put("cause", status.cause().word())
                    .put("up", status.uptimeSeconds())
                    .put("clk", PayloadDecoder.clockWord(status.clockSet()))
                    .put("gen", status.slotGeneration())
                    .put("trial", status.onTrial() ? 1 : 0);
        }

        @Override
        public FlatJson.Writer network(Result.Network result) {
            var network = result.network();
            return done("net.get")
                    .put("mac", network.mac().toString())
                    .put("ip", network.address().toString())
                    .put("mask", network.mask().toString())
                    .put("router", network.router().toString())
                    .put("dhcp", network.dhcp() ? 1 : 0);
        }

        @Override
        public FlatJson.Writer uartWritten(Result.UartWritten result) {
            return done("uart.write").put("n", result.bytes());
        }
    }
}
