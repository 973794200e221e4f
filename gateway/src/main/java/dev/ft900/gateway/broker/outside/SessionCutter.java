package dev.ft900.gateway.broker.outside;

import dev.ft900.ca.store.Revocation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the sessions of those who were revoked, on a thread of its own, in the order and as often as a {@link CutSchedule} says, and tries
 * again for as long as the broker cannot be told.
 *
 * <p>Remembers in the kit up to which revocation it is done, so that a new start ends the sessions of those that were revoked meanwhile
 * and of nobody else.
 */
final class SessionCutter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionCutter.class);

    private static final Duration STOP = Duration.ofSeconds(5);

    private final SessionEnder sessions;
    private final Function<Revocation, String> sessionToEnd;
    private final RevocationsDone done;
    private final BlockingQueue<Revocation> queue = new LinkedBlockingQueue<>();
    private final Thread thread;

    /** Confined to the thread, as is the next one. */
    private final CutSchedule schedule;

    private boolean isFailing;
    private volatile int open;

    /**
     * Begins.
     *
     * @param sessionToEnd the name of the session that ends with a revocation, as things are now; empty text for none
     * @param last when each is ended for the last time, after the first ({@link CutSchedule})
     */
    SessionCutter(
            SessionEnder sessions, Function<Revocation, String> sessionToEnd, RevocationsDone done, Duration last) {
        this.sessions = sessions;
        this.sessionToEnd = sessionToEnd;
        this.done = done;
        this.schedule = new CutSchedule(last, System::nanoTime);
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
                for (var next = queue.poll(); next != null; next = queue.poll()) {
                    take(next);
                }
                // One at a time, since each may take seconds: who was revoked meanwhile goes first.
                var cut = schedule.next();
                if (cut.isPresent()) {
                    cut(cut.get());
                } else {
                    schedule.takeDone().ifPresent(done::note);
                    rest();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the session cutter ends");
        }
    }

    private void take(Revocation revocation) {
        schedule.add(revocation);
        open = schedule.open();
    }

    private void cut(CutSchedule.Cut cut) throws InterruptedException {
        if (isCut(cut)) {
            schedule.succeeded(cut);
            open = schedule.open();
        } else {
            schedule.failed(cut);
        }
    }

    private void rest() throws InterruptedException {
        var pause = schedule.pause();
        var next = pause.isPresent() ? queue.poll(pause.get().toNanos(), TimeUnit.NANOSECONDS) : queue.take();
        if (next != null) {
            take(next);
        }
    }

    // Whatever it is, it is tried again: nobody who was revoked stays.
    @SuppressWarnings("PMD.AvoidCatchingGenericException")
    private boolean isCut(CutSchedule.Cut cut) throws InterruptedException {
        try {
            var name = sessionToEnd.apply(cut.revocation());
            if (!name.isEmpty()) {
                sessions.end(name);
                if (cut.ended() == 0) {
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
