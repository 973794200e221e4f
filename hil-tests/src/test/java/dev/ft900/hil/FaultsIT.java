package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ft900.ca.store.StateFolder;
import dev.ft900.hil.rest.RestClient;
import dev.ft900.hil.rest.RestClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a client is told when something under the gateway breaks: the process itself, its database, its disk, a board. With the embedded
 * broker, whose end is the end of the gateway's process; {@link BrokerLossIT} kills others. Each test has a gateway of its own, in a
 * process of its own.
 */
@Tag("slow")
class FaultsIT {
    private static final String DEVICE = "/api/v1/devices/faulty";
    private static final Duration LONG = Duration.ofSeconds(90);

    /** The database waits 10 s for a lock, and so long again for a connection when all wait. */
    private static final Duration MOST_FOR_A_LOCK = Duration.ofSeconds(30);

    @TempDir
    Path dir;

    private StateFolder state;

    @BeforeEach
    void makeState() {
        state = new StateFolder(dir.resolve("state"));
    }

    private static void awaitOnline(RestClient rest) {
        await().atMost(LONG).until(() -> rest.get(DEVICE).body().path("online").asBoolean());
    }

    private static Answer write(RestClient rest, String text, String query) throws IOException {
        return rest.post(DEVICE + "/uart" + query, "{\"text\":\"" + text + "\"}");
    }

