package dev.ft900.gateway.http;

import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The threads that serve requests. The handlers must wait for nothing; {@link PoolHandler} gives those that do a thread of their own. */
final class ServingThreads extends QueuedThreadPool {
    private static final int MIN = 8;
    private static final int MAX = 64;

    ServingThreads() {
        super(MAX, MIN);
        setName("http");
    }

    /**
     * Jetty goes on by this way with a connection whose call was answered later than it came (HTTP/1.1). There is seldom more to do than to wait
     * for the next one, which is the business of the connection's loop.
     */
    @Override
    public void execute(Runnable task) {
        if (task instanceof Connection connection) {
            LoopConnector.loopOf(connection, super::execute).execute(task);
        } else {
            super.execute(task);
        }
    }
}
