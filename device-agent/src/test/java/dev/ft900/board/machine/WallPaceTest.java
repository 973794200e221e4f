package dev.ft900.board.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WallPaceTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long CYCLES = 100_000_000L;

    private long now = 5 * SECOND;
    private final WallPace pace = new WallPace(() -> now, nanos -> now += nanos);

    @Test
    void virtualTimeWaitsForTheWallClock() {
        pace.at(0);
        pace.at(CYCLES);
        assertThat(now).isEqualTo(6 * SECOND);
        now += SECOND / 2;
        pace.at(2 * CYCLES);
        assertThat(now).isEqualTo(7 * SECOND);
        assertThat(pace.worstLagNanos()).isZero();
    }

    @Test
    void aLagIsCaughtUpWithAndAStandstillOfTheHostIsGivenUp() {
        pace.at(0);
        now += SECOND;
        pace.at(CYCLES / 2);
        assertThat(pace.lagNanos()).isEqualTo(SECOND / 2);
        pace.at(CYCLES);
        assertThat(pace.lagNanos()).isZero();
        assertThat(pace.lostNanos()).isZero();

        now += 60 * SECOND;
        pace.at(CYCLES);
        assertThat(pace.lostNanos()).isEqualTo(60 * SECOND - WallPace.FORGIVEN_NANOS);
    }
}
