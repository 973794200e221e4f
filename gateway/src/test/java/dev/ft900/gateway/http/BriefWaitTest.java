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
        var wait = new BriefWait(() -> 2, 1, LONG);

        assertThat(wait.isOver(CompletableFuture.completedFuture("done"))).isTrue();
        assertThat(wait.isOver(CompletableFuture.failedFuture(new IllegalStateException())))
                .isTrue();
    }

    @Test
    void whatEndsMeanwhileIsOver() {
        for (var isGood : new boolean[] {true, false}) {
            var wait = new BriefWait(() -> 1, 1, LONG);
            var awaited = new CompletableFuture<String>();

            var over = CompletableFuture.supplyAsync(() -> wait.isOver(awaited));
            await().until(() -> awaited.getNumberOfDependents() == 1);
            if (isGood) {
                awaited.complete("good");
            } else {
                awaited.completeExceptionally(new IllegalStateException("bad"));
            }

            assertThat(over.join()).isTrue();
        }
    }

    @Test
    void nobodyWaitsWhenMoreIsUnderWay() {
        assertThat(new BriefWait(() -> 2, 1, LONG).isOver(new CompletableFuture<>()))
                .isFalse();
    }

    @Test
    void whatTakesLongerIsNotWaitedFor() {
        assertThat(new BriefWait(() -> 1, 1, Duration.ofMillis(1)).isOver(new CompletableFuture<>()))
                .isFalse();
    }
}
