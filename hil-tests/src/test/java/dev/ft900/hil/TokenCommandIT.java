package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ft900.hil.SharedChain.Bench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./ft900 token} as people run it, in a process of its own beside a running gateway. */
@ExtendWith(SharedChain.class)
class TokenCommandIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String WHOAMI = "/api/v1/whoami";

    @TempDir
    Path dir;

    private Bench bench;

    @BeforeEach
    void take(Bench shared) {
        bench = shared;
    }

    private JsonNode token(String... arguments) throws Exception {
        var all = new ArrayList<>(List.of("token"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--json", "--state", bench.state().path().toString()));
        try (var process = ToolkitProcess.ft900(dir, all.toArray(String[]::new))) {
            assertThat(process.exitCode(PATIENCE)).as(process.errors()).isZero();
            return new JsonMapper().readTree(process.line(PATIENCE));
        }
    }

    @Test
    void aTokenIsMadeListedUsedAndRevoked() throws Exception {
        var made = token("create", "cli", "--role", "operator", "--for", "board1", "--days", "1");
        var theirs = bench.rest().with(made.path("token").asText());

        assertThat(theirs.get(WHOAMI).body().path("role").asText()).isEqualTo("operator");
        assertThat(theirs.get("/api/v1/devices/board2").problem()).isEqualTo("forbidden");
        assertThat(token("list").path("tokens")).anySatisfy(listed -> {
            assertThat(listed.path("id")).isEqualTo(made.path("id"));
            assertThat(listed.has("token")).isFalse();
        });

        token("revoke", made.path("id").asText());

        await().until(() -> theirs.get(WHOAMI).status() == 401);
    }

    @Test
    void whoIsAllowedSomethingIsKnownToTheGateway() throws Exception {
        token("allow", "client.cli", "--role", "viewer", "--for", "board1");

        assertThat(bench.rest().get("/api/v1/clients").body().path("clients")).anySatisfy(client -> {
            assertThat(client.path("name").asText()).isEqualTo("client.cli");
            assertThat(client.path("role").asText()).isEqualTo("viewer");
        });
    }
}
