package dev.ft900.gateway.http;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Takes connections, and knows of each the loop (Jetty's selector) whose thread waits for its bytes. What never waits can be done there: where
 * many calls are under way that thread is awake, and nobody else need be woken for each of them.
 */
final class LoopConnector extends ServerConnector {
    LoopConnector(Server server, ConnectionFactory... factories) {
        super(server, factories);
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector loop, SelectionKey key) {
        var end = new LoopEndPoint(channel, loop, key, getScheduler());
        end.setIdleTimeout(getIdleTimeout());
        return end;
    }

    /** Does work that never waits on the loop of a connection; on {@code others} where it has none. */
    static Executor loopOf(Connection connection, Executor others) {
        var end = connection.getEndPoint();
        while (end instanceof EndPoint.Wrapper wrapper) {
            end = wrapper.unwrap();
        }
        return end instanceof LoopEndPoint known ? known : others;
    }

    private static final class LoopEndPoint extends SocketChannelEndPoint implements Executor {
        private final ManagedSelector loop;

        LoopEndPoint(SocketChannel channel, ManagedSelector loop, SelectionKey key, Scheduler scheduler) {
            super(channel, loop, key, scheduler);
            this.loop = loop;
        }

        @Override
        public void execute(Runnable work) {
            loop.submit(selector -> work.run());
        }
    }
}
