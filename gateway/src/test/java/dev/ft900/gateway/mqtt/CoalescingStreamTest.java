package dev.ft900.gateway.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CoalescingStreamTest {
    private static final String PINGREQ = "c000";
    private static final String FIRST = "40020001";
    private static final String SECOND = "40020002";
    private static final String MESSAGE = "3203000161";
    private static final String OTHER_MESSAGE = "3203000162";

    /** What was written, each time in one go: a TLS record. */
    private final List<String> records = new ArrayList<>();

    private final Queue<Runnable> due = new ArrayDeque<>();
    private final ScheduledExecutorService timer = mock();
    private final AtomicInteger toCome = new AtomicInteger();
    private CoalescingStream stream;

    @BeforeEach
    void timerKeepsWhatIsDue() {
        when(timer.schedule(any(Runnable.class), anyLong(), any(TimeUnit.class)))
                .thenAnswer(call -> {
                    due.add(call.getArgument(0));
                    return null;
                });
        stream = new CoalescingStream(
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        throw new AssertionError("expected whole packets");
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int count) {
                        records.add(HexFormat.of().formatHex(bytes, offset, offset + count));
                    }
                },
                toCome,
                timer);
    }

    private void packets(String... packets) throws IOException {
        for (var packet : packets) {
            stream.write(HexFormat.of().parseHex(packet));
            stream.flush();
        }
    }

    @Test
    void anAcknowledgementGoesWithTheNextPacketAndBeforeIt() throws IOException {
        packets(FIRST, SECOND);
        assertThat(records).isEmpty();

        packets(PINGREQ);
        assertThat(records).containsExactly(FIRST + SECOND + PINGREQ);
    }

    @Test
    void otherPacketsDoNotWait() throws IOException {
        packets(PINGREQ, "40030001aa");
        assertThat(records).containsExactly(PINGREQ, "40030001aa");
        assertThat(due).isEmpty();
    }

    @Test
    void aMessageWaitsForThoseThatWereHandedOverAlready() throws IOException {
        toCome.set(3);
        packets(MESSAGE, FIRST, OTHER_MESSAGE);
        assertThat(records).isEmpty();

        packets(MESSAGE);
        assertThat(records).containsExactly(MESSAGE + FIRST + OTHER_MESSAGE + MESSAGE);
        assertThat(toCome).hasValue(0);
    }

    @Test
    void aMessageThatIsTheLastDoesNotWait() throws IOException {
        toCome.set(1);
        packets(MESSAGE);
        assertThat(records).containsExactly(MESSAGE);

        // It may be written before it is counted.
        packets(OTHER_MESSAGE);
        assertThat(records).containsExactly(MESSAGE, OTHER_MESSAGE);
        assertThat(due).isEmpty();
    }

    @Test
    void aMessageThatWaitsForOneThatDoesNotComeIsSentByTheTimer() throws IOException {
        toCome.set(2);
        packets(MESSAGE);
        due.remove().run();
        assertThat(records).containsExactly(MESSAGE);
    }

    @Test
    void aPacketInPiecesIsOnePacket() throws IOException {
        toCome.set(2);
        stream.write(HexFormat.of().parseHex("8203"));
        // As the digits of a topic are; not the start of a message.
        stream.write(HexFormat.of().parseHex("393030"));
        stream.flush();
        assertThat(records).containsExactly("8203", "393030");
        assertThat(toCome).hasValue(2);

        packets(MESSAGE, OTHER_MESSAGE);
        assertThat(records).endsWith(MESSAGE + OTHER_MESSAGE);
    }

    @Test
    void noMoreIsHeldThanARecordTakesAndTheOrderIsKept() throws IOException {
        toCome.set(10);
        var half = MESSAGE + "00".repeat(CoalescingStream.MOST_BYTES / 2);
        packets(half, half);
        assertThat(records).containsExactly(half);

        var tooLong = OTHER_MESSAGE + "00".repeat(CoalescingStream.MOST_BYTES);
        packets(tooLong);
        assertThat(records).containsExactly(half, half, tooLong);
    }

    @Test
    void anAcknowledgementAfterWhichNothingComesIsSentByTheTimer() throws IOException {
        packets(FIRST, SECOND);
        due.remove().run();

        assertThat(records).containsExactly(FIRST + SECOND);
        packets(PINGREQ);
        assertThat(records).containsExactly(FIRST + SECOND, PINGREQ);
    }

    @Test
    void oneTimerIsEnoughHoweverManyPacketsGoOutUntilItIsDue() throws IOException {
        packets(FIRST, PINGREQ, SECOND, PINGREQ, FIRST);
        assertThat(due).hasSize(1);

        due.remove().run();
        assertThat(records).endsWith(FIRST);
        packets(SECOND);
        assertThat(due).hasSize(1);
    }

    @Test
    void theBrokersWindowIsNeverHeldShut() throws IOException {
        var acks = new String[CoalescingStream.MOST_HELD];
        Arrays.fill(acks, FIRST);
        packets(acks);

        assertThat(records).containsExactly(String.join("", acks));
        assertThat(CoalescingStream.MOST_HELD).isLessThan(10);
    }

    @Test
    void aLinkThatClosesSendsAcknowledgementsAtOnce() throws IOException {
        when(timer.schedule(any(Runnable.class), anyLong(), any(TimeUnit.class)))
                .thenThrow(new RejectedExecutionException());
        packets(FIRST);
        assertThat(records).containsExactly(FIRST);
    }
}
