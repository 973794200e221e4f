package dev.ft900.protocol.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ft900.protocol.name.Quoted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The payload form of the native dialect: one flat JSON object (RFC 8259, UTF-8) whose values are strings or unsigned
 * 32-bit integers. Everything else that JSON knows is refused, and so are doubled names, trailing bytes and payloads over
 * {@link Limits#MAX_PAYLOAD_BYTES}. Safe for use by several threads.
 */
final class FlatJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            // A name table shared by all parsers would grow with names made up by strangers.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private FlatJson() {}

    /** Parses a payload. */
    static Decoded<Fields> parse(byte[] payload) {
        if (payload.length > Limits.MAX_PAYLOAD_BYTES) {
            return new Decoded.Malformed<>(
                    "a payload is at most " + Limits.MAX_PAYLOAD_BYTES + " bytes; got " + payload.length);
        }
        try {
            // Decoded here rather than in the parser, which would also take UTF-16, UTF-32 and broken UTF-8.
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
            try (var parser = FACTORY.createParser(text)) {
                return parse(parser);
            }
        } catch (CharacterCodingException e) {
            return new Decoded.Malformed<>("a payload is UTF-8");
        } catch (IOException e) {
            return new Decoded.Malformed<>("a payload is one JSON object; the text is not JSON");
        }
    }

    private static Decoded<Fields> parse(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return new Decoded.Malformed<>("a payload is one JSON object");
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            if (fields.containsKey(name)) {
                return new Decoded.Malformed<>("a field stands once; " + Quoted.of(name) + " stands twice");
            }
            if (fields.size() == Limits.MAX_FIELDS) {
                return new Decoded.Malformed<>("a payload has at most " + Limits.MAX_FIELDS + " fields");
            }
            var value = parser.nextToken();
            if (value == JsonToken.VALUE_STRING) {
                fields.put(name, parser.getText());
            } else if (value == JsonToken.VALUE_NUMBER_INT && isUnsigned32(parser)) {
                fields.put(name, parser.getLongValue());
            } else {
                return new Decoded.Malformed<>("field values are strings or integers from 0 to " + Limits.MAX_NUMBER);
            }
        }
        if (parser.nextToken() != null) {
            return new Decoded.Malformed<>("nothing follows the JSON object");
        }
        return new Decoded.Value<>(new Fields(fields));
    }

    private static boolean isUnsigned32(JsonParser parser) throws IOException {
        var digits = parser.getText();
        return digits.length() <= 10 && digits.charAt(0) != '-' && Long.parseLong(digits) <= Limits.MAX_NUMBER;
    }

    /** Writes one object, fields in the order in which they are put. */
    static final class Writer {
        private final StringBuilder text = new StringBuilder(Limits.MAX_PAYLOAD_BYTES).append('{');

        Writer put(String name, long number) {
            name(name).append(number);
            return this;
        }

        Writer put(String name, String value) {
            var out = name(name).append('"');
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                int shortEscape = "\b\f\n\r\t".indexOf(c);
                if (c == '"' || c == '\\') {
                    out.append('\\').append(c);
                } else if (shortEscape >= 0) {
                    out.append('\\').append("bfnrt".charAt(shortEscape));
                } else if (c < 0x20) {
                    out.append(String.format("\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
            out.append('"');
            return this;
        }

        private StringBuilder name(String name) {
            if (text.length() > 1) {
                text.append(',');
            }
            return text.append('"').append(name).append("\":");
        }

        /** The payload; never longer than {@link Limits#MAX_PAYLOAD_BYTES}, for which the types of the messages stand. */
        byte[] bytes() {
            var bytes = (text + "}").getBytes(StandardCharsets.UTF_8);
            if (bytes.length > Limits.MAX_PAYLOAD_BYTES) {
                throw new IllegalStateException("a message came out at " + bytes.length + " bytes: " + text);
            }
            return bytes;
        }
    }
}
