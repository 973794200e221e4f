package dev.ft900.protocol.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.protocol.Some.Answer;
import dev.ft900.protocol.frame.Frame;
import dev.ft900.protocol.provisioning.StationRequestCodec.Incoming;
import dev.ft900.protocol.wire.ByteReader.MalformedException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ProvisioningPropertyTest {
    @Property
    void everyRequestComesBackAsItWas(@ForAll StationRequest request, @ForAll @IntRange(max = 65535) int sequence) {
        var frame = StationRequestCodec.encode(sequence, request);

        assertThat(StationRequestCodec.decode(frame)).isEqualTo(new Incoming.Accepted(request));
        assertThat(frame.toPlain()).hasSizeLessThanOrEqualTo(Frame.MAX_PLAIN_BYTES);
    }

    @Property
    void everyReplyComesBackAsItWas(@ForAll Answer answer) throws MalformedException {
        var request = StationRequestCodec.encode(77, answer.request());
        var reply = BoardReplyCodec.encode(request, answer.reply());

        assertThat(BoardReplyCodec.isReplyTo(request, reply)).isTrue();
        assertThat(BoardReplyCodec.decode(reply)).isEqualTo(answer.reply());
        assertThat(reply.toPlain()).hasSizeLessThanOrEqualTo(Frame.MAX_PLAIN_BYTES);
    }

    @Property(tries = 5000)
    void anyBytesLeadToADeclaredOutcome(
            @ForAll @IntRange(max = 16) int type,
            @ForAll boolean reply,
            @ForAll @Size(max = Frame.MAX_PAYLOAD) byte[] payload) {
        var frame = new Frame(reply ? type | 0x80 : type, 1, payload);

        assertThat(StationRequestCodec.decode(frame)).isNotNull();
        try {
            assertThat(BoardReplyCodec.decode(frame)).isNotNull();
        } catch (MalformedException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    @Property
    void everyFrameComesBackFromItsPlainForm(@ForAll StationRequest request) throws MalformedException {
        var frame = StationRequestCodec.encode(9, request);

        assertThat(Frame.fromPlain(frame.toPlain())).isEqualTo(frame);
    }

    @Test
    void aReplyIsNoRequest() {
        var hello = StationRequestCodec.encode(1, new StationRequest.Hello());
        var echo = BoardReplyCodec.encode(hello, new BoardReply.Ok());

        assertThat(StationRequestCodec.decode(echo)).isInstanceOf(Incoming.NotForBoards.class);
    }

    @Test
    void anUnknownTypeAndAForeignVersionAreAnsweredWithTheReason() {
        assertThat(StationRequestCodec.decode(new Frame(0x7F, 1, new byte[0])))
                .isInstanceOfSatisfying(
                        Incoming.Rejected.class,
                        r -> assertThat(r.refused().refusal()).isEqualTo(Refusal.UNKNOWN));
        assertThat(StationRequestCodec.decode(new Frame(FrameType.HELLO, 1, new byte[] {9})))
                .isInstanceOfSatisfying(
                        Incoming.Rejected.class,
                        r -> assertThat(r.refused().words()).contains("version 1"));
    }

    @Test
    void noSecretIsInWhatIsPrinted() {
        var seed = new byte[48];
        Arrays.fill(seed, (byte) 0x5A);
        var uid = new byte[Uid.BYTES];
        uid[0] = 1;
        var request = new StationRequest.Seed(new Uid(uid), seed);

        assertThat(request.toString() + new StationRequest.Write(0, seed) + StationRequestCodec.encode(1, request))
                .doesNotContainIgnoringCase("5a5a")
                .doesNotContain("90, 90");
    }
}