    private static void assertProblem(Answer answer, int status, String problem) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(problem);
    }

    private static String state(RestClient rest, String id) throws IOException {
        return rest.get(DEVICE + "/queue/" + id).body().path("state").asText();
    }

    private static double underWay(RestClient rest) throws IOException {
        return rest.get("/metrics")
                .body()
                .asText()
                .lines()
                .filter(line -> line.startsWith("ft900_commands_under_way "))
                .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
                .findFirst()
                .orElseThrow();
    }

    /** The board writes the third of six texts and does not come to answer, because the gateway is killed at that moment. */
    @Test
    void aKilledGatewayTellsTheTruthAboutEveryQueuedCommandAndRepeatsNone() throws Exception {
        var ids = new ArrayList<String>();
        PlayedBoard board;
        try (var first = GatewayProcess.start(dir, state)) {
            board = PlayedBoard.register(state, "faulty", "text2");
            await().atMost(LONG).until(() -> first.rest().get(DEVICE).status() == 200);
            for (int i = 0; i < 6; i++) {
                var kept = write(first.rest(), "text" + i, "?queue=600s");
                assertThat(kept.status()).as(kept.body().toString()).isEqualTo(202);
                ids.add(kept.body().path("id").asText());
            }
            board.connect(first.broker());
            board.awaitWritten("text2");
            first.kill();
            board.cut();
        }
        try (var second = GatewayProcess.start(dir, state);
                board) {
            assertThat(state(second.rest(), ids.get(2))).isEqualTo("failed");
            assertThat(second.rest()
                            .get(DEVICE + "/queue/" + ids.get(2))
                            .body()
                            .path("outcome")
                            .asText())
                    .isEqualTo("no-answer");
            board.connect(second.broker());
            await().atMost(LONG).until(() -> state(second.rest(), ids.get(5)).equals("done"));

            assertThat(ids)
                    .extracting(id -> state(second.rest(), id))
                    .containsExactly("done", "done", "failed", "done", "done", "done");
            assertThat(IntStream.range(0, 6)
                            .map(i -> board.written().get("text" + i).get()))
                    .containsOnly(1);
        }
    }

    @Test
    void aBoardThatLosesItsPowerInTheMiddleOfACommandIsNotSaidToHaveDoneOrNotDoneIt() throws Exception {
        try (var gateway = GatewayProcess.start(dir, state);
                var board = PlayedBoard.register(state, "faulty", "last words")) {
            var rest = gateway.rest();
            board.connect(gateway.broker());
            awaitOnline(rest);
            var answer = CompletableFuture.supplyAsync(() -> unchecked(() -> write(rest, "last words", "")));
            board.awaitWritten("last words");

            board.cut();

            assertProblem(answer.get(LONG.toSeconds(), TimeUnit.SECONDS), 504, "no-answer");
            await().atMost(LONG).until(() -> write(rest, "more", "").problem().equals("board-offline"));
            assertThat(board.written()).doesNotContainKey("more");
            assertThat(underWay(rest)).isZero();
        }
    }

    private interface Calling {
        Answer call() throws IOException;
    }

    private static Answer unchecked(Calling calling) {
        try {
            return calling.call();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aDatabaseThatAnotherProcessLocksHoldsUpWritesForATimeAndBoardsNotAtAll() throws Exception {
        try (var gateway = GatewayProcess.start(dir, state);
                var board = PlayedBoard.register(state, "faulty", "")) {
            var rest = gateway.rest();
            board.connect(gateway.broker());
            awaitOnline(rest);
            try (var other = DriverManager.getConnection("jdbc:sqlite:" + state.database());
                    var statement = other.createStatement()) {
                statement.execute("begin immediate");
                long start = System.nanoTime();
                var refused = rest.post("/api/v1/devices", "{\"id\":\"newcomer\"}");
                var took = Duration.ofNanos(System.nanoTime() - start);

                assertProblem(refused, 503, "store-unavailable");
                assertThat(refused.body().path("step").asText()).isEqualTo("store");
                assertThat(refused.body().path("detail").asText()).contains("lock");
                assertThat(took).isLessThan(MOST_FOR_A_LOCK);
                assertThat(write(rest, "meanwhile", "").status()).isEqualTo(200);
                assertThat(rest.get(DEVICE + "/status").status()).isEqualTo(200);
                statement.execute("rollback");
            }
            assertThat(rest.get("/api/v1/devices/newcomer").problem()).isEqualTo("unknown-device");
            assertThat(rest.post("/api/v1/devices", "{\"id\":\"newcomer\"}").status())
                    .isEqualTo(201);
        }
    }

    /** Files of the gateway may grow to 3 MiB and no further, which is what a full disk is to a database. */
    @Test
    void aDiskThatIsFullIsSaidToBeAndEverythingElseGoesOn() throws Exception {
        try (var gateway = GatewayProcess.start(dir, state);
                var board = PlayedBoard.register(state, "faulty", "")) {
            var rest = gateway.rest();
            board.connect(gateway.broker());
            awaitOnline(rest);
            limitFiles(gateway.pid(), "3145728");
            var answers = new ArrayList<Answer>();
            while (answers.isEmpty() || answers.get(answers.size() - 1).status() == 201) {
                answers.add(rest.post("/api/v1/devices", "{\"id\":\"filling" + answers.size() + "\"}"));
            }
            int registered = answers.size() - 1;

            assertProblem(answers.get(registered), 503, "store-unavailable");
            assertThat(answers.get(registered).body().path("detail").asText()).contains("disk");
            assertThat(registered).isPositive();
            assertThat(write(rest, "meanwhile", "").status()).isEqualTo(200);
            assertThat(rest.get("/api/v1/devices").body().path("devices")).hasSize(registered + 1);
            assertThat(rest.get("/api/v1/devices/filling" + registered).problem())
                    .isEqualTo("unknown-device");

            limitFiles(gateway.pid(), "unlimited");

            assertThat(rest.post("/api/v1/devices", "{\"id\":\"filling" + registered + "\"}")
                            .status())
                    .isEqualTo(201);
            assertThat(Files.size(state.database())).isPositive();
        }
    }

    /** Of a process that runs (prlimit(1) of util-linux, which every Debian has). */
    private static void limitFiles(long pid, String bytes) throws IOException, InterruptedException {
        var done = new ProcessBuilder("prlimit", "--pid", Long.toString(pid), "--fsize=" + bytes + ":")
                .inheritIO()
                .start();
        assertThat(done.waitFor()).isZero();
    }
}
