package dev.ft900.gateway.broker.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.gateway.broker.BrokerException;
import dev.ft900.gateway.broker.BrokerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerProgramsTest {
    @TempDir
    Path root;

    @ParameterizedTest
    @CsvSource({"RABBITMQ, RabbitMQ, rabbitmq-server", "MOSQUITTO, Mosquitto, mosquitto"})
    void aProgramThatIsMissingIsNamedWithTheWayToIt(BrokerKind kind, String title, String debianPackage) {
        assertThatThrownBy(() -> new BrokerPrograms(root).require(kind))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("expected " + title)
                .hasMessageContaining("apt-get install " + debianPackage)
                .hasMessageContaining("--broker embedded");
    }

    @ParameterizedTest
    @CsvSource({
        "RABBITMQ, usr/lib/rabbitmq/lib/rabbitmq_server-3.10.8/sbin/rabbitmq-server",
        "MOSQUITTO, usr/sbin/mosquitto"
    })
    void aProgramThatIsThereIsFound(BrokerKind kind, String program) throws IOException {
        Files.createDirectories(root.resolve(program).getParent());
        assertThat(Files.createFile(root.resolve(program)).toFile().setExecutable(true))
                .isTrue();

        assertThat(new BrokerPrograms(root).isInstalled(kind)).isTrue();
    }

    @Test
    void theEmbeddedOneIsAlwaysThere() {
        assertThat(new BrokerPrograms(root).isInstalled(BrokerKind.EMBEDDED)).isTrue();
    }
}
