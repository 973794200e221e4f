package dev.ft900.gateway.broker.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.ca.store.Revocation;
import dev.ft900.ca.store.RevocationReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutScheduleTest {
    private static final Duration LAST = Duration.ofSeconds(65);

    /** Near the end of the range, where such times wrap. */
    private long now = Long.MAX_VALUE - Duration.ofSeconds(2).toNanos();

    private final CutSchedule schedule = new CutSchedule(LAST, () -> now);

    private static Revocation revocation(long place) {
        return new Revocation(place, "serial" + place, Instant.EPOCH, RevocationReason.CESSATION_OF_OPERATION);
    }

    private void pass(long millis) {
        now += Duration.ofMillis(millis).toNanos();
    }

    /** The places of those whose session ends now. */
    private List<Long> cut() {
        var places = new ArrayList<Long>();
        for (var cut = schedule.next(); cut.isPresent(); cut = schedule.next()) {
            places.add(cut.get().revocation().sequence());
            schedule.succeeded(cut.get());
        }
        return places;
    }

    private long fail() {
        var cut = schedule.next().orElseThrow();
        schedule.failed(cut);
        return cut.revocation().sequence();
    }

    @Test
    void whoHeldBackItsConnectIsCutWhenTheBrokerWaitsNoLonger() {
        schedule.add(revocation(1));

        assertThat(cut()).containsExactly(1L);
        assertThat(schedule.pause()).contains(Duration.ofSeconds(1));
        pass(999);
        assertThat(cut()).isEmpty();
        pass(1);
        assertThat(cut()).containsExactly(1L);
        pass(63_999);
        assertThat(cut()).isEmpty();
        pass(1);
        assertThat(cut()).containsExactly(1L);
        assertThat(schedule.pause()).isEmpty();
        pass(1_000_000);
        assertThat(cut()).isEmpty();
    }

    @Test
    void itIsDoneWhenItWasCutForTheLastTimeAndNobodyBeforeItIsOpen() {
        schedule.add(revocation(1));
        cut();
        pass(1_000);
        schedule.add(revocation(2));
        cut();
        assertThat(schedule.takeDone()).isEmpty();

        pass(64_000);
        assertThat(cut()).containsExactly(2L, 1L);
        assertThat(schedule.takeDone()).contains(revocation(1));
        assertThat(schedule.takeDone()).isEmpty();

        pass(64_000);
        cut();
        assertThat(schedule.takeDone()).contains(revocation(2));
    }

    @Test
    void whoIsRevokedBehindAThousandDoesNotWaitForThem() {
        for (int place = 1; place <= 1_000; place++) {
            schedule.add(revocation(place));
        }
        schedule.succeeded(schedule.next().orElseThrow());
        schedule.add(revocation(1_001));

        assertThat(schedule.next().orElseThrow().revocation().sequence()).isEqualTo(1_001);
    }

    @Test
    void firstCutsGoBeforeSecondOnes() {
        schedule.add(revocation(1));
        schedule.add(revocation(2));
        cut();
        pass(1_000);
        schedule.add(revocation(3));

        assertThat(cut()).containsExactly(3L, 2L, 1L);
    }

    @Test
    void whatFailedIsTriedAgainBehindTheOthers() {
        for (int place = 1; place <= 3; place++) {
            schedule.add(revocation(place));
        }

        assertThat(fail()).isEqualTo(3);
        // As long as one try may take.
        pass(3_000);
        assertThat(fail()).isEqualTo(2);
        pass(3_000);
        assertThat(fail()).isEqualTo(1);
        assertThat(schedule.open()).isEqualTo(3);

        pass(500);
        assertThat(cut()).containsExactly(3L, 2L, 1L);
        assertThat(schedule.open()).isZero();
    }
}
