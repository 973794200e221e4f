package dev.ft900.board.cli;

import com.fasterxml.jackson.core.JsonFactory;
import dev.ft900.board.bus.Finding;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What became of one image.
 *
 * @param ended {@code exit}, {@code text-seen}, {@code time-out}, {@code cycles} or {@code fault}
 * @param exitCode for the shell
 * @param fault in words, if there was one
 */
record RunResult(
        String image,
        String ended,
        int exitCode,
        long instructions,
        double seconds,
        Optional<String> fault,
        Map<Finding, Long> findings) {
    /** One line for people. */
    String line() {
        return String.format(
                        Locale.ROOT,
                        "%s: %s, exit code %d, %,d instructions in %.2f s (%.0f million/s)",
                        image,
                        ended,
                        exitCode,
                        instructions,
                        seconds,
                        instructions / Math.max(seconds, 1e-9) / 1e6)
                + fault.map(words -> System.lineSeparator() + "  " + words).orElse("");
    }

    /** One JSON object. */
    String json() {
        var text = new StringWriter();
        try (var out = new JsonFactory().createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("image", image);
            out.writeStringField("ended", ended);
            out.writeNumberField("exitCode", exitCode);
            out.writeNumberField("instructions", instructions);
            out.writeNumberField("seconds", Math.round(seconds * 1e6) / 1e6);
            if (fault.isPresent()) {
                out.writeStringField("fault", fault.get());
            }
            out.writeArrayFieldStart("findings");
            for (var entry : findings.entrySet()) {
                out.writeStartObject();
                out.writeStringField("kind", entry.getKey().kind().name());
                out.writeStringField("device", entry.getKey().device());
                out.writeNumberField("address", entry.getKey().address());
                out.writeStringField("what", entry.getKey().what());
                out.writeNumberField("count", entry.getValue());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
