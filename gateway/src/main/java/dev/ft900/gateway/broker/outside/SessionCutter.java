package dev.ft900.gateway.broker.outside;

import dev.ft900.ca.store.Revocation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the sessions of those who were revoked, on a thread of its own, and tries again for as long as the broker cannot be told. Each is ended a
 * second time a second later, for one that was being set up when the lists changed.
 *
 * <p>Remembers in the kit up to which revocation it is done, so that a new start ends the sessions of those that were revoked meanwhile
 * and of nobody else.
 */
final class SessionCutter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionCutter.class);

    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final SessionEnder sessions;
    private final Function<Revocation, String> sessionToEnd;
    private final RevocationsDone done;
    private final BlockingQueue<Revocation> queue = new LinkedBlockingQueue<>();
    private final Thread thread;

    /** By the place in the order of revoking. Confined to the thread, as are the next two. */
    private final Map<Long, Cut> cuts = new LinkedHashMap<>();

    private Optional<Revocation> taken = Optional.empty();
    private boolean isFailing;
    private volatile int open;

    /**
     * A session to end.
     *
     * @param ended whether it was ended once
     * @param due when to do it, by {@link System#nanoTime}
     */
    private record Cut(Revocation revocation, boolean ended, long due) {}

    /** @param sessionToEnd the name of the session that ends with a revocation, as things are now; empty text for none */
    SessionCutter(SessionEnder sessions, Function<Revocation, String> sessionToEnd, RevocationsDone done) {
        this.sessions = sessions;
        this.sessionToEnd = sessionToEnd;
        this.done = done;
        this.thread = new Thread(this::run, "session-cutter");
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether an earlier run has dealt with it. */
    boolean isDone(Revocation revocation) {
        return done.covers(revocation);
    }

    /** Ends the sessions of these, in whose lists they are by now. */
    void add(List<Revocation> revocations) {
        queue.addAll(revocations);
    }

    /** For how many revocations the broker could not be told yet to end the session. */
    int open() {
        return open + queue.size();
    }

    private void run() {
        try {
            while (true) {
                if (cuts.isEmpty()) {
                    take(queue.take());
                } else {
                    TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
                }
                for (var next = queue.poll(); next != null; next = queue.poll()) {
                    take(next);
                }
                cutWhatIsDue();
                open = (int) cuts.values().stream().filter(cut -> !cut.ended()).count();
                noteWhatIsDone();
            }
        } catch (InterruptedException e) {
            LOG.debug("the session cutter ends");
        }
    }

    private void take(Revocation revocation) {
        taken = Optional.of(revocation);
        cuts.put(revocation.sequence(), new Cut(revocation, false, System.nanoTime()));
        open = cuts.size();
    }

    private void cutWhatIsDue() throws InterruptedException {
        for (var cut : new ArrayList<>(cuts.values())) {
            if (cut.due() - System.nanoTime() > 0) {
                continue;
            }
            long key = cut.revocation().sequence();
            cuts.remove(key);
            if (!isCut(cut)) {
                // At the end of the row: others may be luckier. One try a round, since each may take seconds.
                cuts.put(key, new Cut(cut.revocation(), cut.ended(), System.nanoTime() + RETRY.toNanos()));
                return;
            }
            if (!cut.ended()) {
                cuts.put(key, new Cut(cut.revocation(), true, System.nanoTime() + AGAIN.toNanos()));
            }
        }
    }

    // Whatever it is, it is tried again: nobody who was revoked stays.
    @SuppressWarnings("PMD.AvoidCatchingGenericException")
    private boolean isCut(Cut cut) throws InterruptedException {
        try {
            var name = sessionToEnd.apply(cut.revocation());
            if (!name.isEmpty()) {
                sessions.end(name);
                if (!cut.ended()) {
                    LOG.info(
                            "{} is cut off: its certificate {} was revoked",
                            name,
                            cut.revocation().serial());
                }
            }
            if (isFailing) {
                isFailing = false;
                LOG.info("the broker can be told again whose session ends");
            }
            return true;
        } catch (IOException | RuntimeException e) {
            if (!isFailing) {
                isFailing = true;
                LOG.warn(
                        "the broker cannot be told whose session ends; who was revoked gets in no more, but may still be there. Trying again: {}",
                        e.toString());
            }
            return false;
        }
    }

    private void noteWhatIsDone() {
        if (cuts.values().stream().allMatch(Cut::ended)) {
            taken.ifPresent(done::note);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
