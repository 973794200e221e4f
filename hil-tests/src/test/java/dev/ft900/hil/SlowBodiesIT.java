package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.hil.SharedChain.Bench;
import dev.ft900.hil.rest.RestClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Callers who announce more than they send. */
@ExtendWith(SharedChain.class)
class SlowBodiesIT {
    /** More than the gateway has threads. */
    private static final int CALLERS = 100;

    /** Less than a connection may be silent, and than a body may take. */
    private static final Duration PROMPT = Duration.ofSeconds(20);

    private Bench bench;

    @BeforeEach
    void take(Bench shared) throws Exception {
        bench = shared;
        TestClients.requireOnline(bench, "board2");
    }

    @Test
    void oneHundredCallersWhoDoNotSendTheirBodiesHoldNobodyUp() throws Exception {
        var sockets = new ArrayList<SSLSocket>();
        try {
            for (var line : lines()) {
                sockets.add(send(line + "Host: localhost\r\nContent-Length: 100\r\n\r\n{"));
            }

            long start = System.nanoTime();
            var answer = bench.rest().put("/api/v1/devices/board2/gpio/12", "{\"direction\": \"in\"}");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMPT);
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    /** Half of them without a token, half with a good one. */
    private List<String> lines() {
        var lines = new ArrayList<String>();
        for (int i = 0; i < CALLERS / 2; i++) {
            lines.add("POST /api/v1/devices HTTP/1.1\r\n");
            lines.add("PUT /api/v1/devices/board2/gpio/12 HTTP/1.1\r\nContent-Type: application/json\r\n"
                    + "Authorization: Bearer " + bench.chain().gateway().token() + "\r\n");
        }
        return lines;
    }

    private SSLSocket send(String request) throws Exception {
        var gateway = bench.chain().gateway();
        var socket = (SSLSocket) RestClient.trusting(gateway.authority().root())
                .getSocketFactory()
                .createSocket("localhost", gateway.endpoints().gateway().getPort());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }
}
