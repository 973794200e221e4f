package dev.ft900.hil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerCommandTest {
    @TempDir
    private Path dir;

    private final StringWriter err = new StringWriter();

    private int kit(String broker, String innerPorts) {
        var words = new String[] {
            "broker",
            "kit",
            broker,
            "--out",
            dir.resolve("kit").toString(),
            "--state",
            dir.resolve("state").toString(),
            "--inner-ports",
            innerPorts
        };
        return Ft900.commandLine(words)
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err))
                .execute(words);
    }

    @Test
    void rabbitMqTakesThePortsThatWereSaid() throws IOException {
        assertThat(kit("rabbitmq", "21001,21002,21003,21004"))
                .as(err.toString())
                .isZero();

        assertThat(Files.readString(dir.resolve("kit/rabbitmq.conf")))
                .contains("management.tcp.port = 21001", "http://127.0.0.1:21002/");
    }

    @Test
    void portsThatAreNotFourAreWrongUsage() {
        assertThat(kit("rabbitmq", "21001,21002")).isEqualTo(2);
        assertThat(err.toString()).contains("four different ports", "got 21001,21002");
    }

    @Test
    void mosquittoHasNone() {
        assertThat(kit("mosquitto", "21001,21002,21003,21004")).isEqualTo(2);
        assertThat(err.toString()).contains("rabbitmq only", "--mqtt-port");
    }
}
