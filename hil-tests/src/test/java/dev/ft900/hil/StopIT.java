package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ft900.ca.store.StateFolder;
import dev.ft900.hil.rest.RestClient;
import dev.ft900.hil.rest.RestClient.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway's process is asked to end while a caller waits. */
@Tag("slow")
class StopIT {
    private static final String DEVICE = "/api/v1/devices/late";
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void aCallUnderWayIsAnsweredBeforeTheProcessEndsInOrder() throws Exception {
        var state = new StateFolder(folder.resolve("state"));
        try (var gateway = GatewayProcess.start(folder, state, "--drain-timeout", "90s");
                var board = PlayedBoard.register(state, "late", "")) {
            var looking = gateway.rest();
            awaitMetric(looking, "ft900_boards_registered 1.0");
            var call = later(looking, DEVICE + "/status?connectTimeout=60000");
            awaitMetric(looking, "ft900_http_requests_under_way 2.0");

            gateway.terminate();

            await().atMost(LONG)
                    .until(() -> looking.get("/readyz").body().path("draining").asBoolean());
            assertThat(call).isNotDone();
            board.connect(gateway.broker());
            assertThat(call.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
            // 143: the process says that it ended because it was asked to.
            assertThat(gateway.exitCode()).isEqualTo(143);
            assertThat(gateway.errors()).contains("Stopping").doesNotContain("ERROR");
        }
    }

    private static CompletableFuture<Answer> later(RestClient rest, String path) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return rest.get(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void awaitMetric(RestClient looking, String line) {
        await().atMost(LONG).until(() -> looking.get("/metrics").body().asText().contains(line));
    }
}
