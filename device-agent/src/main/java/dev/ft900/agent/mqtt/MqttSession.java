package dev.ft900.agent.mqtt;

import dev.ft900.agent.board.BoardNetwork;
import dev.ft900.agent.board.BoardNetwork.Message;
import dev.ft900.protocol.message.Ipv4Address;
import dev.ft900.protocol.message.Presence.FallBack;
import dev.ft900.protocol.slot.SlotRecord;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.PrivateKey;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One board's connection, made again whenever it is lost, with pauses that double from a quarter of a second and are cut at random, so that
 * a thousand boards do not come back at the same moment. They grow to ten seconds where tries fail that cost the broker work, and to two
 * while nobody listens: being told so costs nobody much, and a broker that starts again is soon found.
 */
final class MqttSession implements BoardNetwork.Session {
    private static final Logger LOG = LoggerFactory.getLogger(MqttSession.class);

    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;
    private static final long LONGEST_PAUSE_UNHEARD_MILLIS = 2_000;

    /** More than any message of the protocol; a longer one ends the connection. */
    private static final int MAX_PACKET_BYTES = 4_096;

    private final EventLoop loop;
    private final SlotRecord slot;
    private final SlotTls tls;
    private final BoardNetwork.Listener listener;
    private MqttConnection connection;
    private int failures;
    private boolean closed;

    MqttSession(EventLoop loop, SlotRecord slot, PrivateKey key, BoardNetwork.Listener listener) {
        this.loop = loop;
        this.slot = slot;
        this.tls = new SlotTls(slot, key);
        this.listener = listener;
        // Not at once: the listener is told of outcomes only after it got this session.
        loop.execute(this::connect);
    }

    private void connect() {
        if (closed) {
            return;
        }
        var trying = new MqttConnection(slot.id().value(), listener, this::accepted, this::lost);
        connection = trying;
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .handler(new WhenReached(trying))
                .connect(slot.broker().host(), slot.broker().port())
                .addListener((ChannelFuture done) -> {
                    if (!done.isSuccess()) {
                        LOG.debug(
                                "{}: {} cannot be reached: {}",
                                slot.id(),
                                slot.broker().uri(),
                                done.cause());
                        lost(Optional.of(FallBack.UNREACHABLE), LONGEST_PAUSE_UNHEARD_MILLIS);
                    }
                });
    }

    /** Begins to speak TLS and MQTT when somebody listens: a thousand boards that try in vain would make and forget a thousand engines a second. */
    private final class WhenReached extends ChannelInboundHandlerAdapter {
        private final MqttConnection trying;

        WhenReached(MqttConnection trying) {
            this.trying = trying;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.pipeline()
                    .addLast(tls.newHandler(ctx.alloc()))
                    .addLast(new MqttDecoder(MAX_PACKET_BYTES))
                    .addLast(MqttEncoder.INSTANCE)
                    .addLast(new IdleStateHandler(
                            2 * MqttConnection.KEEP_ALIVE_SECONDS, MqttConnection.KEEP_ALIVE_SECONDS, 0))
                    .addLast(trying);
            ctx.fireChannelActive();
            ctx.pipeline().remove(this);
        }
    }

    private void accepted() {
        failures = 0;
        listener.connected();
    }

    /** @param why set when the broker had not accepted the board yet */
    private void lost(Optional<FallBack> why) {
        lost(why, LONGEST_PAUSE_MILLIS);
    }

    private void lost(Optional<FallBack> why, long longestPause) {
        if (closed) {
            return;
        }
        connection = null;
        why.ifPresentOrElse(listener::failed, listener::disconnected);
        if (!closed) {
            long pause = Math.min(longestPause, FIRST_PAUSE_MILLIS << Math.min(failures, 10));
            failures++;
            loop.schedule(this::connect, ThreadLocalRandom.current().nextLong(pause / 2, pause), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void publish(Message message, Runnable whenAcknowledged) {
        if (connection != null) {
            connection.publish(message, whenAcknowledged);
        }
    }

    @Override
    public Optional<Ipv4Address> localAddress() {
        return connection != null
                        && connection.localAddress() instanceof InetSocketAddress socket
                        && socket.getAddress() instanceof Inet4Address ip
                ? Optional.of(new Ipv4Address(ByteBuffer.wrap(ip.getAddress()).getInt()))
                : Optional.empty();
    }

    @Override
    public void abort() {
        end(MqttConnection::abort);
    }

    @Override
    public void fallSilent() {
        end(MqttConnection::fallSilent);
    }

    @Override
    public void leave(Message last) {
        end(open -> open.leave(last));
    }

    private void end(Consumer<MqttConnection> how) {
        closed = true;
        if (connection != null) {
            how.accept(connection);
            connection = null;
        }
    }
}
