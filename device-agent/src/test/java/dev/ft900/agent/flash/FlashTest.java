package dev.ft900.agent.flash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FlashTest {
    @TempDir
    static Path dir;

    static Stream<Flash> both() throws IOException {
        return Stream.of(
                new MemoryFlash(),
                FileFlash.open(Files.createTempDirectory(dir, "f").resolve("flash.bin")));
    }

    @ParameterizedTest
    @MethodSource("both")
    void isAllOnesAtFirst(Flash flash) {
        assertThat(flash.read(0, Flash.SIZE)).containsOnly(0xFF);
    }

    @ParameterizedTest
    @MethodSource("both")
    void programmingOnlyClearsBitsAndErasingSetsThem(Flash flash) {
        flash.programPage(0x1000, new byte[] {(byte) 0xF0, 0x0F});
        flash.programPage(0x1000, new byte[] {0x3C, (byte) 0xFF});

        assertThat(flash.read(0x1000, 3)).containsExactly(0x30, 0x0F, 0xFF);

        flash.eraseSector(0x1000);

        assertThat(flash.read(0x1000, 3)).containsOnly(0xFF);
    }

    @ParameterizedTest
    @MethodSource("both")
    void longDataGoesPageByPageAndNeighboursStay(Flash flash) {
        flash.program(0x20F0, new byte[600]);

        assertThat(flash.read(0x20EF, 602)).startsWith(0xFF, 0).endsWith(0, 0xFF);
    }

    @ParameterizedTest
    @MethodSource("both")
    void refusesWhatTheControllerCannotDo(Flash flash) {
        assertThatThrownBy(() -> flash.programPage(0xFF, new byte[2])).hasMessageContaining("within a page");
        assertThatThrownBy(() -> flash.programPage(Flash.SIZE, new byte[1])).hasMessageContaining("within a page");
        assertThatThrownBy(() -> flash.eraseSector(0x800)).hasMessageContaining("multiple of 4096");
    }

    @Test
    void aFileKeepsItsContentIsForItsOwnerAloneAndForOneProcessAtATime() throws IOException {
        var path = dir.resolve("kept.bin");
        try (var flash = FileFlash.open(path)) {
            flash.programPage(0, new byte[] {0x42});
            assertThatThrownBy(() -> FileFlash.open(path)).hasMessageContaining("another process has it");
        }

        try (var again = FileFlash.open(path)) {
            assertThat(again.read(0, 1)).containsExactly(0x42);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileOfAnotherSizeIsRefusedWithTheNextStep() throws IOException {
        var path = Files.write(dir.resolve("short.bin"), new byte[10]);

        assertThatThrownBy(() -> FileFlash.open(path))
                .hasMessageContaining("has 10")
                .hasMessageContaining("Remove it");
    }
}
