package dev.ft900.board.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.ft900.agent.flash.MemoryFlash;
import dev.ft900.board.bus.Findings;
import dev.ft900.board.control.ResetCause;
import dev.ft900.board.ft900.Ft900Devices;
import dev.ft900.board.ft900.Ft900Model;
import dev.ft900.board.ft900.Ft900Rig;
import dev.ft900.board.image.Image;
import dev.ft900.board.machine.Machine;
import dev.ft900.board.machine.MachineSettings;
import dev.ft900.board.machine.MachineSettings.FaultPolicy;
import dev.ft900.board.machine.Pace;
import dev.ft900.board.peripheral.Revision;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that firmware does throws out of the machine, hangs the host, or grows memory. Seeds are fixed; a failure names its seed. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FuzzTest {
    private static final int[] BLOCKS = {
        0x10000, 0x1001C, 0x10060, 0x10084, 0x100A8, 0x100C0, 0x10180, 0x10220, 0x10280, 0x10300, 0x10320, 0x10330,
        0x10340, 0x103C0, 0x10400, 0x10800, 0x10900, 0x1FC80
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyAccessToAnyRegisterIsTaken(long seed) {
        var random = new Random(seed);
        var rig = Ft900Rig.powered(seed % 2 == 0 ? Revision.B : Revision.C);
        rig.devices.phy().plug(true);
        rig.devices.ethernet().connect(frame -> assertThat(frame.length).isBetween(14, 2046));

        assertThatCode(() -> {
                    for (int i = 0; i < 15_000; i++) {
                        act(rig, random);
                    }
                })
                .as("seed " + seed)
                .doesNotThrowAnyException();

        assertThat(rig.findings.counts()).hasSizeLessThanOrEqualTo(Findings.LIMIT);
    }

    private static void act(Ft900Rig rig, Random random) {
        int address = random.nextInt(10) == 0
                ? 0x10000 + random.nextInt(0x10000)
                : BLOCKS[random.nextInt(BLOCKS.length)] + random.nextInt(0x24);
        int value = random.nextBoolean() ? random.nextInt() : 1 << random.nextInt(32);
        switch (random.nextInt(40)) {
            case 0 -> rig.clock.advance(random.nextInt(200_000));
            case 1 -> rig.devices.gpio().drive(random.nextInt(67), random.nextBoolean());
            case 2 -> rig.devices.uart(random.nextInt(2)).receive(random.nextInt(0x200));
            case 3 -> rig.devices.ethernet().receive(frame(random));
            case 4 -> rig.devices.feed(random.nextInt(2)).offer(new byte[random.nextInt(200)]);
            case 5 -> rig.take();
            case 6 -> rig.devices.interrupts().leave();
            case 7 -> resetSometimes(rig, random);
            case 8, 9, 10, 11, 12, 13 -> rig.load(address);
            case 14, 15, 16 -> rig.load32(address & ~3);
            case 17, 18 -> rig.load16(address & ~1);
            case 19, 20, 21, 22 -> rig.store32(address & ~3, value);
            case 23, 24 -> rig.store16(address & ~1, value);
            // The flash controller listens to its owner only.
            case 25 -> rig.load(0x1080B);
            default -> rig.store(address, value);
        }
    }

    private static void resetSometimes(Ft900Rig rig, Random random) {
        if (random.nextInt(50) == 0) {
            var causes = ResetCause.values();
            rig.devices.reset(causes[random.nextInt(causes.length)]);
        }
    }

    private static byte[] frame(Random random) {
        var frame = new byte[random.nextInt(1600)];
        random.nextBytes(frame);
        if (random.nextBoolean() && frame.length >= 6) {
            java.util.Arrays.fill(frame, 0, 6, (byte) 0xFF);
        }
        return frame;
    }

    private static Machine<Ft900Devices> machine(Revision revision) {
        return new Machine<>(
                new Ft900Model(revision), new MemoryFlash(), MachineSettings.DEFAULT.withOnFault(FaultPolicy.RESET));
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void anyImageRuns(Revision revision) {
        for (long seed = 1; seed <= 5; seed++) {
            var bytes = new byte[0x10000];
            new Random(seed).nextBytes(bytes);
            run(revision, new Image(0, List.of(new Image.Segment(0, bytes)), List.of(), List.of()), "seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpio", "uart", "timers", "watchdog", "rtc", "datalog", "reboot", "i2c", "ethernet"})
    void anImageWithFlippedBitsRuns(String name) {
        for (long seed = 1; seed <= 4; seed++) {
            var random = new Random(seed);
            var image = TestBoard.image(name);
            var code = image.segments().get(0);
            var bytes = code.bytes().clone();
            for (int i = 0; i < 12; i++) {
                bytes[0x90 + random.nextInt(bytes.length - 0x90)] ^= (byte) (1 << random.nextInt(8));
            }
            var flipped = new Image(0, List.of(new Image.Segment(code.address(), bytes)), List.of(), List.of());
            run(seed % 2 == 0 ? Revision.B : Revision.C, flipped, name + ", seed " + seed);
        }
    }

    private static void run(Revision revision, Image image, String what) {
        var machine = machine(revision);
        assertThatCode(() -> {
                    machine.load(image);
                    machine.powerOn();
                    // An image that ends, or resets, is simply run on.
                    for (int i = 0; i < 100 && machine.cycles() < 2_000_000; i++) {
                        machine.run(2_000_000, Pace.FREE);
                    }
                })
                .as(what)
                .doesNotThrowAnyException();
        assertThat(machine.findings().counts()).as(what).hasSizeLessThanOrEqualTo(Findings.LIMIT);
    }
}
