package dev.ft900.hil.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for Ctrl-C, and holds the process back until the command, closing this, says that everything is put away. */
final class Stop implements AutoCloseable {
    private static final Duration PUT_AWAY = Duration.ofSeconds(20);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch putAway = new CountDownLatch(1);

    private final Duration patience;

    /** @param draining how long what is under way may take to finish, before things are put away */
    Stop(Duration draining) {
        patience = draining.plus(PUT_AWAY);
        // The process ends when its hooks have. The hook waits for a word and not for the main thread, which will
        // itself wait in
        // System.exit for the hooks.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            asked.countDown();
            awaitPutAway();
        }));
    }

    private void awaitPutAway() {
        try {
            putAway.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when somebody wants the process to end. */
    void await() throws InterruptedException {
        asked.await();
    }

    @Override
    public void close() {
        putAway.countDown();
    }
}
