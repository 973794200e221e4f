package dev.ft900.ca.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfilesTest {
    private static final String GOOD = """
            {"name": "x", "description": "d", "subject": "board-id", "keys": ["P-256"],
             "usage": ["clientAuth"], "names": "none", "signer": "P-256", "validDays": 10, "maxBytes": 2048}
            """;

    @TempDir
    Path dir;

    @Test
    void theToolkitComesWithSix() {
        assertThat(Profiles.load().all())
                .extracting(Profile::name)
                .containsExactly("board", "broker", "classic-broker", "classic-rsa", "gateway", "rest-client");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "with a space", "with!", "100% ü"})
    void theyAreReadFromAJarInAFolderOfWhateverName(String folder) throws Exception {
        var jar = Files.createDirectory(dir.resolve(folder)).resolve("ca-tool.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("dev/ft900/certs/profiles/"));
            out.putNextEntry(new ZipEntry("dev/ft900/certs/profiles/x.json"));
            out.write(GOOD.getBytes(StandardCharsets.UTF_8));
        }
        try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            var there = loader.getResource("dev/ft900/certs/profiles");

            assertThat(Profiles.load(there.toURI()).all())
                    .extracting(Profile::name)
                    .containsExactly("x");
        }
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            "x", "description"   | "y", "description"      | name is the file's name
            "d"                  | ""                      | description is not empty
            "board-id"           | "anybody"               | subject is one of
            ["P-256"]            | ["P-521"]               | keys is one of
            ["P-256"]            | []                      | keys is not empty
            ["clientAuth"]       | ["codeSigning"]         | usage is one of
            "none"               | "some"                  | names is one of
            "signer": "P-256"    | "signer": "P-384"       | signer is one of
            "validDays": 10      | "validDays": 0          | validDays is 1 to 7300
            "validDays": 10      | "validDays": 7301       | validDays is 1 to 7300
            2048                 | 100                     | maxBytes is 512 to 16384
            "names": "none",     | ''                      | names
            "names"              | "surprise": 1, "names"  | surprise
            """)
    void aMistakeInAProfileIsReportedWithFileAndRule(String from, String to, String rule) throws IOException {
        var json = GOOD.replace(from, to);
        assertThat(json).isNotEqualTo(GOOD);
        Files.writeString(dir.resolve("x.json"), json);

        assertThatThrownBy(() -> Profiles.load(dir))
                .hasMessageContaining("x.json")
                .hasMessageContaining(rule);
    }

    @Test
    void aGoodProfileIsRead() throws IOException {
        Files.writeString(dir.resolve("x.json"), GOOD);

        assertThat(Profiles.load(dir).get("x").valid()).hasDays(10);
    }
}
