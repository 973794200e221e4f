package dev.ft900.board.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ft900.agent.flash.MemoryFlash;
import dev.ft900.board.ft900.Ft900Devices;
import dev.ft900.board.ft900.Ft900Model;
import dev.ft900.board.machine.Machine;
import dev.ft900.board.machine.MachineSettings;
import dev.ft900.board.machine.WallPace;
import dev.ft900.board.peripheral.Revision;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A board with somebody at its terminal keeps the time of the wall: its RTC gains 60 ± 1 s in 60 s. Takes as long; not part of {@code mvn verify}
 * but of {@code .ci/rtc-suite}.
 */
class WallClockSuite {
    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern ANSWER = Pattern.compile("up (\\d+) s\n$");

    @ParameterizedTest
    @EnumSource(Revision.class)
    void theClockGainsAMinuteInAMinute(Revision revision) throws InterruptedException {
        var machine =
                new Machine<>(new Ft900Model(revision), new MemoryFlash(), MachineSettings.DEFAULT.withStrict(true));
        machine.load(TestBoard.image("uptime"));
        machine.powerOn();
        var last = new AtomicReference<>("");
        var printed = new StringBuilder();
        machine.devices().uart(0).connect(character -> {
            printed.append((char) character);
            if (character == '\n') {
                last.set(printed.toString());
                printed.setLength(0);
            }
        });
        var pace = new WallPace(System::nanoTime, machine::awaitPosts);
        var thread = new Thread(() -> machine.run(Long.MAX_VALUE, pace), "board");
        thread.start();
        try {
            await().atMost(PATIENCE).until(() -> last.get().startsWith("ask"));
            long begin = System.nanoTime();
            int first = ask(machine, last);
            // Somebody types all the time, as live input does.
            while (System.nanoTime() - begin < MINUTE.toNanos()) {
                ask(machine, last);
                await().pollDelay(Duration.ofMillis(100)).until(() -> true);
            }
            long asked = System.nanoTime();
            int gained = ask(machine, last) - first;
            double wall = (asked - begin) / 1e9;

            System.out.printf(
                    "revision %s: gained %d s in %.2f s of wall time; worst lag %.1f ms, given up %.1f ms%n",
                    revision, gained, wall, pace.worstLagNanos() / 1e6, pace.lostNanos() / 1e6);
            assertThat((double) gained).isBetween(wall - 1.5, wall + 1.5);
            assertThat(gained).isBetween(59, 61);
        } finally {
            machine.stop();
            thread.join(PATIENCE.toMillis());
        }
        assertThat(thread.isAlive()).isFalse();
    }

    private static int ask(Machine<Ft900Devices> machine, AtomicReference<String> last) {
        last.set("");
        assertThat(machine.post(() -> machine.devices().feed(0).offer(new byte[] {'?'})))
                .isTrue();
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !last.get().isEmpty());
        var matcher = ANSWER.matcher(last.get());
        assertThat(matcher.find()).as(last.get()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }
}
