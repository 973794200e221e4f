package dev.ft900.hil.measure;

import dev.ft900.ca.authority.IssuingException;
import dev.ft900.ca.authority.Profiles;
import dev.ft900.ca.authority.SubjectName;
import dev.ft900.gateway.app.Gateway;
import dev.ft900.gateway.tls.TlsIdentity;
import dev.ft900.hil.rest.RestClient;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.pad.Pad;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final byte[] request;
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
        this.request = KeepAliveConnection.get(gateway, "/api/v1/devices/" + board + "/gpio/" + PAD, running.token());
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
            double reached = load(IN_FLIGHT);
            noBetter = reached < best * STEADY ? noBetter + 1 : 0;
            best = Math.max(best, reached);
        }
    }

    /** One run. */
    public Figures run() throws IOException {
        var latencies = roundTrips(plan.samples());
        return new Figures(
                latencies.rest().quantileMillis(0.5),
                latencies.rest().quantileMillis(0.99),
                latencies.mqtt().quantileMillis(0.5),
                latencies.mqtt().quantileMillis(0.99),
                load(1),
                load(IN_FLIGHT));
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
        int status = http.exchange(request);
        if (status != OK) {
            throw new IOException("expected every command to succeed; one came back with status " + status);
        }
    }

    /** @return commands per second with so many under way at all times */
    private double load(int inFlight) throws IOException {
        var ready = new CountDownLatch(inFlight);
        var go = new CountDownLatch(1);
        var stop = new AtomicBoolean();
        var callers = Executors.newFixedThreadPool(inFlight);
        try {
            var counts = new ArrayList<Future<Long>>();
            for (int i = 0; i < inFlight; i++) {
                counts.add(callers.submit(caller(ready, go, stop)));
            }
            ready.await();
            long start = System.nanoTime();
            go.countDown();
            Thread.sleep(plan.load().toMillis());
            stop.set(true);
            double seconds = (System.nanoTime() - start) / 1e9;
            long total = 0;
            for (var count : counts) {
                total += count.get();
            }
            return total / seconds;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while measuring", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } finally {
            callers.shutdownNow();
        }
    }

    private Callable<Long> caller(CountDownLatch ready, CountDownLatch go, AtomicBoolean stop) {
        return () -> {
            try (var http = connected(ready)) {
                go.await();
                long count = 0;
                while (!stop.get()) {
                    command(http);
                    count++;
                }
                return count;
            }
        };
    }

    /** Connects, with one command so that the handshake is over; a failure must not leave the others waiting. */
    private KeepAliveConnection connected(CountDownLatch ready) throws IOException {
        try {
            var http = new KeepAliveConnection(gateway, tls);
            command(http);
            return http;
        } finally {
            ready.countDown();
        }
    }
}
