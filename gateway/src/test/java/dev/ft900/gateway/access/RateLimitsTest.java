package dev.ft900.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private static final int MORE_THAN_ARE_KEPT = 25_000;

    /** One call a second each: none gets a second one back while the others come. */
    private final RateLimits limits = new RateLimits(1);

    @Test
    void manyCallersDoNotGiveEachOtherTheirCallsBack() {
        int again = 0;
        for (int i = 0; i < MORE_THAN_ARE_KEPT; i++) {
            assertThat(limits.mayCall("caller-" + i)).isTrue();
            again += limits.mayCall("caller-" + i) ? 1 : 0;
        }
        int first = 0;
        for (int i = MORE_THAN_ARE_KEPT - 5_000; i < MORE_THAN_ARE_KEPT; i++) {
            first += limits.mayCall("caller-" + i) ? 1 : 0;
        }

        // Time passes: on a slow machine some have a call again. All of them would, had everybody been forgotten.
        assertThat(again).isLessThan(MORE_THAN_ARE_KEPT / 10);
        assertThat(first).isLessThan(5_000);
    }
}
