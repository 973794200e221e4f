package dev.ft900.gateway.http;

import dev.ft900.gateway.event.EventHub;
import dev.ft900.gateway.event.EventId;
import dev.ft900.gateway.event.EventStream;
import dev.ft900.protocol.name.BoardId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.glassfish.jersey.server.ChunkedOutput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes streams of server-sent events. Each stream has a thread of its own, since writing waits for the listener; the hub bounds how many
 * there are. Safe for use by several threads.
 */
public final class EventFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);

    /** How often something is said on a quiet stream, so that nobody on the way takes it for dead. */
    private static final Duration ALIVE = Duration.ofSeconds(10);

    /** After how many milliseconds a browser is to come back. */
    private static final String OPENING = "retry: 1000\n: the gateway listens\n\n";

    private static final String ENDED = ": these credentials may listen no more\n\n";

    /** How long somebody may go on listening whose token ended or was revoked. */
    private static final Duration ASKED_AGAIN = Duration.ofSeconds(1);

    private static final int SHARES = 4;

    private final EventHub hub;
    /** How many each caller has. */
    private final Map<String, Integer> streams = new ConcurrentHashMap<>();

    private final int mostPerCaller;
    private final ExecutorService threads;

    public EventFeed(EventHub hub) {
        this.hub = hub;
        // Nobody keeps all others out.
        this.mostPerCaller = Math.max(1, hub.mostListeners() / SHARES);
        var count = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(runnable -> {
            var thread = new Thread(runnable, "events-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Streams events until the listener goes away or the gateway stops.
     *
     * @param wanted which boards; asked while an event is published, and so at once
     * @param hearing which of those the caller may hear of, and how long
     * @param lastSeen the header {@code Last-Event-ID}; null to begin with the next event
     * @return what is written to the listener, by a thread of ours
     */
    ChunkedOutput<byte[]> stream(Predicate<BoardId> wanted, Hearing hearing, String lastSeen) {
        var after = Optional.ofNullable(lastSeen).map(text -> EventId.from(text)
                .orElseThrow(() -> new ProblemException(
                        Problem.Kind.BAD_VALUE,
                        "expected Last-Event-ID to be the id of an event, such as " + hub.newest())));
        var caller = hearing.key();
        if (streams.merge(caller, 1, Integer::sum) > mostPerCaller) {
            ended(caller);
            throw new ProblemException(
                    Problem.Kind.TOO_MANY_STREAMS,
                    "this caller listens " + mostPerCaller + " times already, as often as one may; end a stream first");
        }
        var stream = hub.listen(wanted, after);
        if (stream.isEmpty()) {
            ended(caller);
            throw new ProblemException(
                    Problem.Kind.TOO_MANY_STREAMS, "as many listen to events as this gateway serves; try again later");
        }
        var output = new ChunkedOutput<byte[]>(byte[].class);
        threads.execute(() -> {
            try {
                write(stream.get(), hearing, output);
            } finally {
                ended(caller);
            }
        });
        return output;
    }

    private void ended(String caller) {
        streams.computeIfPresent(caller, (same, count) -> count == 1 ? null : count - 1);
    }

    private void write(EventStream stream, Hearing hearing, ChunkedOutput<byte[]> out) {
        try (stream;
                out) {
            send(out, OPENING);
            if (stream.gap().isPresent()) {
                send(out, EventViews.gap(stream.gap().get().toString()));
            }
            for (var event : stream.missed()) {
                if (hearing.hears(event.board())) {
                    send(out, EventViews.text(event));
                }
            }
            long said = System.nanoTime();
            long asked = said;
            while (!stream.isOver()) {
                var event = stream.next(ASKED_AGAIN).filter(next -> hearing.hears(next.board()));
                if (System.nanoTime() - asked >= ASKED_AGAIN.toNanos()) {
                    asked = System.nanoTime();
                    if (!hearing.goesOn()) {
                        send(out, ENDED);
                        return;
                    }
                }
                // Events that the caller may not see keep nobody awake.
                boolean isQuiet = System.nanoTime() - said >= ALIVE.toNanos();
                if (event.isPresent() || isQuiet) {
                    send(out, event.map(EventViews::text).orElse(": alive\n\n"));
                    said = System.nanoTime();
                }
            }
        } catch (IOException e) {
            LOG.debug("a listener to events is gone: {}", e.getMessage());
        } catch (RuntimeException e) {
            // It comes again with the last event that it saw.
            LOG.warn("a stream of events is ended, since it cannot be found out what its listener may see", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(ChunkedOutput<byte[]> out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        hub.close();
        threads.shutdownNow();
    }
}
