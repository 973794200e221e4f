package dev.ft900.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.BoardChange;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistryWatchTest {
    private static final BoardId BOARD = new BoardId("board1");

    private final Enrolment enrolment = mock(Enrolment.class);
    private final PresenceTracker presence = new PresenceTracker(Clock.systemUTC());
    private final List<BoardId> added = new ArrayList<>();
    private final List<BoardId> removed = new ArrayList<>();
    private final RegistryWatch watch =
            new RegistryWatch(enrolment, presence, mock(Messenger.class), revocation -> {}, added::add, removed::add);

    private void changed(long sequence, boolean isRegistered) {
        when(enrolment.changedAfter(anyLong())).thenReturn(List.of(new BoardChange(sequence, BOARD, isRegistered)));
        watch.look();
    }

    @Test
    void aRemovedBoardIsForgotten() {
        changed(1, true);
        assertThat(added).containsExactly(BOARD);
        assertThat(removed).isEmpty();

        changed(2, false);

        assertThat(removed).containsExactly(BOARD);
        assertThat(presence.standing(BOARD)).isEmpty();
    }

    @Test
    void aBoardThatWasRemovedAndRegisteredAnewBetweenTwoLooksInheritsNothing() {
        changed(1, true);
        presence.heard(BOARD, Births.of(new BootId("00000001")), false);

        changed(3, true);

        assertThat(removed).containsExactly(BOARD);
        assertThat(added).containsExactly(BOARD, BOARD);
        assertThat(presence.standing(BOARD)).containsInstanceOf(Standing.Offline.class);
    }
}
