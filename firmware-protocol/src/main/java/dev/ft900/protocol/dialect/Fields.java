package dev.ft900.protocol.dialect;

import dev.ft900.protocol.message.ErrorCode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The fields of one payload, taken out by name and kind. Fields that nobody asks for are ignored, so that a newer peer may
 * say more.
 */
final class Fields {
    private final Map<String, Object> values;

    Fields(Map<String, Object> values) {
        this.values = values;
    }

    /** A field is missing or not what it should be. */
    static final class FieldException extends Exception {
        private static final long serialVersionUID = 1L;

        private final ErrorCode code;

        FieldException(ErrorCode code, String words) {
            super(words, null, false, false);
            this.code = code;
        }

        ErrorCode code() {
            return code;
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name) throws FieldException {
        if (values.get(name) instanceof String text) {
            return text;
        }
        throw new FieldException(ErrorCode.BAD_REQUEST, "field " + name + " is a string");
    }

    long number(String name) throws FieldException {
        if (values.get(name) instanceof Long number) {
            return number;
        }
        throw new FieldException(ErrorCode.BAD_REQUEST, "field " + name + " is a number");
    }

    /** A string field whose text stands for a value. */
    <T> T of(String name, Function<String, Optional<T>> parse, ErrorCode otherwise, String rule) throws FieldException {
        return parse.apply(text(name)).orElseThrow(() -> new FieldException(otherwise, name + " is " + rule));
    }

    /** As {@link #of}, but the field may be absent. */
    <T> Optional<T> maybe(String name, Function<String, Optional<T>> parse, String rule) throws FieldException {
        return has(name) ? Optional.of(of(name, parse, ErrorCode.BAD_VALUE, rule)) : Optional.empty();
    }

    /** A number field that is 0 or 1. */
    boolean flag(String name) throws FieldException {
        long number = number(name);
        if (number > 1) {
            throw new FieldException(ErrorCode.BAD_VALUE, name + " is 0 or 1");
        }
        return number == 1;
    }
}
