package dev.ft900.protocol.dialect;

import dev.ft900.protocol.dialect.Fields.FieldException;
import dev.ft900.protocol.message.ErrorCode;
import dev.ft900.protocol.message.FirmwareVersion;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.ResetCause;
import dev.ft900.protocol.name.BootId;

/** Birth and last will of the native dialect; {@code docs/protocol.md}, section 5. */
public final class PresenceCodec {
    /** The version of the native dialect, sent in every birth message and last will. */
    public static final int DIALECT_VERSION = 2;

    private PresenceCodec() {}

    /** The payload of a birth message or last will. */
    public static byte[] encode(Presence presence) {
        var out = new FlatJson.Writer().put("v", DIALECT_VERSION);
        if (presence instanceof Presence.Up up) {
            out.put("state", "up")
                    .put("boot", up.boot().value())
                    .put("con", up.connection())
                    .put("cause", up.cause().word())
                    .put("fw", up.firmware().value())
                    .put("clk", PayloadDecoder.clockWord(up.clockSet()))
                    .put("gen", up.slotGeneration());
            up.fellBack().ifPresent(why -> out.put("fell", why.word()));
        } else {
            out.put("state", "gone").put("boot", presence.boot().value()).put("con", presence.connection());
        }
        return out.bytes();
    }

    /** What a payload on a presence topic says. */
    public static Decoded<Presence> decode(byte[] payload) {
        return PayloadDecoder.decode(payload, fields -> {
            if (fields.number("v") != DIALECT_VERSION) {
                throw new FieldException(ErrorCode.BAD_VALUE, "v is " + DIALECT_VERSION);
            }
            var boot = fields.of("boot", BootId::from, ErrorCode.BAD_REQUEST, "8 lower-case hex digits");
            long connection = fields.number("con");
            return switch (fields.text("state")) {
                case "gone" -> new Presence.Gone(boot, connection);
                case "up" ->
                    new Presence.Up(
                            boot,
                            connection,
                            fields.of("cause", ResetCause::from, ErrorCode.BAD_VALUE, "a cause of section 4"),
                            new FirmwareVersion(fields.text("fw")),
                            PayloadDecoder.clockSet(fields),
                            fields.number("gen"),
                            fields.maybe("fell", Presence.FallBack::from, "a reason of section 4"));
                default -> throw new FieldException(ErrorCode.BAD_VALUE, "state is up or gone");
            };
        });
    }
}
