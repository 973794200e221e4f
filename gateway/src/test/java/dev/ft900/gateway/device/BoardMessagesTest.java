package dev.ft900.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ft900.protocol.dialect.EventCodec;
import dev.ft900.protocol.dialect.PresenceCodec;
import dev.ft900.protocol.dialect.ReplyCodec;
import dev.ft900.protocol.message.PadEdge;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.Reply;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.name.CommandId;
import dev.ft900.protocol.name.GatewayName;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import java.time.Clock;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whatever a board says is about that board and hurts nobody. */
class BoardMessagesTest {
    private static final BoardId MAD = new BoardId("mad");
    private static final BoardId OTHER = new BoardId("other");
    private static final Presence.Up BIRTH = Births.of(new BootId("00000001"));

    private final PresenceTracker presence = new PresenceTracker(Clock.systemUTC());
    private final ManualTimer timer = new ManualTimer();
    private long nanos;
    private final Messenger silent = new Messenger() {
        @Override
        public void send(String topic, byte[] payload, Runnable acknowledged) {}

        @Override
        public void follow(String topic, boolean wanted) {}
    };
    private final CommandService commands = new CommandService(
            new GatewayName("main"), silent, presence, timer.executor(), Clock.systemUTC(), timer::nanos);
    private final BoardMessages messages = new BoardMessages(
            presence,
            commands,
            timer.executor(),
            (board, edge) -> assertThat(board).isEqualTo(MAD),
            (board, frame) -> assertThat(board).isEqualTo(MAD),
            () -> nanos);

    BoardMessagesTest() {
        presence.follow(MAD);
        presence.follow(OTHER);
        presence.heard(OTHER, BIRTH, false);
    }

    /** What a board may publish to, by the broker's rules, and what it may not, by which a broker without rules would be worse. */
    @Provide
    Arbitrary<String> topics() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                                "up",
                                "ev",
                                "rep/main",
                                "rep/x",
                                "pout/main",
                                "req/main",
                                "pin/main",
                                "",
                                "rep/",
                                "up/up")
                        .map(tail -> "ft900/mad/" + tail),
                Arbitraries.strings().ofMaxLength(40));
    }

    /** Bytes of no kind, and messages of the protocol with something changed in their midst. */
    @Provide
    Arbitrary<byte[]> payloads() {
        var noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
        var good = Arbitraries.of(
                PresenceCodec.encode(BIRTH),
                PresenceCodec.encode(new Presence.Gone(BIRTH.boot(), 1)),
                ReplyCodec.encode(Reply.done(new CommandId("a1"), BIRTH.boot(), new Result.Resetting())),
                EventCodec.encode(new PadEdge(BIRTH.boot(), 1, new Pad(12), Level.HIGH, 5)));
        var spoilt = Combinators.combine(good, Arbitraries.integers().between(0, 90), Arbitraries.bytes())
                .as((message, at, with) -> {
                    var bytes = message.clone();
                    bytes[at % bytes.length] = with;
                    return bytes;
                });
        return Arbitraries.oneOf(noise, spoilt);
    }

    @Property(tries = 300)
    void nothingThatABoardSaysThrowsOrTouchesAnother(
            @ForAll("topics") String topic, @ForAll("payloads") byte[] payload, @ForAll boolean retained) {
        messages.received(topic, payload, retained);

        assertThat(presence.standing(OTHER)).get().isInstanceOfSatisfying(Standing.Online.class, online -> assertThat(
                        online.birth())
                .isEqualTo(BIRTH));
        assertThat(presence.followed()).containsExactlyInAnyOrder(MAD, OTHER);
    }

    @Test
    void aBoardThatRavesIsInTheLogOnceAMinuteWithTheNumberOfItsMessages() {
        raves("ft900/mad/up", "999 of mad before it");
    }

    @Test
    void topicsOfNobodyAreInTheLogOnceAMinuteToo() {
        raves("elsewhere", "999 of other senders before it");
    }

    private void raves(String topic, String expected) {
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        var logger = (Logger) LoggerFactory.getLogger(BoardMessages.class);
        logger.addAppender(log);
        try {
            for (int i = 0; i < 1_000; i++) {
                messages.received(topic, new byte[] {1}, false);
            }
            nanos += Duration.ofMinutes(1).toNanos();
            messages.received(topic, new byte[] {1}, false);

            assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .hasSize(2)
                    .last()
                    .asString()
                    .contains(expected);
        } finally {
            logger.detachAppender(log);
        }
    }
}
