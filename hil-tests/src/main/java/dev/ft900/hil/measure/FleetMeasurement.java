package dev.ft900.hil.measure;

import dev.ft900.agent.fleet.FleetFile;
import dev.ft900.ca.authority.IssuingException;
import dev.ft900.gateway.app.Gateway;
import dev.ft900.hil.rest.RestClient;
import dev.ft900.protocol.name.BoardId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Measures one gateway with thousands of boards, which a simulator in a process of its own plays: how long they take to connect, what one
 * takes of memory, and how long commands to boards picked at random take at a steady rate. Every second command is a write.
 */
public final class FleetMeasurement {
    private static final String PREFIX = "fleet";
    private static final int PAD = 12;
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Gateway gateway;
    private final Plan plan;
    private final Consumer<String> say;

    /**
     * How much to measure.
     *
     * @param boards how many
     * @param atOnce how many of them may be connecting at a time
     * @param perSecond commands per second
     * @param warmUp commands before anything counts
     * @param samples commands that count
     * @param patience for all boards to be online
     */
    public record Plan(int boards, int atOnce, int perSecond, int warmUp, int samples, Duration patience) {}

    /** @param say is told what happens, for people */
    public FleetMeasurement(Gateway gateway, Plan plan, Consumer<String> say) {
        this.gateway = gateway;
        this.plan = plan;
        this.say = say;
    }

    /**
     * Measures once, with boards that are registered for this.
     *
     * @param mainClass of the toolkit, for the simulator's process
     * @param scratch a folder for the boards' identities
     */
    public FleetFigures run(String mainClass, Path scratch) throws IOException {
        var records = scratch.resolve("fleet");
        var before = ProcessMemory.own();
        say.accept("Registering " + plan.boards() + " boards ...");
        register(records);
        say.accept("Connecting " + plan.boards() + " boards ...");
        try (var simulator = new FleetSimulator(mainClass, records, plan.atOnce())) {
            var connected = simulator.awaitConnected(plan.boards(), plan.patience());
            long subscribed = System.nanoTime();
            awaitOnline();
            double online = connected.millis() / 1e3 + (System.nanoTime() - subscribed) / 1e9;
            var after = ProcessMemory.own();
            var simulatorResident = ProcessMemory.resident(simulator.pid());
            say.accept(plan.perSecond() + " commands a second to boards at random ...");
            var rate = rate();
            rate.run(plan.warmUp());
            var outcome = rate.run(plan.samples());
            return new FleetFigures(
                    plan.boards(),
                    connected.millis() / 1e3,
                    online,
                    connected.failures(),
                    plan.samples() - outcome.otherAnswers(),
                    outcome.otherAnswers(),
                    outcome.perSecond(),
                    outcome.times().quantileMillis(0.5),
                    outcome.times().quantileMillis(0.99),
                    outcome.times().quantileMillis(1),
                    perBoardKiB(after.heapBytes() - before.heapBytes()),
                    resident(before.residentBytes(), after.residentBytes()),
                    resident(OptionalLong.of(0), simulatorResident));
        }
    }

    private void register(Path records) throws IOException {
        var identities = new FleetIdentities(
                gateway.enrolment(),
                gateway.authority().root(),
                gateway.endpoints().broker());
        try {
            FleetFile.write(records, identities.register(PREFIX, plan.boards()));
        } catch (IssuingException e) {
            throw new IOException("the boards cannot be registered: " + e.getMessage(), e);
        }
    }

    private void awaitOnline() throws IOException {
        long deadline = System.nanoTime() + plan.patience().toNanos();
        while (online() < plan.boards()) {
            if (deadline - System.nanoTime() < 0) {
                throw new IOException("expected " + plan.boards() + " boards to be online within "
                        + plan.patience().toSeconds() + " s; got " + online());
            }
            try {
                Thread.sleep(LOOK.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while boards were connecting", e);
            }
        }
    }

    private long online() {
        return IntStream.range(0, plan.boards())
                .filter(i -> gateway.isOnline(new BoardId(PREFIX + i)))
                .count();
    }

    private FixedRate rate() {
        var address = gateway.endpoints().gateway();
        var tls = RestClient.trusting(gateway.authority().root());
        var boards = new Random(1)
                .ints(0, plan.boards())
                .limit(plan.warmUp() + plan.samples())
                .toArray();
        return new FixedRate(
                () -> new KeepAliveConnection(address, tls),
                n -> {
                    var path = "/api/v1/devices/" + PREFIX + boards[n] + "/gpio/" + PAD;
                    return n % 2 == 0
                            ? KeepAliveConnection.get(address, path, gateway.token())
                            : KeepAliveConnection.put(
                                    address,
                                    path,
                                    gateway.token(),
                                    "{\"direction\":\"out\",\"value\":" + n / 2 % 2 + "}");
                },
                plan.perSecond());
    }

    private double perBoardKiB(long bytes) {
        return bytes / 1024.0 / plan.boards();
    }

    private double resident(OptionalLong before, OptionalLong after) {
        return before.isPresent() && after.isPresent() ? perBoardKiB(after.getAsLong() - before.getAsLong()) : -1;
    }
}
