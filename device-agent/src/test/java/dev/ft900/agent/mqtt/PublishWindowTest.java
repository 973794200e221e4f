package dev.ft900.agent.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.agent.board.BoardNetwork.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PublishWindowTest {
    private record Sent(int packetId, String topic) {}

    private final List<Sent> sent = new ArrayList<>();
    private final List<String> acknowledged = new ArrayList<>();
    private final PublishWindow window =
            new PublishWindow((packetId, message) -> sent.add(new Sent(packetId, message.topic())));

    private static Message message(String topic) {
        return new Message(topic, new byte[0], false);
    }

    private void publish(int from, int to) {
        IntStream.range(from, to)
                .mapToObj(Integer::toString)
                .forEach(topic -> window.publish(message(topic), () -> acknowledged.add(topic)));
    }

    private static List<String> topics(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    @Test
    void aBrokerThatAcknowledgesLateGetsEveryMessageOnceAndInOrder() {
        publish(0, 1_000);
        assertThat(sent).extracting(Sent::topic).isEqualTo(topics(0, PublishWindow.MAX_UNACKNOWLEDGED));

        for (int i = 0; i < 1_000; i++) {
            window.acknowledged(sent.get(i).packetId());
        }

        assertThat(sent).extracting(Sent::topic).isEqualTo(topics(0, 1_000));
        assertThat(acknowledged).isEqualTo(topics(0, 1_000));
    }

    @Test
    void whatIsNotAcknowledgedKeepsItsNumber() {
        publish(0, 1);
        int kept = sent.get(0).packetId();

        for (int i = 1; i < 70_000; i++) {
            publish(i, i + 1);
            window.acknowledged(sent.get(i).packetId());
        }

        assertThat(sent.subList(1, sent.size())).extracting(Sent::packetId).doesNotContain(kept, 0, 0x1_0000);
    }

    @Test
    void anAcknowledgementThatNobodyWaitsForLetsNothingThrough() {
        publish(0, PublishWindow.MAX_UNACKNOWLEDGED + 1);

        window.acknowledged(0xFFFF);

        assertThat(sent).hasSize(PublishWindow.MAX_UNACKNOWLEDGED);
        assertThat(acknowledged).isEmpty();
    }

    @Test
    void aBrokerThatNeverAcknowledgesCostsABoundedAmountOfMemory() {
        int most = PublishWindow.MAX_UNACKNOWLEDGED + PublishWindow.MAX_WAITING;
        publish(0, most + 10);

        for (int i = 0; i < sent.size(); i++) {
            window.acknowledged(sent.get(i).packetId());
        }

        assertThat(sent).extracting(Sent::topic).isEqualTo(topics(0, most));
    }

    @Test
    void theLastMessageLeavesAfterAllThatWaits() {
        publish(0, PublishWindow.MAX_UNACKNOWLEDGED + 2);

        window.publishLast(message("gone"));

        assertThat(sent)
                .extracting(Sent::topic)
                .hasSize(PublishWindow.MAX_UNACKNOWLEDGED + 3)
                .endsWith("256", "257", "gone");
    }
}
