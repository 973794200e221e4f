package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.BoardStore;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.device.Origin;
import dev.ft900.gateway.device.QueuedCommand;
import dev.ft900.gateway.store.GatewayDatabase;
import dev.ft900.gateway.store.SqlCommandQueue;
import dev.ft900.hil.rest.RestClient;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.CommandId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one and two gateways do on this machine, which clients, broker, database and boards share; the figures of docs/scaling.md. */
@Tag("scale-suite")
class ScalingIT {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int BOARDS = 16;
    private static final int CALLERS = 16;
    private static final Duration WARM_UP = Duration.ofSeconds(6);
    private static final Duration MEASURED = Duration.ofSeconds(8);
    private static final int QUEUED = 300;

    @TempDir
    private Path dir;

    @Test
    void commandsThroughOneAndThroughTwoGateways() throws Exception {
        try (var two = TwoGateways.start(dir);
                var database = StateDatabase.open(two.stateA())) {
            var authority = new AuthorityFolder(two.stateA(), database, Clock.systemUTC())
                    .open()
                    .orElseThrow();
            var enrolment = new Enrolment(database, authority, Clock.systemUTC());
            try (var fleet = TestFleet.register(enrolment, authority.root(), two.broker(), "scale", BOARDS)) {
                fleet.powerOn();
                var one = List.of(two.a().rest());
                var both = List.of(two.a().rest(), two.b().rest());
                awaitOnline(both);

                load(both, true, WARM_UP);
                say("reads, one gateway: %s", load(one, false, MEASURED));
                say("reads, two gateways: %s", load(both, false, MEASURED));
                say("writes, one gateway: %s", load(one, true, MEASURED));
                say("writes, two gateways: %s", load(both, true, MEASURED));

                say("memory: gateways %d and %d MiB resident", resident(two.a()), resident(two.b()));
                // Of a gateway each; those of this test go by the same name.
                say("connections to PostgreSQL after the load: %d", connections(database));
            }
        }
    }

    private static void awaitOnline(List<RestClient> gateways) {
        for (var rest : gateways) {
            for (int i = 0; i < BOARDS; i++) {
                var device = "/api/v1/devices/scale" + i;
                await().atMost(LONG)
                        .until(() -> rest.get(device).body().path("online").asBoolean());
            }
        }
    }

    private record Load(double perSecond, double p50, double p99) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f/s, p50 %.1f ms, p99 %.1f ms", perSecond, p50, p99);
        }
    }

    private static Load load(List<RestClient> gateways, boolean writes, Duration time) throws Exception {
        var threads = Executors.newFixedThreadPool(CALLERS);
        try {
            long start = System.nanoTime();
            var callers = new ArrayList<Callable<List<Long>>>();
            for (int i = 0; i < CALLERS; i++) {
                var rest = gateways.get(i % gateways.size());
                var pin = "/api/v1/devices/scale" + i % BOARDS + "/gpio/42";
                callers.add(() -> call(rest, pin, writes, start + time.toNanos()));
            }
            var nanos = new ArrayList<Long>();
            for (var caller : threads.invokeAll(callers)) {
                nanos.addAll(caller.get());
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            Collections.sort(nanos);
            return new Load(nanos.size() / seconds, millis(nanos, 0.5), millis(nanos, 0.99));
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Long> call(RestClient rest, String pin, boolean writes, long until) throws IOException {
        var nanos = new ArrayList<Long>();
        for (int i = 0; System.nanoTime() < until; i++) {
            long start = System.nanoTime();
            var answer = writes ? rest.put(pin, "{\"direction\":\"out\",\"value\":" + i % 2 + "}") : rest.get(pin);
            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
            nanos.add(System.nanoTime() - start);
        }
        return nanos;
    }

    private static double millis(List<Long> sorted, double part) {
        return sorted.get((int) (part * (sorted.size() - 1))) / 1e6;
    }

    private static long resident(GatewayProcess gateway) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + gateway.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1_024)
                .findFirst()
                .orElseThrow();
    }

    private static int connections(StateDatabase database) {
        return database.jdbi().withHandle(handle -> handle.createQuery(
                        "select count(*) from pg_stat_activity where application_name = 'ft900'")
                .mapTo(int.class)
                .one());
    }

    @Test
    void aQueuedCommandsWayThroughTheDatabase() throws Exception {
        measureQueue("SQLite", new StateFolder(dir.resolve("sqlite")));
        try (var postgres = TestPostgres.start(Files.createDirectory(dir.resolve("server")))) {
            var state = new StateFolder(dir.resolve("postgresql"));
            postgres.database("queue").save(state);
            measureQueue("PostgreSQL", state);
        }
    }

    private static void measureQueue(String kind, StateFolder state) throws IOException {
        try (var database = GatewayDatabase.migrate(StateDatabase.open(state))) {
            var queue = new SqlCommandQueue(database, "run", () -> true);
            var board = new BoardId("board1");
            database.jdbi()
                    .useTransaction(handle -> new BoardStore(handle).add(board, Optional.empty(), Instant.EPOCH));
            var added = new ArrayList<Long>();
            var claimed = new ArrayList<Long>();
            var ended = new ArrayList<Long>();
            for (int i = 0; i < QUEUED; i++) {
                var id = "command" + i;
                added.add(time(() -> queue.add(queued(board, id))));
                claimed.add(time(() -> {
                    assertThat(queue.next(board)).isPresent();
                    assertThat(queue.claim(id, new CommandId("c"), Instant.now()))
                            .isTrue();
                }));
                ended.add(time(() -> queue.ended(id, QueuedCommand.State.DONE, "done", "", Instant.now())));
            }
            for (var times : List.of(added, claimed, ended)) {
                Collections.sort(times);
            }
            say(
                    "%s: queue %.2f ms, find and claim %.2f ms, end %.2f ms (medians of %d)",
                    kind, millis(added, 0.5), millis(claimed, 0.5), millis(ended, 0.5), QUEUED);
        }
    }

    private static long time(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return System.nanoTime() - start;
    }

    private static QueuedCommand queued(BoardId board, String id) {
        var now = Instant.now();
        return new QueuedCommand(
                id,
                board,
                new Origin("request", "ci"),
                new Command.ReadStatus(),
                QueuedCommand.State.QUEUED,
                now,
                now.plusSeconds(60),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "");
    }

    private static void say(String format, Object... values) {
        System.out.println("measured on this machine: " + String.format(Locale.ROOT, format, values));
    }
}
