package dev.ft900.board.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImageReaderTest {
    @Test
    void anElfFileGivesSegmentsByPhysicalAddressSectionsAndSymbols() throws Exception {
        var image = ImageReader.parse(kept());
        assertThat(image.entry()).isZero();
        assertThat(image.segments()).anyMatch(segment -> segment.address() == 0 && !segment.inRam());
        assertThat(image.section(".text").executable()).isTrue();
        assertThat(image.symbols()).anyMatch(symbol -> symbol.name().equals("main") && symbol.function());
        new CodeScan(image).requireRunnable();
    }

    @Test
    void compressedCodeIsRefusedWithTheReason() throws Exception {
        var file = new byte[8];
        file[7] = 0x10;
        file[0] = 0x01;
        file[2] = 0x30; // jmp 4
        var image = ImageReader.parse(file);
        assertThatThrownBy(() -> new CodeScan(image).requireRunnable())
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("FT93x")
                .hasMessageContaining("0x00004");
    }

    @Test
    void filesForOtherMachinesAndTooLargeOnesAreRefused() throws Exception {
        var other = kept();
        other[18] = 40;
        assertThatThrownBy(() -> ImageReader.parse(other)).hasMessageContaining("machine 40");
        assertThatThrownBy(() -> ImageReader.parse(new byte[0x40001])).hasMessageContaining("within program memory");
        assertThatThrownBy(() -> ImageReader.parse(new byte[0])).hasMessageContaining("empty");
    }

    @Test
    void aCutFileIsRefusedAtAnyLength() throws Exception {
        var whole = kept();
        for (int length = 4; length < whole.length; length += 7) {
            parseOrRefuse(Arrays.copyOf(whole, length));
        }
    }

    @Test
    void damagedFilesNeverDoMoreThanBeRefused() throws Exception {
        var random = new Random(1);
        for (int i = 0; i < 3000; i++) {
            var file = kept();
            for (int n = 0; n < 4; n++) {
                int at = random.nextInt(4) == 0 ? random.nextInt(file.length) : random.nextInt(52 + 64);
                file[at] = (byte) random.nextInt();
            }
            parseOrRefuse(file);
        }
    }

    private static void parseOrRefuse(byte[] file) {
        try {
            assertThat(ImageReader.parse(file)).isNotNull();
        } catch (ImageException e) {
            assertThat(e).hasMessageContaining("expected");
        }
    }

    private static byte[] kept() throws IOException {
        try (var in = ImageReaderTest.class.getResourceAsStream("/dev/ft900/board/gnusim/crc.elf")) {
            return in.readAllBytes();
        }
    }
}
