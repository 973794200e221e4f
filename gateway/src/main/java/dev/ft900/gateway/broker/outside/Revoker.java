package dev.ft900.gateway.broker.outside;

import dev.ft900.ca.store.Revocation;
import java.io.IOException;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shuts out who was revoked: first new lists, on a thread of its own, so that nobody gets in again; then the sessions end, which the
 * {@link SessionCutter} sees to, so that a broker that cannot be told about them holds up no list. Repeats what fails, as long as it takes. Lists
 * are also renewed every day, and when there is a new authority.
 */
final class Revoker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Revoker.class);

    private static final Duration RENEW = Duration.ofDays(1);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration LOOK_AT_CLOCK = Duration.ofMillis(100);

    private final RevocationFiles files;
    private final RevocationLists lists;
    private final Reload reload;
    private final SessionCutter sessions;
    private final BlockingQueue<Revocation> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private List<X509CRL> published = List.of();
    private int authorities;
    private long publishedAt;

    /** @param sessions is told of revocations when they are in the lists; ends with this */
    Revoker(RevocationFiles files, RevocationLists lists, Reload reload, SessionCutter sessions) {
        this.files = files;
        this.lists = lists;
        this.reload = reload;
        this.sessions = sessions;
        this.thread = new Thread(this::run, "revoker");
        thread.setDaemon(true);
        thread.start();
    }

    void add(Revocation revocation) {
        queue.add(revocation);
    }

    /** How many revocations are not in the lists yet, or in them while the session may still be there. */
    int open() {
        return queue.size() + sessions.open();
    }

    private void run() {
        try {
            insist(this::publish);
            while (true) {
                var next = queue.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (next == null) {
                    insist(this::publishIfDue);
                } else {
                    shutOut(all(next));
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the revoker ends");
        }
    }

    private List<Revocation> all(Revocation first) {
        var revocations = new ArrayList<Revocation>();
        revocations.add(first);
        queue.drainTo(revocations);
        return revocations;
    }

    private void shutOut(List<Revocation> revocations) throws InterruptedException {
        var news = revocations.stream()
                .filter(revocation -> !sessions.isDone(revocation))
                .toList();
        if (!news.isEmpty()) {
            insist(this::publish);
            sessions.add(news);
        }
    }

    private void publishIfDue() throws IOException, InterruptedException {
        if (System.nanoTime() - publishedAt > RENEW.toNanos() || lists.authorities() != authorities) {
            publish();
        }
    }

    private void publish() throws IOException, InterruptedException {
        // Not the number of lists: an authority whose key is lost has none.
        int known = lists.authorities();
        var fresh = lists.make();
        while (reload.wantsLaterSecond() && isSameSecond(fresh)) {
            TimeUnit.MILLISECONDS.sleep(LOOK_AT_CLOCK.toMillis());
            fresh = lists.make();
        }
        files.write(fresh);
        reload.run();
        published = fresh;
        authorities = known;
        publishedAt = System.nanoTime();
    }

    private boolean isSameSecond(List<X509CRL> fresh) {
        var before = published.stream().map(X509CRL::getThisUpdate).max(Date::compareTo);
        return before.isPresent()
                && fresh.stream().anyMatch(list -> !list.getThisUpdate().after(before.get()));
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void insist(Work work) throws InterruptedException {
        boolean said = false;
        while (true) {
            try {
                work.run();
                return;
            } catch (IOException | RuntimeException e) {
                if (!said) {
                    LOG.warn("the broker's revocation lists could not be renewed; trying again: {}", e.toString());
                    said = true;
                }
                TimeUnit.MILLISECONDS.sleep(RETRY.toMillis());
            }
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
        sessions.close();
    }
}
