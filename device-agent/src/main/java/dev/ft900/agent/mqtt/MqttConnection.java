package dev.ft900.agent.mqtt;

import dev.ft900.agent.board.BoardNetwork;
import dev.ft900.agent.board.BoardNetwork.Message;
import dev.ft900.protocol.message.Presence.FallBack;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPubAckMessage;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection from handshake to its end.
 *
 * <pre>
 *   TLS ──► CONNECT ──► CONNACK: accepted ──► SUBSCRIBE ──► SUBACK: subscribed ──► PUBLISH both ways
 *    └───────────┴── fails: lost(why)            └──────────────┴── ends: lost()
 * </pre>
 */
final class MqttConnection extends ChannelDuplexHandler {
    private static final Logger LOG = LoggerFactory.getLogger(MqttConnection.class);

    /** A board that is silent for one and a half of this is taken for gone. */
    static final int KEEP_ALIVE_SECONDS = 20;

    /** How long the broker may take from the handshake to its SUBACK. */
    private static final int GREETING_SECONDS = 30;

    private final String clientId;
    private final BoardNetwork.Listener listener;
    private final Runnable accepted;
    private final Consumer<Optional<FallBack>> lost;
    private final PublishWindow window = new PublishWindow(this::writePublish);
    private ChannelHandlerContext context;
    private ScheduledFuture<?> greeting;
    private FallBack reason = FallBack.REFUSED;
    private boolean isAccepted;
    private boolean isOver;
    private boolean isReading;

    /**
     * @param accepted runs when CONNACK said yes
     * @param lost runs when the connection has ended by itself, with the reason if it was never accepted
     */
    MqttConnection(
            String clientId, BoardNetwork.Listener listener, Runnable accepted, Consumer<Optional<FallBack>> lost) {
        this.clientId = clientId;
        this.listener = listener;
        this.accepted = accepted;
        this.lost = lost;
    }

    SocketAddress localAddress() {
        return context == null ? null : context.channel().localAddress();
    }

    void publish(Message message, Runnable whenAcknowledged) {
        if (isAccepted && !isOver) {
            window.publish(message, whenAcknowledged);
        }
    }

    private void writePublish(int packetId, Message message) {
        write(MqttMessageBuilders.publish()
                .topicName(message.topic())
                .qos(MqttQoS.AT_LEAST_ONCE)
                .retained(message.retain())
                .messageId(packetId)
                .payload(Unpooled.wrappedBuffer(message.payload()))
                .build());
    }

    /** Ends it at once, without a DISCONNECT. */
    void abort() {
        isOver = true;
        if (context != null) {
            context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            // The channel's own unsafe close skips the TLS close_notify: a board that resets says nothing.
            context.channel().unsafe().close(context.channel().unsafe().voidPromise());
        }
    }

    /** Neither reads nor writes any more, but leaves the socket open. */
    void fallSilent() {
        isOver = true;
        if (context != null) {
            context.channel().config().setAutoRead(false);
            context.pipeline().remove(IdleStateHandler.class);
        }
    }

    /** Publishes a last message and disconnects in order. */
    void leave(Message last) {
        if (context != null) {
            if (isAccepted && !isOver) {
                window.publishLast(last);
            }
            context.writeAndFlush(MqttMessage.DISCONNECT).addListener(done -> context.close());
        }
        isOver = true;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        if (isOver) {
            ctx.close();
        }
    }

