package dev.ft900.board.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlarmQueueTest {
    private final ManualClock clock = new ManualClock();
    private final List<String> fired = new ArrayList<>();

    @Test
    void alarmsFireAtTheirCycleAndThoseOfOneCycleInTheOrderOfTheirSetting() {
        var late = clock.alarm("late", () -> fired.add("late " + clock.cycles()));
        var second = clock.alarm("second", () -> fired.add("second " + clock.cycles()));
        var first = clock.alarm("first", () -> fired.add("first " + clock.cycles()));
        late.at(20);
        first.at(10);
        second.in(10);

        clock.advance(19);
        assertThat(fired).containsExactly("first 10", "second 10");
        assertThat(late.isSet()).isTrue();
        clock.advance(1);
        assertThat(fired).endsWith("late 20");
        assertThat(late.isSet()).isFalse();
    }

    @Test
    void anAlarmMovesWhenSetAgainAndStaysSilentWhenCancelled() {
        var moved = clock.alarm("moved", () -> fired.add("moved " + clock.cycles()));
        var cancelled = clock.alarm("cancelled", () -> fired.add("cancelled"));
        moved.at(5);
        moved.at(7);
        cancelled.at(6);
        cancelled.cancel();

        clock.advance(100);
        assertThat(fired).containsExactly("moved 7");
    }

    @Test
    void anAlarmMaySetItselfAgain() {
        var alarms = new Alarm[1];
        alarms[0] = clock.alarm("tick", () -> {
            fired.add("tick " + clock.cycles());
            alarms[0].in(10);
        });
        alarms[0].in(10);

        clock.advance(35);
        assertThat(fired).containsExactly("tick 10", "tick 20", "tick 30");
    }

    @Test
    void aRestoredQueueFiresTheSameInTheSameOrder() {
        var now = new long[1];
        var queue = new AlarmQueue(() -> now[0], cycle -> {});
        var b = queue.alarm("b", () -> fired.add("b"));
        var a = queue.alarm("a", () -> fired.add("a"));
        b.at(9);
        a.at(9);
        var state = new StateWriter();
        queue.save(state);
        a.cancel();
        b.at(30);

        queue.restore(new StateReader(state.toBytes()));
        assertThat(queue.next()).isEqualTo(9);
        now[0] = 9;
        queue.fireDue();
        assertThat(fired).containsExactly("b", "a");
    }

    @Test
    void namesAreUnique() {
        clock.alarm("x", () -> {});
        assertThatThrownBy(() -> clock.alarm("x", () -> {})).hasMessageContaining("one alarm of the name x");
    }
}
