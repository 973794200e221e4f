package dev.ft900.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.protocol.frame.FrameParser.Defect;
import dev.ft900.protocol.frame.FrameParser.Item;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FrameParserTest {
    /** Everything the parser made of a line, with neighbouring texts joined: pieces of text depend on how bytes arrive. */
    private record Line(List<Frame> frames, List<Defect> defects, String text) {
        static Line of(byte[] bytes, int chunk) {
            var frames = new ArrayList<Frame>();
            var defects = new ArrayList<Defect>();
            var text = new ByteArrayOutputStream();
            var parser = new FrameParser(item -> {
                if (item instanceof Item.Parsed parsed) {
                    frames.add(parsed.frame());
                } else if (item instanceof Item.Malformed malformed) {
                    defects.add(malformed.defect());
                } else {
                    text.writeBytes(((Item.Text) item).bytes());
                }
            });
            for (int at = 0; at < bytes.length; at += chunk) {
                parser.accept(bytes, at, Math.min(chunk, bytes.length - at));
            }
            return new Line(frames, defects, text.toString(StandardCharsets.ISO_8859_1));
        }
    }

    private static final Frame FRAME =
            new Frame(0x07, 0x1234, new byte[] {0, (byte) 0xFC, (byte) 0xFD, (byte) 0xFE, 'x'});

    private static byte[] bytes(Object... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            if (part instanceof Integer b) {
                out.write(b);
            } else if (part instanceof String text) {
                out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            } else {
                out.writeBytes((byte[]) part);
            }
        }
        return out.toByteArray();
    }

    @Property
    void everyFrameComesBackAtEveryChunkSize(
            @ForAll @IntRange(max = 255) int type,
            @ForAll @IntRange(max = 65535) int sequence,
            @ForAll @Size(max = Frame.MAX_PAYLOAD) byte[] payload) {
        var frame = new Frame(type, sequence, payload);
        var line = SerialFraming.encode(frame);

        assertThat(line).hasSizeLessThanOrEqualTo(SerialFraming.MAX_LINE_BYTES);
        for (int chunk = 1; chunk <= line.length; chunk++) {
            assertThat(Line.of(line, chunk)).isEqualTo(new Line(List.of(frame), List.of(), ""));
        }
    }

    @Property
    void specialBytesOccurInAFrameOnlyAsItsMarks(@ForAll @Size(max = Frame.MAX_PAYLOAD) byte[] payload) {
        var line = SerialFraming.encode(new Frame(1, 2, payload));

        var inside = Arrays.copyOfRange(line, 1, line.length - 1);
        assertThat(inside).doesNotContain(SerialFraming.START, SerialFraming.END);
    }

    @Property
    void consoleTextIsNeverTakenForAFrame(@ForAll String text) {
        var line = Line.of(text.getBytes(StandardCharsets.UTF_8), 7);

        assertThat(line.frames()).isEmpty();
        assertThat(line.defects()).isEmpty();
        assertThat(line.text().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 2000)
    void anyBytesLeadToDeclaredItemsAndTheNextFrameIsFound(@ForAll @Size(max = 700) byte[] noise) {
        var line = Line.of(bytes(noise, SerialFraming.encode(FRAME)), 13);

        assertThat(line.frames()).endsWith(FRAME);
    }

    @Test
    void keepsConsoleTextAndFramesApart() {
        var line = bytes("boot ok\r\n", SerialFraming.encode(FRAME), "temp 21 °C", SerialFraming.encode(FRAME), ">");

        for (int chunk = 1; chunk <= line.length; chunk++) {
            var parsed = Line.of(line, chunk);

            assertThat(parsed.frames()).containsExactly(FRAME, FRAME);
            assertThat(parsed.defects()).isEmpty();
            assertThat(new String(parsed.text().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                    .isEqualTo("boot ok\r\ntemp 21 °C>");
        }
    }

    @Test
    void everySingleByteLostIsNoticedAndTheNextFrameIsFound() {
        var whole = SerialFraming.encode(FRAME);
        for (int lost = 0; lost < whole.length; lost++) {
            var damaged =
                    bytes(Arrays.copyOfRange(whole, 0, lost), Arrays.copyOfRange(whole, lost + 1, whole.length), whole);

            assertThat(Line.of(damaged, 5).frames()).as("byte %d lost", lost).containsExactly(FRAME);
        }
    }

    @Test
    void everySingleBitTurnedIsNoticed() {
        var whole = SerialFraming.encode(FRAME);
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            var damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(Line.of(damaged, 5).frames()).as("bit %d turned", bit).isEmpty();
        }
    }

    @Test
    void namesTheDefect() {
        var whole = SerialFraming.encode(FRAME);
        var cut = Arrays.copyOf(whole, 6);

        assertThat(Line.of(bytes(cut, whole), 3).defects()).containsExactly(Defect.CUT_SHORT);
        assertThat(Line.of(bytes(SerialFraming.START, SerialFraming.END), 1).defects())
                .containsExactly(Defect.BAD_CONTENT);
        assertThat(Line.of(bytes(SerialFraming.START, SerialFraming.ESCAPE, (int) 'a'), 1)
                        .defects())
                .containsExactly(Defect.BAD_ESCAPE);
        assertThat(Line.of(bytes(SerialFraming.START, SerialFraming.ESCAPE, SerialFraming.END), 1)
                        .defects())
                .containsExactly(Defect.BAD_ESCAPE);
        assertThat(Line.of(bytes(SerialFraming.START, new byte[257]), 50).defects())
                .containsExactly(Defect.TOO_LONG);
    }
}
