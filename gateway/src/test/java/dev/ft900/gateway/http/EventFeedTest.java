package dev.ft900.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.gateway.access.Caller;
import dev.ft900.gateway.access.Role;
import dev.ft900.gateway.access.Scope;
import dev.ft900.gateway.event.EventHub;
import dev.ft900.gateway.event.Happening;
import dev.ft900.protocol.name.BoardId;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EventFeedTest {
    private static final BoardId BOARD = new BoardId("board1");

    private final EventHub hub = new EventHub(Clock.systemUTC(), 10);
    private final EventFeed feed = new EventFeed(hub);

    @AfterEach
    void close() {
        feed.close();
    }

    @Test
    @Timeout(60)
    void whatAListenerMaySeeIsFoundOutByItsOwnThreadWhileEventsGoOn() throws Exception {
        hub.publish(BOARD, new Happening.WentOffline());
        var isAsked = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var caller = new Caller("slow", Role.VIEWER, Scope.of(List.of("group:line")));
        var hearing = new Hearing(
                caller,
                () -> Optional.of(caller),
                board -> {
                    isAsked.countDown();
                    return isOver(goOn) ? Set.of("line") : Set.of();
                },
                Optional.empty());
        feed.stream(board -> true, hearing, "00000000-0");
        assertThat(isAsked.await(20, TimeUnit.SECONDS)).isTrue();

        // As the thread does that brings news from the broker: it would wait here for the database.
        hub.publish(BOARD, new Happening.WentOffline());

        assertThat(hub.newest().number()).isEqualTo(2);
        goOn.countDown();
    }

    @Test
    void oneCallerKeepsNotAllOthersOut() {
        var greedy = new Caller("greedy", Role.VIEWER);
        var other = new Caller("other", Role.VIEWER);
        for (int i = 0; i < 2; i++) {
            feed.stream(board -> true, hearing(greedy), null);
        }

        assertThatThrownBy(() -> feed.stream(board -> true, hearing(greedy), null))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("as often as one may");
        feed.stream(board -> true, hearing(other), null);
        assertThat(hub.listeners()).isEqualTo(3);
    }

    private static Hearing hearing(Caller caller) {
        return new Hearing(caller, () -> Optional.of(caller), board -> Set.of(), Optional.empty());
    }

    private static boolean isOver(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
