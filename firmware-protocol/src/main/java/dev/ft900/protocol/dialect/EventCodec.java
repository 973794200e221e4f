package dev.ft900.protocol.dialect;

import dev.ft900.protocol.dialect.Fields.FieldException;
import dev.ft900.protocol.message.ErrorCode;
import dev.ft900.protocol.message.PadEdge;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;

/** Events of the native dialect; {@code docs/protocol.md}, section 5. */
public final class EventCodec {
    private EventCodec() {}

    /** The payload of a pin-edge event. */
    public static byte[] encode(PadEdge edge) {
        return new FlatJson.Writer()
                .put("ev", "edge")
                .put("boot", edge.boot().value())
                .put("seq", edge.sequence())
                .put("pin", edge.pad().number())
                .put("val", edge.level().bit())
                .put("ms", edge.uptimeMillis())
                .bytes();
    }

    /** What a payload on an event topic says. */
    public static Decoded<PadEdge> decode(byte[] payload) {
        return PayloadDecoder.decode(payload, fields -> {
            if (!fields.text("ev").equals("edge")) {
                throw new FieldException(ErrorCode.BAD_VALUE, "ev is edge");
            }
            return new PadEdge(
                    fields.of("boot", BootId::from, ErrorCode.BAD_REQUEST, "8 lower-case hex digits"),
                    fields.number("seq"),
                    Pad.from(fields.number("pin"))
                            .orElseThrow(() -> new FieldException(ErrorCode.BAD_PIN, "pin is 0 to 66")),
                    Level.of(fields.flag("val")),
                    fields.number("ms"));
        });
    }
}
