package dev.ft900.gateway.operations;

import dev.ft900.gateway.device.CommandRecord;
import dev.ft900.gateway.device.Hops;
import dev.ft900.gateway.device.Operation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Figures for Prometheus. Safe for use by several threads. */
public final class Metrics implements CommandRecord.Listener {
    private static final Duration[] BUCKETS = {
        Duration.ofNanos(100_000),
        Duration.ofNanos(250_000),
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Kind, Counter> commands = new ConcurrentHashMap<>();
    private final Timer total = timer("ft900.command", "from the gateway's having a command to its end");
    private final Timer queue = hop("queue");
    private final Timer brokerOut = hop("broker-out");
    private final Timer board = hop("board");
    private final Timer brokerBack = hop("broker-back");

    private record Kind(String operation, String outcome) {}

    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    private Timer hop(String name) {
        return Timer.builder("ft900.hop")
                .description("where the time of commands goes")
                .tag("hop", name)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** A figure that is read when somebody looks. */
    public void gauge(String name, String description, Supplier<Number> figure) {
        Gauge.builder(name, figure).description(description).register(registry);
    }

    @Override
    public void ended(CommandRecord ended) {
        commands.computeIfAbsent(new Kind(Operation.of(ended.command()), ended.outcome()), this::counter)
                .increment();
        total.record(ended.total());
        record(queue, ended.hops().queue());
        record(brokerOut, ended.hops().brokerOut());
        record(board, ended.hops().board());
        record(brokerBack, ended.hops().brokerBack());
    }

    private static void record(Timer timer, long micros) {
        if (micros != Hops.UNKNOWN) {
            timer.record(micros, TimeUnit.MICROSECONDS);
        }
    }

    private Counter counter(Kind kind) {
        return Counter.builder("ft900.commands")
                .description("commands that have ended, by what became of them")
                .tag("operation", kind.operation())
                .tag("outcome", kind.outcome())
                .register(registry);
    }

    /** All figures in Prometheus' text form, version 0.0.4. */
    public String scrape() {
        return registry.scrape();
    }
}