    private void give(FallBack why) {
        reason = why;
        context.close();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && !isOver) {
            if (handshake.isSuccess()) {
                connect();
            } else {
                LOG.debug("{}: TLS failed: {}", clientId, handshake.cause().toString());
                give(reasonOf(handshake.cause()));
            }
        } else if (event instanceof IdleStateEvent idle && isAccepted && !isOver) {
            if (idle.state() == IdleState.WRITER_IDLE) {
                write(MqttMessage.PINGREQ);
            } else {
                ctx.close();
            }
        }
    }

    private static FallBack reasonOf(Throwable cause) {
        if (cause instanceof SslHandshakeTimeoutException) {
            return FallBack.UNREACHABLE;
        }
        return SlotTls.isDistrust(cause) ? FallBack.UNTRUSTED_BROKER : FallBack.REFUSED;
    }

    private void connect() {
        greeting = context.executor().schedule(() -> give(FallBack.UNREACHABLE), GREETING_SECONDS, TimeUnit.SECONDS);
        var will = listener.lastWill();
        write(MqttMessageBuilders.connect()
                .protocolVersion(MqttVersion.MQTT_3_1_1)
                .clientId(clientId)
                .cleanSession(true)
                .keepAlive(KEEP_ALIVE_SECONDS)
                .willFlag(true)
                .willTopic(will.topic())
                .willMessage(will.payload())
                .willQoS(MqttQoS.AT_LEAST_ONCE)
                .willRetain(will.retain())
                .build());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) {
        isReading = true;
        try {
            var message = (MqttMessage) received;
            if (isOver) {
                return;
            }
            if (message.decoderResult().isFailure()) {
                LOG.warn("{}: the broker sent what is no MQTT: {}", clientId, message.decoderResult());
                ctx.close();
                return;
            }
            switch (message.fixedHeader().messageType()) {
                case CONNACK -> connack((MqttConnAckMessage) message);
                case SUBACK -> suback((MqttSubAckMessage) message);
                case PUBLISH -> published((MqttPublishMessage) message);
                case PUBACK -> acknowledged((MqttPubAckMessage) message);
                default -> LOG.trace("{}: {}", clientId, message.fixedHeader().messageType());
            }
        } finally {
            ReferenceCountUtil.release(received);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        isReading = false;
        ctx.flush();
    }

    private void connack(MqttConnAckMessage message) {
        if (message.variableHeader().connectReturnCode() != MqttConnectReturnCode.CONNECTION_ACCEPTED) {
            LOG.debug("{}: refused: {}", clientId, message.variableHeader().connectReturnCode());
            give(FallBack.REFUSED);
            return;
        }
        isAccepted = true;
        accepted.run();
        var subscribe = MqttMessageBuilders.subscribe().messageId(window.nextPacketId());
        listener.subscriptions().forEach(filter -> subscribe.addSubscription(MqttQoS.AT_LEAST_ONCE, filter));
        write(subscribe.build());
    }

    private void suback(MqttSubAckMessage message) {
        greeting.cancel(false);
        if (message.payload().grantedQoSLevels().stream().anyMatch(granted -> granted > 2)) {
            LOG.warn("{}: the broker does not let this board subscribe to its own topics", clientId);
            context.close();
            return;
        }
        listener.subscribed();
    }

    private void published(MqttPublishMessage message) {
        var payload = ByteBufUtil.getBytes(message.payload());
        listener.received(
                message.variableHeader().topicName(),
                payload,
                message.fixedHeader().isRetain());
        if (message.fixedHeader().qosLevel() == MqttQoS.AT_LEAST_ONCE && !isOver) {
            var header = new MqttFixedHeader(MqttMessageType.PUBACK, false, MqttQoS.AT_MOST_ONCE, false, 2);
            write(new MqttPubAckMessage(
                    header,
                    MqttMessageIdVariableHeader.from(message.variableHeader().packetId())));
        }
    }

    private void acknowledged(MqttPubAckMessage message) {
        window.acknowledged(message.variableHeader().messageId());
    }

    /** What is written while reading leaves together when the reading is done: a reply and its PUBACK in one TLS record. */
    private void write(MqttMessage message) {
        if (isReading) {
            context.write(message);
        } else {
            context.writeAndFlush(message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (greeting != null) {
            greeting.cancel(false);
        }
        if (!isOver) {
            isOver = true;
            lost.accept(isAccepted ? Optional.empty() : Optional.of(reason));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("{}: connection failed: {}", clientId, cause.toString());
        ctx.close();
    }
}
