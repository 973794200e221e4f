package dev.ft900.hil.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ft900.agent.fleet.FleetFile;
import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.Profiles;
import dev.ft900.ca.authority.SubjectName;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.CertificateStore;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.mqtt.MqttLink;
import dev.ft900.gateway.mqtt.PahoLink;
import dev.ft900.gateway.tls.TlsIdentity;
import dev.ft900.hil.TestPorts;
import dev.ft900.protocol.dialect.NativeTopic;
import dev.ft900.protocol.dialect.ReplyCodec;
import dev.ft900.protocol.dialect.RequestCodec;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.Request;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.CommandId;
import dev.ft900.protocol.name.GatewayName;
import dev.ft900.protocol.pad.PadSet;
import dev.ft900.protocol.slot.Addressing;
import dev.ft900.protocol.slot.BrokerAddress;
import dev.ft900.protocol.slot.Der;
import dev.ft900.protocol.slot.SlotRecord;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The measurement behind {@code docs/adr/0002-embedded-broker.md}. Not part of {@code mvn verify}; run it, on a quiet machine, with the
 * command that stands there.
 */
class BrokerComparison {
    private static final int BOARDS = Integer.getInteger("boards", 10_000);
    private static final GatewayName GATEWAY = new GatewayName("bench");
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path dir;

