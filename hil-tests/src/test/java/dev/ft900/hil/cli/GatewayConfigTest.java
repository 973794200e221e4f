package dev.ft900.hil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./ft900 gateway config}. */
class GatewayConfigTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int run(String... arguments) {
        return Ft900.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("gateway.properties"), text).toString();
    }

    private JsonNode settings() throws IOException {
        return new JsonMapper().readTree(out.toString()).path("settings");
    }

    @Test
    void showsEverySettingWithItsSourceAndNoSecret() throws IOException {
        var file = file("mqtt-port = 1884\nhttps-port = 1\nhttps-identity-password = tr0ubador\n");

        assertThat(run("gateway", "config", "--json", "--config", file, "--https-port", "9443"))
                .isZero();

        assertThat(settings().path("https-port").path("value").asText()).isEqualTo("9443");
        assertThat(settings().path("https-port").path("source").asText()).isEqualTo("--https-port");
        assertThat(settings().path("mqtt-port").path("value").asText()).isEqualTo("1884");
        assertThat(settings().path("mqtt-port").path("source").asText()).isEqualTo(file);
        assertThat(settings().path("max-connections").path("source").asText()).isEqualTo("default");
        assertThat(settings().has("https-identity-password")).isTrue();
        assertThat(out.toString()).doesNotContain("tr0ubador");
    }

    @Test
    void peopleSeeATableWithValueAndSource() throws IOException {
        assertThat(run("gateway", "config", "--name", "lab")).isZero();

        assertThat(out.toString()).containsPattern("(?m)^name +lab +\\(--name\\)$");
    }

    @Test
    void upAndRunListAllThatIsWrongBeforeAnythingStarts() throws IOException {
        var file = file("https-prot = 1\nmax-url = many\n");

        for (var command : new String[][] {{"up"}, {"gateway", "run"}, {"gateway", "config"}}) {
            err.getBuffer().setLength(0);
            var arguments = new ArrayList<>(List.of(command));
            arguments.addAll(List.of(
                    "--config",
                    file,
                    "--mqtt-port",
                    "x",
                    "--state",
                    folder.resolve("state").toString()));

            assertThat(run(arguments.toArray(String[]::new))).isEqualTo(2);
            assertThat(err.toString())
                    .contains("3 settings are wrong")
                    .contains("https-prot")
                    .contains("max-url")
                    .contains("got x from --mqtt-port");
        }
        assertThat(folder.resolve("state")).doesNotExist();
    }
}
