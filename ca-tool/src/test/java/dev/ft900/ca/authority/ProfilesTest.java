package dev.ft900.ca.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
