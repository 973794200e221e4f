package dev.ft900.hil.measure;

import com.sun.management.OperatingSystemMXBean;
import dev.ft900.ca.authority.IssuingException;
import dev.ft900.ca.authority.Profiles;
import dev.ft900.ca.authority.SubjectName;
import dev.ft900.gateway.app.Gateway;
import dev.ft900.gateway.tls.TlsIdentity;
import dev.ft900.hil.rest.RestClient;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.pad.Pad;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;

/** Measures one gateway with one board. */
public final class Measurement {
    private static final Pad PAD = new Pad(12);
    private static final int OK = 200;
    private static final int IN_FLIGHT = 64;

    /** A load that is not better than the best before by this factor says that there is no more to gain. */
    private static final double STEADY = 1.03;

    private final URI gateway;
    private final String brokerUri;
    private final BoardId board;
    private final byte[] read;
    private final Calls reads;
    private final Calls readsOverHttp2;
    private final Calls writes;
    private final SSLContext tls;
    private final TlsIdentity identity;
    private final Plan plan;

    /**
     * How much to measure.
     *
     * @param warmUp round trips of each kind to begin with
     * @param warmUpLoads how often to do that, and load, at most, before anything counts
     * @param samples round trips of each kind that count, in each run
     * @param load how long commands are sent as fast as they go, at 1 and at 64 in flight
     */
    public record Plan(int warmUp, int warmUpLoads, int samples, Duration load) {
        /** Enough for figures that repeat. */
        public static final Plan FULL = new Plan(5_000, 6, 5_000, Duration.ofSeconds(5));
    }

    public Measurement(Gateway running, BoardId board, Plan plan) throws IOException {
        this.gateway = running.endpoints().gateway();
        this.brokerUri = running.endpoints().broker().uri();
        this.board = board;
        this.plan = plan;
        this.tls = RestClient.trusting(running.authority().root());
        var path = "/api/v1/devices/" + board + "/gpio/" + PAD;
        this.read = KeepAliveConnection.get(gateway, path, running.token());
        this.reads = new Http1Calls(read);
        this.readsOverHttp2 = new Http2Calls(gateway, path, running.token());
        this.writes = new Http1Calls(
                KeepAliveConnection.put(gateway, path, running.token(), "{\"direction\":\"out\",\"value\":1}"));
        try {
            this.identity = running.identities()
                    .get(
                            BareMqtt.NAME.value(),
                            Profiles.GATEWAY,
                            BareMqtt.NAME.commonName(),
                            List.of(SubjectName.ofHost("localhost").orElseThrow()));
        } catch (IssuingException e) {
            throw new IOException("the benchmark's certificate cannot be made: " + e.getMessage(), e);
        }
    }

    /**
     * Brings everything to speed; what it measures does not count. A gateway's first minute belongs to the compiler of its virtual machine,
     * which takes a third of two processors: loads until two loads in a row were not clearly better than the best before them.
     */
    public void warmUp() throws IOException {
        double best = 0;
        int noBetter = 0;
        for (int load = 0; load < plan.warmUpLoads() && noBetter < 2; load++) {
            roundTrips(plan.warmUp());
            load(writes, IN_FLIGHT);
            load(readsOverHttp2, IN_FLIGHT);
            double reached = load(reads, IN_FLIGHT);
            noBetter = reached < best * STEADY ? noBetter + 1 : 0;
            best = Math.max(best, reached);
        }
    }

    /** One run. */
    public Figures run() throws IOException {
        var latencies = roundTrips(plan.samples());
        double alone = load(reads, 1);
        long cpu = cpuNanos();
        double together = load(reads, IN_FLIGHT);
        double cpuMicros = (cpuNanos() - cpu) / 1e3 / (together * plan.load().toNanos() / 1e9);
        return new Figures(
                latencies.rest().quantileMillis(0.5),
                latencies.rest().quantileMillis(0.99),
                latencies.mqtt().quantileMillis(0.5),
                latencies.mqtt().quantileMillis(0.99),
                alone,
                together,
                load(readsOverHttp2, IN_FLIGHT),
                load(writes, IN_FLIGHT),
                cpuMicros);
    }

    private record Latencies(Samples rest, Samples mqtt) {}

    /** One after the other, in turn, so that whatever else the machine does falls on both alike. */
    private Latencies roundTrips(int count) throws IOException {
        var latencies = new Latencies(new Samples(count), new Samples(count));
        try (var http = new KeepAliveConnection(gateway, tls);
                var mqtt = new BareMqtt(brokerUri, identity, board)) {
            for (int i = 0; i < count; i++) {
                long start = System.nanoTime();
                command(http);
                long between = System.nanoTime();
                mqtt.roundTrip(PAD);
                latencies.rest().add(between - start);
                latencies.mqtt().add(System.nanoTime() - between);
            }
        }
        return latencies;
    }

    private void command(KeepAliveConnection http) throws IOException {
        int status = http.exchange(read);
        if (status != OK) {
            throw new IOException("expected every command to succeed; one came back with status " + status);
        }
    }

    /** @return commands per second with so many under way at all times */
    private double load(Calls calls, int inFlight) throws IOException {
        try (var callers = new ClosedLoop(gateway, tls, calls, inFlight)) {
            return callers.run(plan.load());
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
