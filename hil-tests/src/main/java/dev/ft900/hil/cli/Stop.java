package dev.ft900.hil.cli;

import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.gateway.app.Gateway;
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

    /**
     * Returns when somebody wants the process to end.
     *
     * @throws CommandException another gateway has taken this one's place
     */
    void await(Gateway gateway) throws InterruptedException, CommandException {
        gateway.replaced().thenRun(asked::countDown);
        asked.await();
        if (gateway.replaced().isDone()) {
            throw new CommandException(
                    ExitCode.ENVIRONMENT,
                    "expected to be the only gateway of this name on the database; another one took its place. Give each gateway a name of "
                            + "its own (setting name).");
        }
    }

    @Override
    public void close() {
        putAway.countDown();
    }
}
