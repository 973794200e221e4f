package dev.ft900.ca.flash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.ft900.ca.TestState;
import dev.ft900.protocol.message.ClockState;
import dev.ft900.protocol.message.FirmwareVersion;
import dev.ft900.protocol.message.MacAddress;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.provisioning.BoardIdentity;
import dev.ft900.protocol.slot.SlotRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a gateway says of a board that a station waits for. */
class GatewayCertifierTest {
    private static final BoardId ID = new BoardId("board7");
    private static final String SERIAL = "0a";
    private static final BootId BOOT = new BootId("9f12ab03");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile int status = 200;
    private volatile String answer = "{}";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod());
            var bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private GatewayCertifier gateway() {
        return new GatewayCertifier(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "token", List.of());
    }

    private static BoardIdentity board(BootId boot) {
        return new BoardIdentity(
                4,
                SlotRecord.MAX_BYTES,
                0x09000002,
                true,
                TestState.facts(1).uid(),
                new MacAddress(0x02F900000001L),
                boot,
                ClockState.UNSET,
                new FirmwareVersion("test 1"),
                Optional.of(ID),
                1,
                true);
    }

    /** An erased board begins with generation 1 again; the gateway may still hold its last presence, of another slot 1. */
    @Test
    void aPresenceFromBeforeTheRebootIsNotOfTheNewCertificate() throws Exception {
        answer = "{\"online\": true, \"slotGeneration\": 1, \"bootId\": \"01234567\"}";

        assertThat(gateway().isOnline(ID, SERIAL, board(BOOT))).isFalse();
        assertThat(asked).as("no certificate is said to be in use").containsExactly("GET");

        answer = "{\"online\": true, \"slotGeneration\": 1, \"bootId\": \"" + BOOT.value() + "\"}";
        assertThat(gateway().isOnline(ID, SERIAL, board(BOOT))).isTrue();
        assertThat(asked).containsExactly("GET", "GET", "PUT");
    }

    @Test
    void aRefusalHasItsStatusAndAGatewayThatIsNotThereIsAnotherMatter() {
        status = 401;
        answer = "{\"detail\": \"this token is not good\"}";
        assertThatThrownBy(() -> gateway().devices())
                .isInstanceOfSatisfying(GatewayCertifier.RefusedException.class, e -> assertThat(e.status())
                        .isEqualTo(401))
                .hasMessageContaining("this token is not good");

        server.stop(0);
        assertThatThrownBy(() -> gateway().devices()).isInstanceOf(GatewayCertifier.UnreachableException.class);
    }
}
