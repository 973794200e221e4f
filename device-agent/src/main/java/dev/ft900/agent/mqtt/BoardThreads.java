package dev.ft900.agent.mqtt;

import dev.ft900.agent.board.BoardLoop;
import dev.ft900.agent.board.BoardNetwork;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The threads on which boards live. Each board stays on the one that it was given. */
public final class BoardThreads implements AutoCloseable {
    private final EventLoopGroup group;

    /** @param threads how many; two serve thousands of boards */
    public BoardThreads(int threads) {
        group = new NioEventLoopGroup(threads, new DefaultThreadFactory("board", true));
    }

    /** A place for one board. */
    public Place place() {
        var loop = group.next();
        return new Place(new Loop(loop), (slot, key, listener) -> new MqttSession(loop, slot, key, listener));
    }

    /** A thread, and the network as seen from it. */
    public record Place(BoardLoop loop, BoardNetwork network) {}

    /** Ends all threads; connections that are still there end without a word. Returns when they have ended. */
    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    private record Loop(EventLoop loop) implements BoardLoop {
        @Override
        public void execute(Runnable work) {
            loop.execute(work);
        }

        @Override
        public Timer schedule(Duration delay, Runnable work) {
            var scheduled = loop.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }
    }
}
