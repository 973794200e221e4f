package dev.ft900.protocol.dialect;

import dev.ft900.protocol.dialect.Fields.FieldException;
import dev.ft900.protocol.message.ClockState;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.ErrorCode;
import dev.ft900.protocol.message.Request;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.name.CommandId;
import dev.ft900.protocol.pad.Direction;
import dev.ft900.protocol.pad.Edge;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import dev.ft900.protocol.pad.PadSet;
import dev.ft900.protocol.pad.Pull;
import java.util.Optional;

/** Requests of the native dialect; {@code docs/protocol.md}, section 3. */
public final class RequestCodec {
    private RequestCodec() {}

    /** The payload of a request. */
    public static byte[] encode(Request request) {
        return write(request).bytes();
    }

    /**
     * The payload of a request that also carries the id by which its caller knows it, for whoever reads along; boards ignore it. It is left
     * out where the payload has no room for it.
     *
     * @param callersId printable ASCII
     */
    public static byte[] encode(Request request, String callersId) {
        var plain = encode(request);
        int extra = ",\"rid\":\"\"".length() + callersId.length();
        return plain.length + extra <= Limits.MAX_PAYLOAD_BYTES
                ? write(request).put("rid", callersId).bytes()
                : plain;
    }

    private static FlatJson.Writer write(Request request) {
        var out = new FlatJson.Writer().put("id", request.id().value());
        request.boot().ifPresent(boot -> out.put("boot", boot.value()));
        return request.command().accept(new CommandWriter(out));
    }

    /** What a payload on a request topic asks for. */
    public static IncomingRequest decode(byte[] payload) {
        var parsed = FlatJson.parse(payload);
        if (!(parsed instanceof Decoded.Value<Fields> object)) {
            return new IncomingRequest.Unanswerable(((Decoded.Malformed<Fields>) parsed).why());
        }
        var fields = object.value();
        CommandId id;
        try {
            id = fields.of("id", CommandId::from, ErrorCode.BAD_REQUEST, "1 to 16 of a-z A-Z 0-9 _ -");
        } catch (FieldException e) {
            return new IncomingRequest.Unanswerable(e.getMessage());
        }
        try {
            var boot = fields.maybe("boot", BootId::from, "8 lower-case hex digits");
            var command = command(fields);
            if (boot.isEmpty() && command.changesTheBoard()) {
                throw new FieldException(ErrorCode.BAD_REQUEST, "field boot must name the boot this is meant for");
            }
            return new IncomingRequest.Accepted(new Request(id, boot, command));
        } catch (FieldException e) {
            return new IncomingRequest.Rejected(id, e.code(), e.getMessage());
        } catch (IllegalArgumentException e) {
            return new IncomingRequest.Rejected(id, ErrorCode.BAD_VALUE, e.getMessage());
        }
    }

    private static Command command(Fields fields) throws FieldException {
        var operation = fields.text("op");
        return switch (operation) {
            case "gpio.get" -> new Command.ReadPad(pad(fields));
            case "gpio.set" -> writePad(fields);
            case "pads.get" -> new Command.ReadPads();
            case "pads.set" -> writePads(fields);
            case "rtc.get" -> new Command.ReadClock();
            case "rtc.set" -> new Command.SetClock(new ClockState.Set(fields.number("epoch")));
            case "reset" -> new Command.Reset();
            case "status" -> new Command.ReadStatus();
            case "net.get" -> new Command.ReadNetwork();
            case "uart.write" ->
                new Command.WriteUart(fields.has("port") ? (int) fields.number("port") : 0, fields.text("text"));
            default -> throw new FieldException(ErrorCode.UNKNOWN_OPERATION, "this board does not know that op");
        };
    }

    private static Command writePad(Fields fields) throws FieldException {
        Optional<Level> level = fields.has("val") ? Optional.of(Level.of(fields.flag("val"))) : Optional.empty();
        return new Command.WritePad(
                pad(fields),
                level,
                fields.maybe("dir", Direction::from, "in, out or od"),
                fields.maybe("pull", Pull::from, "none, down, up or keep"),
                fields.maybe("edge", Edge::from, "none, rise, fall or both"));
    }

    private static Command writePads(Fields fields) throws FieldException {
        var command = new Command.WritePads(
                pads(fields, "hi"),
                pads(fields, "lo"),
                pads(fields, "in"),
                pads(fields, "out"),
                pads(fields, "pu"),
                pads(fields, "pd"),
                pads(fields, "pn"));
        if (command.touched().isEmpty()) {
            throw new FieldException(ErrorCode.BAD_REQUEST, "at least one of hi, lo, in, out, pu, pd, pn names a pad");
        }
        return command;
    }

    private static Pad pad(Fields fields) throws FieldException {
        return Pad.from(fields.number("pin"))
                .orElseThrow(() -> new FieldException(ErrorCode.BAD_PIN, "pin is 0 to " + (Pad.COUNT - 1)));
    }

    private static PadSet pads(Fields fields, String name) throws FieldException {
        return fields.maybe(name, PadSet::fromHex, "a hex mask of pads 0 to 66").orElse(PadSet.NONE);
    }

    /** Appends operation and arguments. */
    private record CommandWriter(FlatJson.Writer out) implements Command.Visitor<FlatJson.Writer> {
        @Override
        public FlatJson.Writer readPad(Command.ReadPad c) {
            return out.put("op", "gpio.get").put("pin", c.pad().number());
        }

        @Override
        public FlatJson.Writer writePad(Command.WritePad c) {
            out.put("op", "gpio.set").put("pin", c.pad().number());
            c.level().ifPresent(level -> out.put("val", level.bit()));
            c.direction().ifPresent(direction -> out.put("dir", direction.word()));
            c.pull().ifPresent(pull -> out.put("pull", pull.word()));
            c.edge().ifPresent(edge -> out.put("edge", edge.word()));
            return out;
        }

        @Override
        public FlatJson.Writer readPads(Command.ReadPads c) {
            return out.put("op", "pads.get");
        }

        @Override
        public FlatJson.Writer writePads(Command.WritePads c) {
            out.put("op", "pads.set");
            putPads("hi", c.high());
            putPads("lo", c.low());
            putPads("in", c.in());
            putPads("out", c.out());
            putPads("pu", c.up());
            putPads("pd", c.down());
            putPads("pn", c.noPull());
            return out;
        }

        private void putPads(String name, PadSet pads) {
            if (!pads.isEmpty()) {
                out.put(name, pads.toHex());
            }
        }

        @Override
        public FlatJson.Writer readClock(Command.ReadClock c) {
            return out.put("op", "rtc.get");
        }

        @Override
        public FlatJson.Writer setClock(Command.SetClock c) {
            return out.put("op", "rtc.set").put("epoch", c.to().epochSeconds());
        }

        @Override
        public FlatJson.Writer reset(Command.Reset c) {
            return out.put("op", "reset");
        }

        @Override
        public FlatJson.Writer readStatus(Command.ReadStatus c) {
            return out.put("op", "status");
        }

        @Override
        public FlatJson.Writer readNetwork(Command.ReadNetwork c) {
            return out.put("op", "net.get");
        }

        @Override
        public FlatJson.Writer writeUart(Command.WriteUart c) {
            return out.put("op", "uart.write").put("port", c.port()).put("text", c.text());
        }
    }
}