    /** A process that we steer by lines and that answers in lines. */
    private static final class Child implements AutoCloseable {
        final Process process;
        final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        Child(List<String> jvm, String main, List<String> arguments) throws IOException {
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString()));
            command.addAll(jvm);
            command.addAll(List.of(
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    main));
            command.addAll(arguments);
            process = new ProcessBuilder(command)
                    .redirectError(new File("target/" + main + ".err"))
                    .start();
            var reader = new Thread(() -> {
                try (var in = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
                    in.lines().forEach(lines::add);
                } catch (IOException e) {
                    lines.add("lost");
                }
            });
            reader.setDaemon(true);
            reader.start();
        }

        void say(String line) throws IOException {
            process.getOutputStream().write((line + "\n").getBytes());
            process.getOutputStream().flush();
        }

        String await(Predicate<String> wanted, int seconds) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            while (true) {
                var line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                assertThat(line)
                        .as("no answer from %s", process.info().commandLine())
                        .isNotNull();
                if (wanted.test(line)) {
                    return line;
                }
            }
        }

        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
            try {
                if (!process.waitFor(30, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    private record Memory(long heapKb, long residentKb) {}

    private static Memory memory(Child broker) throws IOException, InterruptedException {
        broker.say("memory");
        var parts = broker.await(line -> line.startsWith("memory"), 60).split(" ");
        return new Memory(Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    private static JsonNode status(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    /** @return milliseconds since the fleet got power */
    private static long awaitConnected(Child fleet, int count, int seconds) throws Exception {
        var last = new String[] {"nothing"};
        try {
            var reached = fleet.await(
                    line -> {
                        last[0] = line;
                        return line.startsWith("{")
                                && status(line).get("connected").asInt() == count;
                    },
                    seconds);
            return status(reached).get("ms").asLong();
        } catch (AssertionError e) {
            say("gave up after %d s; the fleet's last word: %s", seconds, last[0]);
            throw e;
        }
    }

    static Stream<String> brokers() {
        return Stream.of(System.getProperty("brokers", "hivemq,artemis").split(","));
    }

    @ParameterizedTest
    @MethodSource("brokers")
    void compare(String kind) throws Exception {
        int port = TestPorts.free();
        var state = new StateFolder(dir.resolve("state"));
        var records = dir.resolve("fleet");
        var identity = prepare(state, records, port);
        var heap = List.of("-Xmx" + System.getProperty("heap", "4g"));
        long spawn = System.nanoTime();
        try (var broker = new Child(
                heap, BrokerProcess.class.getName(), List.of(kind, state.path().toString(), "" + port))) {
            var ready = broker.await(line -> line.startsWith("ready"), 60);
            say("%s: broker started in %s ms, process in %d ms", kind, ready.split(" ")[1], millisSince(spawn));
            var empty = memory(broker);
            try (var fleet = new Child(
                    List.of("-Xmx8g"),
                    FleetMain.class.getName(),
                    List.of("fleet", "--json", "--records", records.toString()))) {
                long connected = awaitConnected(fleet, BOARDS, 600);
                say("%s: %d boards connected in %d ms", kind, BOARDS, connected);
                var full = memory(broker);
                say(
                        "%s: empty heap %d KB, resident %d KB; with %d boards heap %d KB, resident %d KB: %.1f KB heap,"
                                + " %.1f KB resident per board",
                        kind,
                        empty.heapKb(),
                        empty.residentKb(),
                        BOARDS,
                        full.heapKb(),
                        full.residentKb(),
                        (full.heapKb() - empty.heapKb()) / (double) BOARDS,
                        (full.residentKb() - empty.residentKb()) / (double) BOARDS);
                roundTrips(kind, port, identity);
                broker.say("revoke b7");
                var cut = broker.await(line -> line.startsWith("revoked"), 30).split(" ")[1];
                long gone = awaitConnected(fleet, BOARDS - 1, 30);
                say("%s: revoke and kick took %s us in the broker (fleet saw it at %d ms)", kind, cut, gone);
                long storm = System.nanoTime();
                fleet.say("reset");
                fleet.await(
                        line -> line.startsWith("{")
                                && status(line).get("connected").asInt() < BOARDS / 2,
                        120);
                awaitConnected(fleet, BOARDS - 1, 600);
                say(
                        "%s: storm of %d boards over in %d ms, the revoked one stayed out",
                        kind, BOARDS, millisSince(storm));
                var after = memory(broker);
                say("%s: after the storm heap %d KB, resident %d KB", kind, after.heapKb(), after.residentKb());
            }
        }
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    private static void say(String format, Object... values) throws IOException {
        var line = String.format(format, values);
        System.out.println(line);
        Files.writeString(
                Path.of("target/broker-comparison.txt"),
                line + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** Registers the boards, writes their identities, and gives us one as a gateway. */
    private static TlsIdentity prepare(StateFolder state, Path file, int port) throws Exception {
        try (var database = StateDatabase.open(state)) {
            var authority = new AuthorityFolder(state, database, Clock.systemUTC()).openOrCreate();
            var enrolment = new Enrolment(database, authority, Clock.systemUTC());
            var root = List.of(new Der(Pem.der(authority.root())));
            var records = new ArrayList<SlotRecord>();
            for (int i = 0; i < BOARDS; i++) {
                var key = KeyKind.P256.generate();
                var id = new BoardId("b" + i);
                var issued = enrolment.register(id, key.getPublic(), Optional.empty(), Optional.empty());
                records.add(new SlotRecord(
                        id,
                        1,
                        new BrokerAddress("localhost", port, "localhost"),
                        root,
                        issued.chain().stream().map(Pem::der).map(Der::new).toList(),
                        Optional.of(new Der(key.getPrivate().getEncoded())),
                        new Addressing.Dhcp(),
                        PadSet.NONE));
            }
            FleetFile.write(file, records);
            var key = KeyKind.P256.generate();
            var issued = database.jdbi()
                    .inTransaction(handle -> authority.issue(
                            new CertificateStore(handle),
                            authority.profiles().get(Profiles.GATEWAY),
                            GATEWAY.commonName(),
                            List.of(SubjectName.ofHost("localhost").orElseThrow()),
                            key.getPublic(),
                            Optional.empty()));
            return new TlsIdentity(key.getPrivate(), issued.chain(), List.of(authority.root()));
        }
    }

    /** Asks boards picked at random for their status, 100 times a second, with all of them connected. */
    private static void roundTrips(String kind, int port, TlsIdentity identity) throws Exception {
        Map<String, Long> sentAt = new ConcurrentHashMap<>();
        var times = new LinkedBlockingQueue<Long>();
        var up = new CountDownLatch(1);
        var listener = new MqttLink.Listener() {
            @Override
            public void connected() {
                up.countDown();
            }

            @Override
            public void disconnected() {}

            @Override
            public void received(String topic, byte[] payload, boolean retained) {
                ReplyCodec.decode(payload)
                        .asOptional()
                        .map(reply -> sentAt.remove(reply.id().value()))
                        .ifPresent(sent -> times.add(System.nanoTime() - sent));
            }
        };
        try (var link = PahoLink.open("ssl://localhost:" + port, GATEWAY.commonName(), () -> identity, listener)) {
            link.subscribe(NativeTopic.replyFilter(GATEWAY));
            assertThat(up.await(30, TimeUnit.SECONDS)).isTrue();
            var random = new Random(1);
            int warm = 500;
            int measured = 2_000;
            for (int i = 0; i < warm + measured; i++) {
                if (i == warm) {
                    times.clear();
                }
                var id = new CommandId("c" + i);
                var topic = new NativeTopic.Requests(new BoardId("b" + random.nextInt(BOARDS)), GATEWAY);
                var request = new Request(id, Optional.empty(), new Command.ReadStatus());
                sentAt.put(id.value(), System.nanoTime());
                link.publish(topic.name(), RequestCodec.encode(request));
                LockSupport.parkNanos(10_000_000);
            }
            LockSupport.parkNanos(500_000_000);
            var sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
            say(
                    "%s: %d round trips at 100/s with all boards connected: p50 %d us, p99 %d us, worst %d us",
                    kind,
                    sorted.length,
                    sorted[sorted.length / 2] / 1_000,
                    sorted[sorted.length * 99 / 100] / 1_000,
                    Arrays.stream(sorted).max().orElse(0) / 1_000);
        }
    }
}
