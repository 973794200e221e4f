package dev.ft900.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.protocol.message.FirmwareVersion;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.ResetCause;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PresenceTrackerTest {
    private static final BoardId BOARD = new BoardId("board1");
    private static final BootId FIRST = new BootId("00000001");
    private static final BootId SECOND = new BootId("00000002");
    private static final Instant NOW = Instant.parse("2026-11-22T19:03:00Z");

    private final List<String> told = new ArrayList<>();
    private final PresenceTracker tracker = new PresenceTracker(Clock.fixed(NOW, ZoneOffset.UTC));

    @BeforeEach
    void follow() {
        tracker.follow(BOARD);
        tracker.addListener(new PresenceTracker.Listener() {
            @Override
            public void online(BoardId id, Presence.Up birth) {
                told.add("online " + birth.boot() + " " + birth.connection());
            }

            @Override
            public void offline(BoardId id) {
                told.add("offline");
            }
        });
    }

    private static Presence.Up up(BootId boot, long connection) {
        return new Presence.Up(
                boot, connection, ResetCause.POWER_ON, new FirmwareVersion("test"), false, 1, Optional.empty());
    }

    private Standing standing() {
        return tracker.standing(BOARD).orElseThrow();
    }

    @Test
    void aBoardNeverHeardOfIsOffline() {
        assertThat(standing()).isEqualTo(new Standing.Offline(NOW));
        assertThat(tracker.standing(new BoardId("nobody"))).isEmpty();
    }

    @Test
    void aBirthMakesItOnlineAndItsLastWillOffline() {
        tracker.heard(BOARD, up(FIRST, 1), false);
        assertThat(standing()).isEqualTo(new Standing.Online(up(FIRST, 1), NOW));

        tracker.heard(BOARD, new Presence.Gone(FIRST, 1), false);
        assertThat(standing()).isEqualTo(new Standing.Offline(NOW));
        assertThat(told).containsExactly("online 00000001 1", "offline");
    }

    @Test
    void aLastWillThatComesLateSaysNothingAboutALaterConnectionOrBoot() {
        tracker.heard(BOARD, up(FIRST, 2), false);
        tracker.heard(BOARD, new Presence.Gone(FIRST, 1), false);
        assertThat(standing().isOnline()).isTrue();

        tracker.heard(BOARD, up(SECOND, 1), false);
        tracker.heard(BOARD, new Presence.Gone(FIRST, 2), false);
        assertThat(standing()).isEqualTo(new Standing.Online(up(SECOND, 1), NOW));
        assertThat(told).doesNotContain("offline");
    }

    @Test
    void aRetainedBirthIsAHintUntilTheBoardAnswers() {
        tracker.heard(BOARD, up(FIRST, 1), true);
        assertThat(standing()).isEqualTo(new Standing.Hinted(up(FIRST, 1)));
        assertThat(standing().isOnline()).isFalse();

        tracker.answered(BOARD, SECOND);
        assertThat(standing().isOnline()).isFalse();
        tracker.answered(BOARD, FIRST);

        assertThat(standing()).isEqualTo(new Standing.Online(up(FIRST, 1), NOW));
        assertThat(told).containsExactly("online 00000001 1");
    }

    @Test
    void aHintThatNobodyConfirmsIsWithdrawn() {
        tracker.heard(BOARD, up(FIRST, 1), true);

        tracker.silent(BOARD, up(SECOND, 1));
        assertThat(standing()).isInstanceOf(Standing.Hinted.class);
        tracker.silent(BOARD, up(FIRST, 1));

        assertThat(standing()).isInstanceOf(Standing.Offline.class);
    }

    @Test
    void aRetainedCopyOfWhatIsKnownChangesNothing() {
        tracker.heard(BOARD, up(FIRST, 1), false);

        tracker.heard(BOARD, up(FIRST, 1), true);

        assertThat(standing().isOnline()).isTrue();
        assertThat(told).hasSize(1);
    }

    @Test
    void aCheckThatFailsLateDoesNotUndoABirthInBetween() {
        tracker.heard(BOARD, up(FIRST, 1), true);
        tracker.heard(BOARD, up(SECOND, 1), false);

        tracker.silent(BOARD, up(FIRST, 1));

        assertThat(standing().isOnline()).isTrue();
    }

    @Test
    void aLastWillThatTheBrokerKeepsOfABoardThatWasGoneAllAlongIsNoNews() {
        tracker.heard(BOARD, new Presence.Gone(FIRST, 1), true);
        tracker.heard(BOARD, new Presence.Gone(FIRST, 1), false);

        assertThat(standing()).isInstanceOf(Standing.Offline.class);
        assertThat(told).isEmpty();
    }

    @Test
    void aBoardThatAnsweredBeforeItWasHeardToComeComesOnce() {
        tracker.found(BOARD, standing(), up(FIRST, 1));
        tracker.heard(BOARD, up(FIRST, 3), false);
        assertThat(told).containsExactly("online 00000001 1");

        tracker.heard(BOARD, up(FIRST, 4), false);
        assertThat(told).containsExactly("online 00000001 1", "online 00000001 4");
    }

    @Test
    void boardsThatAreNotFollowedAreIgnored() {
        var stranger = new BoardId("stranger");

        tracker.heard(stranger, up(FIRST, 1), false);
        tracker.answered(stranger, FIRST);

        assertThat(tracker.standing(stranger)).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void withoutABrokerNobodyIsKnownToBeThere() {
        tracker.heard(BOARD, up(FIRST, 1), false);

        tracker.forgetStandings();

        assertThat(standing()).isInstanceOf(Standing.Offline.class);
        assertThat(tracker.followed()).containsExactly(BOARD);
    }

    @Test
    void whoeverWasThereIsGoneWhenTheBrokerIs() {
        tracker.follow(new BoardId("board2"));
        tracker.heard(BOARD, up(FIRST, 1), false);

        tracker.forgetStandings();
        tracker.forgetStandings();

        assertThat(standing()).isEqualTo(new Standing.Offline(NOW));
        assertThat(told).containsExactly("online 00000001 1", "offline");
    }
}
