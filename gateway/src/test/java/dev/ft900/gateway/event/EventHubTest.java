package dev.ft900.gateway.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.protocol.name.BoardId;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventHubTest {
    private static final BoardId BOARD = new BoardId("board1");

    private final EventHub hub = new EventHub(Clock.systemUTC(), 10);

    private EventStream after(EventId seen) {
        return hub.listen(board -> true, Optional.of(seen)).orElseThrow();
    }

    private void publish(int events) {
        for (int i = 0; i < events; i++) {
            hub.publish(BOARD, new Happening.WentOffline());
        }
    }

    @Test
    void whoIsToldOfAGapAndIsCutOffThereMissesNothingOfWhatIsRemembered() {
        var beginning = hub.newest();
        publish(EventHub.REMEMBERED + 5);

        var gap = after(beginning).gap().orElseThrow();
        var again = after(gap);

        assertThat(again.gap()).isEmpty();
        assertThat(again.missed()).hasSize(EventHub.REMEMBERED);
    }

    @Test
    void whoComesFromAnEarlierRunIsToldOfAGapAndThenAllThatIsRemembered() {
        publish(3);

        var stream = after(new EventId("00000000", 7));

        assertThat(stream.missed()).hasSize(3);
        assertThat(after(stream.gap().orElseThrow()).missed()).hasSize(3);
    }

    @Test
    void whoSawTheLastEventHasNoGap() {
        publish(3);

        var stream = after(hub.newest());

        assertThat(stream.gap()).isEmpty();
        assertThat(stream.missed()).isEmpty();
    }
}
