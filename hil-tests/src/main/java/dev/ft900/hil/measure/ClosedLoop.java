package dev.ft900.hil.measure;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
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
 * Callers that each send the next request as soon as they have the answer to the one before, each on an HTTPS connection of its own
 * (HTTP/1.1). One thread plays all of them, as load generators do, so that the processors are the gateway's.
 */
final class ClosedLoop implements AutoCloseable {
    private static final int OK = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final NioEventLoopGroup thread = new NioEventLoopGroup(1);
    private final CompletableFuture<Void> broken = new CompletableFuture<>();
    private final AtomicLong answered = new AtomicLong();
    private final List<Channel> callers = new ArrayList<>();
    private final ByteBuf request;

    /**
     * Connects; when it returns, every caller has its first answer.
     *
     * @param request the bytes that each of them sends again and again
     * @param inFlight how many callers there are
     */
    ClosedLoop(URI gateway, SSLContext tls, byte[] request, int inFlight) throws IOException {
        this.request = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(request));
        try {
            var ready = new ArrayList<CompletableFuture<Void>>();
            for (int i = 0; i < inFlight; i++) {
                var first = new CompletableFuture<Void>();
                ready.add(first);
                callers.add(connect(gateway, tls, new Caller(first)));
            }
            await(CompletableFuture.allOf(ready.toArray(CompletableFuture[]::new)));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private Channel connect(URI gateway, SSLContext tls, Caller caller) {
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
                        engine.setSSLParameters(parameters);
                        channel.pipeline().addLast(new SslHandler(engine), new HttpResponseDecoder(), caller);
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
        callers.forEach(caller -> caller.writeAndFlush(request.duplicate()));
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
        callers.forEach(Channel::close);
        thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(PATIENCE.toMillis());
    }

    /** One of them; on the one thread. */
    private final class Caller extends SimpleChannelInboundHandler<HttpObject> {
        private final CompletableFuture<Void> first;

        Caller(CompletableFuture<Void> first) {
            this.first = first;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.writeAndFlush(request.duplicate());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject part) throws IOException {
            if (part instanceof HttpResponse response && response.status().code() != OK) {
                throw new IOException("expected every command to succeed; one came back with status "
                        + response.status().code());
            }
            if (!(part instanceof LastHttpContent)) {
                return;
            }
            // The first is waited for, and the next begins with those of all others.
            if (!first.complete(null)) {
                answered.incrementAndGet();
                context.writeAndFlush(request.duplicate());
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            broken.completeExceptionally(new IOException("the gateway closed a connection"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            broken.completeExceptionally(cause);
            context.close();
        }
    }
}
