package dev.ft900.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.gateway.access.Caller;
import dev.ft900.gateway.access.Role;
import dev.ft900.gateway.access.Scope;
import dev.ft900.protocol.name.BoardId;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A stream may last for days; whoever listens may lose the right to in between. */
class HearingTest {
    private static final BoardId BOARD = new BoardId("board1");
    private static final Caller ALL = new Caller("all", Role.VIEWER);
    private static final Caller LINE = new Caller("all", Role.VIEWER, Scope.of(List.of("group:line")));

    private Supplier<Optional<Caller>> shown = () -> Optional.of(ALL);
    private Set<String> groups = Set.of("line");

    private Hearing hearing(Caller caller, Optional<BoardId> only) {
        return new Hearing(caller, () -> shown.get(), board -> groups, only);
    }

    @Test
    void itEndsWithTheCredentials() {
        var hearing = hearing(ALL, Optional.empty());
        assertThat(hearing.goesOn()).isTrue();

        shown = Optional::empty;

        assertThat(hearing.goesOn()).isFalse();
    }

    @Test
    void whatIsNarrowedCountsFromTheNextLookOn() {
        var hearing = hearing(ALL, Optional.empty());
        groups = Set.of();
        assertThat(hearing.hears(BOARD)).isTrue();

        shown = () -> Optional.of(LINE);

        assertThat(hearing.goesOn()).isTrue();
        assertThat(hearing.hears(BOARD)).isFalse();
    }

    @Test
    void aStreamOfOneBoardEndsWhenTheBoardLeavesTheScope() {
        shown = () -> Optional.of(LINE);
        var hearing = hearing(LINE, Optional.of(BOARD));
        assertThat(hearing.goesOn()).isTrue();

        groups = Set.of();

        assertThat(hearing.goesOn()).isFalse();
    }

    @Test
    void whileTheDatabaseIsAwayWhatWasTrueGoesOn() {
        var hearing = hearing(ALL, Optional.empty());

        shown = () -> {
            throw new IllegalStateException(new SQLException("busy", null, 5));
        };

        assertThat(hearing.goesOn()).isTrue();
    }
}
