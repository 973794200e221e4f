package dev.ft900.protocol.dialect;

import dev.ft900.protocol.dialect.Fields.FieldException;
import dev.ft900.protocol.message.ErrorCode;

/** The way from bytes to a message that all codecs share: parse, take the fields, turn every broken rule into a value. */
final class PayloadDecoder {
    private PayloadDecoder() {}

    /** Makes a message of the fields; may raise {@link IllegalArgumentException} when a value breaks a type's rule. */
    interface Maker<T> {
        T make(Fields fields) throws FieldException;
    }

    static <T> Decoded<T> decode(byte[] payload, Maker<T> maker) {
        var parsed = FlatJson.parse(payload);
        if (!(parsed instanceof Decoded.Value<Fields> object)) {
            return new Decoded.Malformed<>(((Decoded.Malformed<Fields>) parsed).why());
        }
        try {
            return new Decoded.Value<>(maker.make(object.value()));
        } catch (FieldException | IllegalArgumentException e) {
            return new Decoded.Malformed<>(e.getMessage());
        }
    }

    static boolean clockSet(Fields fields) throws FieldException {
        return switch (fields.text("clk")) {
            case "set" -> true;
            case "unset" -> false;
            default -> throw new FieldException(ErrorCode.BAD_VALUE, "clk is set or unset");
        };
    }

    static String clockWord(boolean set) {
        return set ? "set" : "unset";
    }
}
