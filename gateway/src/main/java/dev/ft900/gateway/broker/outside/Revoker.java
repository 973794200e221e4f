package dev.ft900.gateway.broker.outside;

import dev.ft900.ca.store.Revocation;
import dev.ft900.ca.store.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shuts out who was revoked, on a thread of its own: first new lists, so that nobody gets in again, then the end of the sessions. Repeats
 * what the broker could not be told, as long as it takes. Sessions are ended a second time a second later, for those that were being set
 * up when the lists changed. Lists are also renewed every day, and when there is a new authority.
 *
 * <p>Remembers in the kit up to which revocation it is done, so that a new start ends the sessions of those that were revoked meanwhile
 * and of nobody else.
 */
final class Revoker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Revoker.class);

    private static final String DONE = "revocations-done";
    private static final Duration RENEW = Duration.ofDays(1);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofMillis(500);
    /** OpenSSL keeps the older of two lists of the same second. */
    private static final Duration BETWEEN_LISTS = Duration.ofSeconds(1);

    private final RevocationFiles files;
    private final RevocationLists lists;
    private final Reload reload;
    private final SessionEnder sessions;
    private final Function<Revocation, String> sessionToEnd;
    private final Path done;
    private final BlockingQueue<Revocation> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private Set<String> again = Set.of();
    private List<X509CRL> published = List.of();
    private long publishedAt;

    /** @param sessionToEnd the name of the session that ends with a revocation; empty text for none */
    Revoker(
            RevocationFiles files,
            RevocationLists lists,
            Reload reload,
            SessionEnder sessions,
            Function<Revocation, String> sessionToEnd,
            Path kit) {
        this.files = files;
        this.lists = lists;
        this.reload = reload;
        this.sessions = sessions;
        this.sessionToEnd = sessionToEnd;
        this.done = kit.resolve(DONE);
        this.thread = new Thread(this::run, "revoker");
        thread.setDaemon(true);
        thread.start();
    }

    /** Notes up to which revocation the lists and sessions of a new kit are right. */
    static void begin(Path kit, long sequence) throws IOException {
        StateFolder.write(kit.resolve(DONE), Long.toString(sequence).getBytes(StandardCharsets.US_ASCII));
    }

    void add(Revocation revocation) {
        queue.add(revocation);
    }

    private void run() {
        long upTo = readDone();
        try {
            insist(this::publish);
            while (true) {
                var patience = again.isEmpty() ? LOOK : AGAIN;
                var next = queue.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
                end(again);
                again = Set.of();
                if (next == null) {
                    insist(this::publishIfDue);
                } else {
                    upTo = shutOut(all(next), upTo);
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

    /** @return up to which revocation everything is done */
    private long shutOut(List<Revocation> revocations, long upTo) throws InterruptedException {
        var news = revocations.stream()
                .filter(revocation -> revocation.sequence() > upTo)
                .toList();
        if (news.isEmpty()) {
            return upTo;
        }
        insist(this::publish);
        var names = commonNames(news);
        end(names);
        again = names;
        long reached = news.stream().mapToLong(Revocation::sequence).max().orElse(upTo);
        insist(() -> StateFolder.write(done, Long.toString(reached).getBytes(StandardCharsets.US_ASCII)));
        return reached;
    }

    private long readDone() {
        try {
            return Files.exists(done) ? Long.parseLong(Files.readString(done).strip()) : 0;
        } catch (IOException | NumberFormatException e) {
            LOG.warn("{} cannot be read; all revocations are gone through again", done, e);
            return 0;
        }
    }

    private Set<String> commonNames(Collection<Revocation> revocations) {
        var names = new LinkedHashSet<String>();
        for (var revocation : revocations) {
            var name = sessionToEnd.apply(revocation);
            if (!name.isEmpty()) {
                LOG.info("{} is cut off: its certificate {} was revoked", name, revocation.serial());
                names.add(name);
            }
        }
        return names;
    }

    private void publishIfDue() throws IOException, InterruptedException {
        if (System.nanoTime() - publishedAt > RENEW.toNanos() || lists.authorities() != published.size()) {
            publish();
        }
    }

    private void publish() throws IOException, InterruptedException {
        var fresh = lists.make();
        while (isSameSecond(fresh)) {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LISTS.toMillis() / 10);
            fresh = lists.make();
        }
        files.write(fresh);
        reload.run();
        published = fresh;
        publishedAt = System.nanoTime();
    }

    private boolean isSameSecond(List<X509CRL> fresh) {
        var before = published.stream().map(X509CRL::getThisUpdate).max(Date::compareTo);
        return before.isPresent()
                && fresh.stream().anyMatch(list -> !list.getThisUpdate().after(before.get()));
    }

    private void end(Set<String> names) throws InterruptedException {
        for (var name : names) {
            insist(() -> sessions.end(name));
        }
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
                    LOG.warn("the broker could not be told of a revocation; trying again: {}", e.toString());
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
    }
}
