package dev.ft900.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ft900.ca.store.SharedDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.app.GatewaySettings;
import dev.ft900.gateway.broker.BrokerChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffectiveSettingsTest {
    @TempDir
    private Path folder;

    private static Map<String, Given> given(String source, String... namesAndValues) {
        var given = new LinkedHashMap<String, Given>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            given.put(namesAndValues[i], new Given(namesAndValues[i + 1], source));
        }
        return given;
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("gateway.properties"), text);
    }

    @Test
    void withoutAnyAGatewayRunsAsItUsuallyDoes() throws Exception {
        var state = new StateFolder(folder);

        var read = GatewaySettingsReader.read(state, EffectiveSettings.read(Map.of(), Map.of(), Optional.empty()));

        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("listen")
                .isEqualTo(GatewaySettings.onLoopback(state, 8443, 8883));
        assertThat(read.listen().isLoopbackAddress()).isTrue();
    }

    @Test
    void flagsCountMoreThanTheEnvironmentAndThatMoreThanTheFile() throws Exception {
        var file = file("https-port = 1\nmqtt-port = 2\nname = lab\n# a comment\ncommand-timeout = 250ms\n");

        var effective = EffectiveSettings.read(
                given("--https-port", "https-port", "11"),
                given("FT900_MQTT_PORT", "mqtt-port", "12", "https-port", "13"),
                Optional.of(file));

        assertThat(effective.get(Settings.HTTPS_PORT)).isEqualTo(11);
        assertThat(effective.get(Settings.MQTT_PORT)).isEqualTo(12);
        assertThat(effective.get(Settings.NAME).value()).isEqualTo("lab");
        assertThat(effective.get(Settings.COMMAND_TIMEOUT)).isEqualTo(Duration.ofMillis(250));
        assertThat(effective.shown().get(Settings.HTTPS_PORT).source()).isEqualTo("--https-port");
        assertThat(effective.shown().get(Settings.MQTT_PORT).source()).isEqualTo("FT900_MQTT_PORT");
        assertThat(effective.shown().get(Settings.NAME).source()).isEqualTo(file.toString());
        assertThat(effective.shown().get(Settings.MAX_BODY).source()).isEqualTo("default");
    }

    @Test
    void allThatIsWrongIsSaidAtOnceWithWhereItComesFrom() throws Exception {
        var file = file("http-port = 1\nmax-body = 12\nname = a b\nname = c\ncors-origins = https://a.example/, x\n");

        var failure = catchThrowableOfType(
                SettingsException.class,
                () -> EffectiveSettings.read(
                        given("--https-port", "https-port", "70000", "listen", "no such host!"),
                        given("FT900_RESET_TIMEOUT", "reset-timeout", "soon"),
                        Optional.of(file)));

        assertThat(failure.errors())
                .containsExactlyInAnyOrder(
                        "expected a setting of the gateway; http-port in " + file + " is none",
                        "expected name once in " + file + "; it stands there more often",
                        "expected https-port to be a whole number, 0 to 65535; got 70000 from --https-port",
                        "expected listen to be an address of this machine, such as 0.0.0.0; got no such host! from --https-port",
                        "expected reset-timeout to be a duration, 1s to 10m; got soon from FT900_RESET_TIMEOUT",
                        "expected max-body to be a whole number, 1024 to 65536; got 12 from " + file,
                        "expected cors-origins to be origins such as https://panel.example, with commas between them; "
                                + "got https://a.example/, x from " + file);
        assertThat(failure).hasMessageStartingWith("7 settings are wrong:\n  expected ");
    }

    @Test
    void settingsThatDoNotGoTogetherAreRefused() {
        var failure = catchThrowableOfType(
                SettingsException.class,
                () -> EffectiveSettings.read(
                        given("a flag", "broker", "mosquitto", "broker-kit", "kit", "first-connect", "true"),
                        given("a variable", "https-port", "8883"),
                        Optional.empty()));

        assertThat(failure.errors()).hasSize(3);
        assertThat(failure.getMessage())
                .contains("two ports")
                .contains("broker-kit")
                .contains("first-connect");
    }

    @Test
    void aFileThatIsNotThereIsAnError() {
        var missing = folder.resolve("missing.properties");

        var failure = catchThrowableOfType(
                SettingsException.class, () -> EffectiveSettings.read(Map.of(), Map.of(), Optional.of(missing)));

        assertThat(failure).hasMessageContaining(missing.toString());
    }

    @Test
    void secretsAreNeverShown() throws Exception {
        var effective = EffectiveSettings.read(
                Map.of(),
                given("FT900_HTTPS_IDENTITY_PASSWORD", "https-identity-password", "tr0ubador"),
                Optional.empty());

        assertThat(effective.find(Settings.HTTPS_IDENTITY_PASSWORD)).contains("tr0ubador");
        assertThat(effective.shown().toString()).doesNotContain("tr0ubador").contains("(set, not shown)");
        assertThat(GatewaySettingsReader.read(new StateFolder(folder), effective)
                        .toString())
                .doesNotContain("tr0ubador");
    }

    @Test
    void aPasswordAloneIsForTheDatabaseThatTheStateFolderNames() throws Exception {
        var state = new StateFolder(folder.resolve("state"));
        var effective = EffectiveSettings.read(
                Map.of(), given("FT900_DATABASE_PASSWORD", "database-password", "tr0ubador"), Optional.empty());

        assertThatThrownBy(() -> GatewaySettingsReader.read(state, effective))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("expected database-url with database-password")
                .message()
                .doesNotContain("tr0ubador");

        var known = new SharedDatabase("jdbc:postgresql://db.example/ft900", Optional.of("ft900"), Optional.empty());
        known.save(state);
        assertThat(GatewaySettingsReader.read(state, effective).database())
                .contains(new SharedDatabase(known.url(), known.user(), Optional.of("tr0ubador")));
    }

    @Test
    void pathsInAFileAreMeantFromItsFolderAndAnEmptyValueTakesBack() throws Exception {
        var file = file("broker-kit = kit\nhttps-identity = /etc/https.pem\n");

        var effective =
                EffectiveSettings.read(given("--https-identity", "https-identity", ""), Map.of(), Optional.of(file));

        assertThat(effective.find(Settings.HTTPS_IDENTITY)).isEmpty();
        assertThat(GatewaySettingsReader.read(new StateFolder(folder), effective)
                        .broker())
                .isEqualTo(new BrokerChoice.Kit(folder.toAbsolutePath().resolve("kit")));
    }

    @Test
    void theTableInTheDocumentationHasEverySettingAsItIs() throws IOException {
        var rows = Settings.ALL.stream()
                .map(setting -> "| `" + setting.name() + "` | "
                        + setting.usual().map(value -> "`" + value + "`").orElse("") + " | "
                        + setting.rule().expects() + " | " + setting.description() + " |")
                .collect(Collectors.joining("\n"));

        assertThat(Files.readString(Path.of("..", "docs", "operations.md"))).contains(rows);
    }
}
