package dev.ft900.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BriefWaitTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void whatIsOverIsNotWaitedFor() {
        var wait = new BriefWait(0, LONG);

        assertThat(wait.isOver(CompletableFuture.completedFuture("done"))).isTrue();
        assertThat(wait.isOver(CompletableFuture.failedFuture(new IllegalStateException())))
                .isTrue();
    }

    @Test
    void whatEndsMeanwhileIsOver() {
        for (var end : new boolean[] {true, false}) {
            var wait = new BriefWait(1, LONG);
            var awaited = new CompletableFuture<String>();

            var over = CompletableFuture.supplyAsync(() -> wait.isOver(awaited));
            await().until(() -> awaited.getNumberOfDependents() == 1);
            if (end) {
                awaited.complete("good");
            } else {
                awaited.completeExceptionally(new IllegalStateException("bad"));
            }

            assertThat(over.join()).isTrue();
        }
    }

    @Test
    void whoFindsNoPlaceDoesNotWaitUntilOneIsFreeAgain() {
        var wait = new BriefWait(1, LONG);
        for (int i = 0; i < 2; i++) {
            var awaited = new CompletableFuture<String>();
            var over = CompletableFuture.supplyAsync(() -> wait.isOver(awaited));
            await().until(() -> awaited.getNumberOfDependents() == 1);

            assertThat(wait.isOver(new CompletableFuture<>())).isFalse();

            awaited.complete("done");
            assertThat(over.join()).isTrue();
        }
    }

    @Test
    void whatTakesLongerIsNotWaitedFor() {
        assertThat(new BriefWait(1, Duration.ofMillis(1)).isOver(new CompletableFuture<>()))
                .isFalse();
    }
}
