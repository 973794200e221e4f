package dev.ft900.hil.measure;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/**
 * Callers that each make the next call as soon as they have the answer to the one before, over HTTPS. One thread plays all of them, as load
 * generators do, so that the processors are the gateway's.
 */
final class ClosedLoop implements AutoCloseable {
    private static final int OK = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final NioEventLoopGroup thread = new NioEventLoopGroup(1);
    private final CompletableFuture<Void> broken = new CompletableFuture<>();
    private final AtomicLong answered = new AtomicLong();
    private final List<Channel> connections = new ArrayList<>();

    /**
     * Connects; when it returns, every caller has its first answer.
     *
     * @param inFlight how many callers there are: a multiple of those on a connection
     */
    ClosedLoop(URI gateway, SSLContext tls, Calls calls, int inFlight) throws IOException {
        try {
            var ready = new ArrayList<CompletableFuture<Void>>();
            for (int i = 0; i < inFlight; i += calls.perConnection()) {
                var first = new CompletableFuture<Void>();
                ready.add(first);
                connections.add(connect(gateway, tls, calls, new Connection(calls, first)));
            }
            await(CompletableFuture.allOf(ready.toArray(CompletableFuture[]::new)));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private Channel connect(URI gateway, SSLContext tls, Calls calls, Connection connection) {
        return new Bootstrap()
                .group(thread)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) PATIENCE.toMillis())
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        var engine = tls.createSSLEngine(gateway.getHost(), gateway.getPort());
                        engine.setUseClientMode(true);
                        var parameters = engine.getSSLParameters();
                        parameters.setEndpointIdentificationAlgorithm("HTTPS");
                        parameters.setApplicationProtocols(new String[] {calls.protocol()});
                        engine.setSSLParameters(parameters);
                        channel.pipeline().addLast(new SslHandler(engine), connection);
                        calls.addTo(channel.pipeline(), connection);
                    }
                })
                .connect(gateway.getHost(), gateway.getPort())
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        broken.completeExceptionally(connected.cause());
                    }
                })
                .channel();
    }

    /** Lets them work for so long. @return answers per second */
    double run(Duration time) throws IOException {
        long before = answered.get();
        long start = System.nanoTime();
        connections.forEach(connection -> connection.pipeline().fireUserEventTriggered(Calls.Go.NOW));
        try {
            broken.get(time.toNanos(), TimeUnit.NANOSECONDS);
            throw new IllegalStateException("callers end by being closed");
        } catch (TimeoutException e) {
            // Nothing broke in all that time.
            return (answered.get() - before) / ((System.nanoTime() - start) / 1e9);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while measuring", e);
        }
    }

    private void await(CompletableFuture<Void> ready) throws IOException {
        try {
            CompletableFuture.anyOf(ready, broken).get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException(
                    "expected an answer on each connection within " + PATIENCE.toSeconds()
                            + " s; there was none on some",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while connecting", e);
        }
    }

    private static IOException failure(Throwable cause) {
        return cause instanceof IOException known ? known : new IOException(cause.getMessage(), cause);
    }

    @Override
    public void close() {
        connections.forEach(Channel::close);
        thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(PATIENCE.toMillis());
    }

    /** One of them, and what comes of its calls; on the one thread. */
    private final class Connection extends ChannelInboundHandlerAdapter implements Calls.Progress {
        private final String protocol;
        private final CompletableFuture<Void> ready;
        private int firstToCome;

        Connection(Calls calls, CompletableFuture<Void> ready) {
            this.protocol = calls.protocol();
            this.firstToCome = calls.perConnection();
            this.ready = ready;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent handshake) {
                handshaken(context, handshake);
            } else {
                context.fireUserEventTriggered(event);
            }
        }

        private void handshaken(ChannelHandlerContext context, SslHandshakeCompletionEvent handshake) {
            var chosen = context.pipeline().get(SslHandler.class).engine().getApplicationProtocol();
            if (!handshake.isSuccess()) {
                broken(handshake.cause());
            } else if (!protocol.equals(chosen)) {
                broken(new IOException("expected the gateway to speak " + protocol + "; it chose " + chosen));
            } else {
                context.fireUserEventTriggered(Calls.Go.NOW);
            }
        }

        @Override
        public boolean answered(int status) throws IOException {
            if (status != OK) {
                throw new IOException("expected every command to succeed; one came back with status " + status);
            }
            // The first are waited for, and the next begin with those of all other connections.
            if (firstToCome > 0) {
                firstToCome--;
                if (firstToCome == 0) {
                    ready.complete(null);
                }
                return false;
            }
            answered.incrementAndGet();
            return true;
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            broken(new IOException("the gateway closed a connection"));
            context.fireChannelInactive();
        }

        @Override
        public void broken(Throwable cause) {
            broken.completeExceptionally(cause);
        }
    }
}
