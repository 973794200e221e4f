package dev.ft900.hil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a kit tells people to type has to be there. */
class LauncherTest {
    @TempDir
    Path dir;

    @Test
    void fromTheArchiveItIsTheOneBesideTheJars() throws IOException {
        var launcher = Files.createDirectory(dir.resolve("bin")).resolve("ft900");
        Files.createFile(launcher);
        assertThat(launcher.toFile().setExecutable(true)).isTrue();

        assertThat(Launcher.command(dir.resolve("lib/hil-tests.jar"))).isEqualTo(launcher.toString());
    }

    @Test
    void fromTheRepositoryItIsTheOneThere() {
        assertThat(Launcher.command(dir.resolve("hil-tests/target/classes"))).isEqualTo("./ft900");
    }
}
