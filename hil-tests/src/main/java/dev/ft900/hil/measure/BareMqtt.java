package dev.ft900.hil.measure;

import dev.ft900.gateway.mqtt.MqttLink;
import dev.ft900.gateway.mqtt.PahoLink;
import dev.ft900.gateway.tls.TlsIdentity;
import dev.ft900.protocol.dialect.NativeTopic;
import dev.ft900.protocol.dialect.ReplyCodec;
import dev.ft900.protocol.dialect.RequestCodec;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.Request;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.CommandId;
import dev.ft900.protocol.name.GatewayName;
import dev.ft900.protocol.pad.Pad;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/**
 * The floor: the same command to the same board through the same broker, without a gateway. A second gateway's identity, the same MQTT
 * client library, QoS 1 and message sizes; but each message is acknowledged at once. For one thread.
 */
final class BareMqtt implements AutoCloseable {
    static final GatewayName NAME = new GatewayName("bench");

    private static final int PATIENCE_SECONDS = 10;

    private final SynchronousQueue<String> answered = new SynchronousQueue<>();
    private final MqttLink link;
    private final String topic;
    private int count;

    BareMqtt(String uri, TlsIdentity identity, BoardId board) throws IOException {
        var up = new CountDownLatch(1);
        topic = new NativeTopic.Requests(board, NAME).name();
        link = PahoLink.open(uri, NAME.commonName(), () -> identity, new MqttLink.Listener() {
            @Override
            public void connected() {
                up.countDown();
            }

            @Override
            public void disconnected() {
                // The next round trip finds out.
            }

            @Override
            public void received(String topic, byte[] payload, boolean retained) {
                ReplyCodec.decode(payload)
                        .asOptional()
                        .ifPresent(reply -> answer(reply.id().value()));
            }
        });
        link.subscribe(NativeTopic.replyFilter(NAME));
        await(up);
    }

    private void answer(String id) {
        try {
            answered.offer(id, PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CountDownLatch up) throws IOException {
        try {
            if (!up.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("expected a connection to the broker within " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while connecting", e);
        }
    }

    /** Reads a pin. Returns when the answer is there. */
    void roundTrip(Pad pad) throws IOException {
        var id = new CommandId("bench" + count++);
        try {
            link.publish(topic, RequestCodec.encode(new Request(id, Optional.empty(), new Command.ReadPad(pad))));
            if (!id.value().equals(answered.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))) {
                throw new IOException("expected the answer to " + id + " within " + PATIENCE_SECONDS + " s");
            }
        } catch (MqttLink.LinkDownException e) {
            throw new IOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for an answer", e);
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
