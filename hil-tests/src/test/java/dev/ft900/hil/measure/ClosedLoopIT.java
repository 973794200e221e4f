package dev.ft900.hil.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.hil.SharedChain;
import dev.ft900.hil.SharedChain.Bench;
import dev.ft900.hil.rest.RestClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A benchmark that counts what did not succeed, or that nobody answered, would show better figures the worse things are. */
@ExtendWith(SharedChain.class)
class ClosedLoopIT {
    private static final int IN_FLIGHT = 32;
    private static final Duration BRIEFLY = Duration.ofMillis(200);

    private URI gateway;
    private SSLContext tls;
    private String token;

    @BeforeEach
    void takeGateway(Bench bench) throws IOException {
        var running = bench.chain().gateway();
        gateway = running.endpoints().gateway();
        tls = RestClient.trusting(running.authority().root());
        token = running.token();
    }

    private List<Calls> byBothProtocols(String path) {
        return List.of(
                new Http1Calls(KeepAliveConnection.get(gateway, path, token)), new Http2Calls(gateway, path, token));
    }

    @Test
    void answersAreCounted() throws IOException {
        for (var calls : byBothProtocols("/api/v1/devices/board2")) {
            try (var loop = new ClosedLoop(gateway, tls, calls, IN_FLIGHT)) {
                assertThat(loop.run(BRIEFLY)).as(calls.protocol()).isPositive();
            }
        }
    }

    @Test
    void oneCallThatDoesNotSucceedEndsTheMeasurement() {
        for (var calls : byBothProtocols("/api/v1/devices/nobody")) {
            assertThatThrownBy(() -> new ClosedLoop(gateway, tls, calls, IN_FLIGHT).close())
                    .as(calls.protocol())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("one came back with status 404");
        }
    }

    @Test
    void aCertificateThatIsNotTrustedEndsTheMeasurement() throws Exception {
        for (var calls : byBothProtocols("/api/v1/devices/board2")) {
            assertThatThrownBy(() -> new ClosedLoop(gateway, SSLContext.getDefault(), calls, IN_FLIGHT).close())
                    .as(calls.protocol())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("unable to find valid certification path");
        }
    }
}
