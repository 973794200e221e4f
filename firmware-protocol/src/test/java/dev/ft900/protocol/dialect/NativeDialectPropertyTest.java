package dev.ft900.protocol.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.protocol.Some;
import dev.ft900.protocol.message.PadEdge;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.Reply;
import dev.ft900.protocol.message.Request;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.GatewayName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class NativeDialectPropertyTest {
    @Property
    void everyRequestComesBackAsItWasAndFits(@ForAll Request request) {
        var payload = RequestCodec.encode(request);

        assertThat(payload).hasSizeLessThanOrEqualTo(Limits.MAX_PAYLOAD_BYTES);
        assertThat(RequestCodec.decode(payload)).isEqualTo(new IncomingRequest.Accepted(request));
    }

    @Property
    void everyReplyComesBackAsItWasAndFits(@ForAll Reply reply) {
        var payload = ReplyCodec.encode(reply);

        assertThat(payload).hasSizeLessThanOrEqualTo(Limits.MAX_PAYLOAD_BYTES);
        assertThat(ReplyCodec.decode(payload)).isEqualTo(new Decoded.Value<>(reply));
    }

    @Property
    void everyPresenceComesBackAsItWasAndFits(@ForAll Presence presence) {
        var payload = PresenceCodec.encode(presence);

        assertThat(payload).hasSizeLessThanOrEqualTo(Limits.MAX_PAYLOAD_BYTES);
        assertThat(PresenceCodec.decode(payload)).isEqualTo(new Decoded.Value<>(presence));
    }

    @Property
    void everyEventComesBackAsItWasAndFits(@ForAll PadEdge edge) {
        var payload = EventCodec.encode(edge);

        assertThat(payload).hasSizeLessThanOrEqualTo(Limits.MAX_PAYLOAD_BYTES);
        assertThat(EventCodec.decode(payload)).isEqualTo(new Decoded.Value<>(edge));
    }

    @Property
    void everyTopicComesBackAsItWasAndFits(@ForAll BoardId board, @ForAll GatewayName gateway) {
        var topics = List.of(
                new NativeTopic.Requests(board, gateway),
                new NativeTopic.Replies(board, gateway),
                new NativeTopic.FramesIn(board, gateway),
                new NativeTopic.FramesOut(board, gateway),
                new NativeTopic.Presences(board),
                new NativeTopic.Events(board));

        assertThat(topics).allSatisfy(topic -> {
            assertThat(topic.name().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(Limits.MAX_TOPIC_BYTES);
            assertThat(NativeTopic.parse(topic.name())).contains(topic);
        });
    }

    @Property(tries = 2000)
    void anyBytesLeadToADeclaredOutcome(@ForAll @Size(max = 300) byte[] bytes) {
        assertThat(RequestCodec.decode(bytes)).isNotNull();
        assertThat(ReplyCodec.decode(bytes)).isNotNull();
        assertThat(PresenceCodec.decode(bytes)).isNotNull();
        assertThat(EventCodec.decode(bytes)).isNotNull();
    }

    /** Random bytes seldom get past the JSON parser; a good message with one byte changed does. */
    @Property(tries = 2000)
    void aGoodMessageWithOneByteChangedLeadsToADeclaredOutcome(
            @ForAll("payloads") byte[] payload, @ForAll @IntRange(max = 255) int at, @ForAll byte instead) {
        payload[at % payload.length] = instead;

        anyBytesLeadToADeclaredOutcome(payload);
    }

    @Provide
    Arbitrary<byte[]> payloads() {
        return Arbitraries.oneOf(
                Some.request().map(RequestCodec::encode),
                Some.reply().map(ReplyCodec::encode),
                Some.presence().map(PresenceCodec::encode),
                Some.padEdge().map(EventCodec::encode));
    }

    @Property
    void anyTextIsATopicOrNot(@ForAll String text) {
        NativeTopic.parse(text).ifPresent(topic -> assertThat(topic.name()).isEqualTo(text));
    }
}
