package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.hil.rest.RestClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of three nodes of RabbitMQ, each of which is killed and comes back; one of them is the gateway's. */
@Tag("cluster-suite")
class ClusterIT {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int NODES = 3;
    private static final int BOARDS = 6;
    private static final int QUEUED = 5;

    @TempDir
    private static Path dir;

    @Test
    void theLossOfANodeIsSurvivedWithTheTruthAndWithoutALoss() throws Exception {
        var state = new StateFolder(dir.resolve("state"));
        try (var cluster = RabbitMqCluster.start(dir, state);
                var gateway = GatewayProcess.start(
                        dir, state, "--name", "a", "--broker-kit", cluster.kit().toString());
                var database = StateDatabase.open(state)) {
            var authority = new AuthorityFolder(state, database, Clock.systemUTC())
                    .open()
                    .orElseThrow();
            var enrolment = new Enrolment(database, authority, Clock.systemUTC());
            try (var fleet = TestFleet.register(enrolment, authority.root(), cluster.address(), "node", BOARDS)) {
                fleet.powerOn();
                var rest = gateway.rest();
                awaitAllOnline(rest);
                for (int node = 0; node < NODES; node++) {
                    lose(node, cluster, state, rest);
                    cluster.startAgain(node);
                }
                awaitAllOnline(rest);
            }
        }
        assertThat(Files.getPosixFilePermissions(dir.resolve("kit/node1/data/.erlang.cookie")).stream()
                        .filter(permission -> !permission.name().startsWith("OWNER")))
                .isEmpty();
    }

    private static void lose(int node, RabbitMqCluster cluster, StateFolder state, RestClient rest) throws Exception {
        var uri = cluster.address().uri();
        var stop = new AtomicBoolean();
        var answers = new ConcurrentHashMap<Integer, AtomicInteger>();
        var callers = Executors.newFixedThreadPool(BOARDS);
        try (var asleep = PlayedBoard.register(state, "asleep" + node, "");
                var leaving = PlayedBoard.register(state, "leaving" + node, "")) {
            leaving.connect(uri);
            await().atMost(LONG).until(() -> isOnline(rest, "leaving" + node));
            var places = new ArrayList<>(queue(rest, "asleep" + node, "before"));
            var running = new ArrayList<Future<Void>>();
            for (int board = 0; board < BOARDS; board++) {
                running.add(callers.submit(reading(rest, "node" + board, stop, answers)));
            }
            await().atMost(LONG).until(() -> count(answers, 200) > 20);

            long start = System.nanoTime();
            cluster.kill(node);
            leaving.cut();

            places.addAll(queue(rest, "asleep" + node, "after"));
            await().atMost(LONG).until(() -> !isOnline(rest, "leaving" + node));
            awaitAllOnline(rest);
            int before = count(answers, 200);
            await().atMost(LONG).until(() -> count(answers, 200) > before + 20);
            long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            stop.set(true);
            for (var caller : running) {
                caller.get();
            }
            System.out.printf(
                    "measured on a cluster of %d nodes: node %d killed, all boards answer and all presence is right after %d ms, answers %s%n",
                    NODES, node + 1, millis, new TreeMap<>(answers));
            assertThat(answers.keySet()).isSubsetOf(200, 503, 504);

            await().atMost(LONG).ignoreExceptions().until(() -> {
                asleep.cut();
                asleep.connect(uri);
                return true;
            });
            for (var place : places) {
                await().atMost(LONG)
                        .until(() ->
                                rest.get(place).body().path("state").asText().equals("done"));
            }
            assertThat(asleep.written())
                    .hasSize(2 * QUEUED)
                    .allSatisfy((text, times) -> assertThat(times).as(text).hasValue(1));
        } finally {
            stop.set(true);
            callers.shutdown();
        }
    }

    /** Each board answers, and the gateway says that it is there. */
    private static void awaitAllOnline(RestClient rest) {
        for (int board = 0; board < BOARDS; board++) {
            var name = "node" + board;
            await().atMost(LONG)
                    .until(() -> isOnline(rest, name)
                            && rest.get("/api/v1/devices/" + name + "/gpio/12").status() == 200);
        }
    }

    private static boolean isOnline(RestClient rest, String board) throws IOException {
        return rest.get("/api/v1/devices/" + board).body().path("online").asBoolean();
    }

    private static List<String> queue(RestClient rest, String board, String word) throws IOException {
        var device = "/api/v1/devices/" + board;
        // The gateway looks twice a second who was registered by others.
        await().atMost(LONG).until(() -> rest.get(device).status() == 200);
        var places = new ArrayList<String>();
        for (int i = 0; i < QUEUED; i++) {
            var kept = rest.post(device + "/uart?queue=600s", "{\"text\":\"" + word + i + "\"}");
            assertThat(kept.status()).as(kept.body().toString()).isEqualTo(202);
            places.add(device + "/queue/" + kept.body().path("id").asText());
        }
        return places;
    }

    private static int count(Map<Integer, AtomicInteger> answers, int status) {
        var count = answers.get(status);
        return count == null ? 0 : count.get();
    }

    private static Callable<Void> reading(
            RestClient rest, String board, AtomicBoolean stop, Map<Integer, AtomicInteger> answers) {
        return () -> {
            while (!stop.get()) {
                int status = rest.get("/api/v1/devices/" + board + "/gpio/12").status();
                answers.computeIfAbsent(status, key -> new AtomicInteger()).incrementAndGet();
            }
            return null;
        };
    }
}
