package dev.ft900.ca.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.protocol.exchange.LinkException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SerialPortsTest {
    @Test
    void aPortThatIsNotThereIsReportedWithTheNextStep() {
        assertThatThrownBy(() -> SerialPorts.open("/dev/ttyNOTTHERE", PortSettings.at(115_200)))
                .isInstanceOf(PortException.class)
                .hasMessageContaining("/dev/ttyNOTTHERE")
                .hasMessageContaining("Check the cable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"COM7", "/dev/ttyUSB0", "COM12"})
    void namesOfDevicesAreOfThisMachine(String name) {
        assertThat(SerialPorts.isLocal(name)).isTrue();
        assertThatThrownBy(() -> SerialPorts.open(name + "99", PortSettings.at(115_200)))
                .isInstanceOf(PortException.class)
                .hasMessageContaining(name + "99");
    }

    @ParameterizedTest
    @ValueSource(strings = {"socket://localhost:1", "rfc2217://localhost:1"})
    void namesWithAHostAreNot(String name) {
        assertThat(SerialPorts.isLocal(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"socket://", "socket://host", "socket:host:1", "socket://ho st:1"})
    void aSocketNeedsHostAndPort(String name) {
        assertThatThrownBy(() -> SerialPorts.open(name, PortSettings.at(115_200)))
                .hasMessageContaining("socket://localhost:4000");
    }

    @Test
    void nobodyBehindASocketIsReported() throws IOException {
        int free;
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = server.getLocalPort();
        }

        assertThatThrownBy(() -> SerialPorts.open("socket://127.0.0.1:" + free, PortSettings.at(115_200)))
                .hasMessageContaining("expected somebody to listen");
    }

    @Test
    void aSocketCarriesBytesBothWaysAndTellsWhenItIsGone() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var port = SerialPorts.open("socket://127.0.0.1:" + server.getLocalPort(), PortSettings.at(115_200));
                var peer = server.accept()) {
            var buffer = new byte[10];
            assertThat(port.read(buffer, Duration.ZERO)).isZero();
            assertThat(port.read(buffer, Duration.ofMillis(20))).isZero();

            port.write(new byte[] {1, 2, 3});
            assertThat(peer.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
            peer.getOutputStream().write(42);
            assertThat(port.read(buffer, Duration.ofSeconds(5))).isEqualTo(1);
            assertThat(buffer[0]).isEqualTo((byte) 42);

            peer.shutdownOutput();
            assertThatThrownBy(() -> port.read(buffer, Duration.ofSeconds(5))).isInstanceOf(LinkException.class);
        }
    }
}
