package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** {@code ./ft900 flash console}. Run by {@code .ci/flash-suite}. */
class FlashConsoleSuite extends StationSuite {
    private static final char CONSOLE_ESCAPE = 0x1D;

    @Test
    void theConsoleShowsWhatTheBoardPrints() throws IOException {
        var board = board("console");
        try (var console =
                ToolkitProcess.ft900(dir, "flash", "console", "--json", "--port", board.portName(), "--for", "600")) {
            await().atMost(PATIENCE).until(() -> console.errors().contains("Console of"));
            board.board().pressReset().join();

            var text = new StringBuilder();
            await().atMost(PATIENCE).until(() -> {
                for (var line : console.lines()) {
                    text.append(JSON.readTree(line).path("text").asText());
                }
                return text.indexOf("FT900") >= 0;
            });
        }
        assertThat(run(4, "flash", "console", "--json", "--port", "/dev/ttyNOTTHERE")
                        .toString())
                .contains("/dev/ttyNOTTHERE");
        assertThat(run(2, "flash", "console", "--json").toString()).contains("--port");
    }

    @Test
    void whatIsTypedAtTheConsoleReachesTheBoardUntilTheEscape() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout((int) PATIENCE.toMillis());
            var port = "socket://localhost:" + server.getLocalPort();
            try (var console = ToolkitProcess.ft900(dir, "flash", "console", "--json", "--port", port);
                    var uart = server.accept()) {
                uart.setSoTimeout((int) PATIENCE.toMillis());
                await().atMost(PATIENCE).until(() -> console.errors().contains("Console of"));

                console.type("version\n");
                assertThat(uart.getInputStream().readNBytes(8)).asString().isEqualTo("version\n");
                uart.getOutputStream().write("firmware 7\r\n> ".getBytes(StandardCharsets.UTF_8));
                var text = new StringBuilder();
                while (text.indexOf("> ") < 0) {
                    text.append(
                            JSON.readTree(console.line(PATIENCE)).path("text").asText());
                }
                assertThat(text.toString()).isEqualTo("firmware 7\r\n> ");

                console.type("last" + CONSOLE_ESCAPE + "never\n");
                assertThat(console.exitCode(PATIENCE)).as(console.errors()).isZero();
                assertThat(uart.getInputStream().readAllBytes()).asString().isEqualTo("last");
            }
        }
    }
}
