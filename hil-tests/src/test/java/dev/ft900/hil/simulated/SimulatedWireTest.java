package dev.ft900.hil.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.agent.flash.MemoryFlash;
import dev.ft900.ca.flash.Certifier;
import dev.ft900.ca.flash.Provisioner;
import dev.ft900.ca.flash.Provisioner.Wishes;
import dev.ft900.ca.flash.Station;
import dev.ft900.ca.link.SerialLink;
import dev.ft900.hil.simulated.LineFaults.Direction;
import dev.ft900.hil.simulated.LineFaults.Fate;
import dev.ft900.hil.simulated.SimulatedWire.Settings;
import dev.ft900.protocol.install.Installation.KeyOrigin;
import dev.ft900.protocol.install.ProvisioningException;
import dev.ft900.protocol.install.ProvisioningListener;
import dev.ft900.protocol.install.Step;
import dev.ft900.protocol.install.Steps;
import dev.ft900.protocol.slot.SlotRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Provisioning over a wire in virtual time: what goes right, how long it takes, and what a bad wire does to it. */
class SimulatedWireTest {
    /** What a transfer may take, over what it must. */
    private static final double MOST = 1.25;

    private static final int BITS_PER_BYTE = 10;
    private static final int EVERY = Integer.getInteger("ft900.faults.every", 0);
    private static final int STRIDE = EVERY > 0 ? EVERY : 97;

    private final MemoryFlash flash = new MemoryFlash();

    private SimulatedWire wire(LineFaults faults) {
        return new SimulatedWire(SimulatedBoards.settings(flash, faults));
    }

    @Test
    void aBlankBoardGetsAnIdentityWithAKeyOfItsOwn() throws ProvisioningException {
        var board = SimulatedBoards.provision(wire(LineFaults.NONE), Wishes.DEFAULT);

        assertThat(board.generation()).isEqualTo(1);
        assertThat(SimulatedBoards.identity(flash).orElseThrow().key()).isEmpty();
    }

    @Test
    void aKeyMadeOnTheHostTravelsInTheRecord() throws ProvisioningException {
        SimulatedBoards.provision(wire(LineFaults.NONE), Wishes.DEFAULT.withKey(KeyOrigin.HOST));

        assertThat(SimulatedBoards.identity(flash).orElseThrow().key()).isPresent();
    }

    @Test
    void goesUpToTheFastestRateThatWasAllowedAndComesBackToTheFirst() throws ProvisioningException {
        var wire = wire(LineFaults.NONE);

        var board = SimulatedBoards.provision(wire, Wishes.DEFAULT.withHighestRate(921_600));

        assertThat(board.timings()).containsKey(Step.RATE);
        assertThat(board.rate()).isEqualTo(921_600);
        assertThat(board.timings().get(Step.WRITE).took()).isLessThan(Duration.ofMillis(40));
        assertThat(SimulatedBoards.identity(flash)).isPresent();
    }

    @Test
    void aWireThatCannotDoAFasterRateIsUsedAtTheRateThatItCan() throws ProvisioningException {
        var wire = new SimulatedWire[1];
        wire[0] = new SimulatedWire(SimulatedBoards.settings(
                flash,
                (direction, index, b) ->
                        // A long wire: faster than 250,000 baud, bits run into one another.
                        wire[0] != null && wire[0].stationRate() > 250_000
                                ? Fate.arrives((byte) (b | 0x80))
                                : Fate.arrives(b)));

        var board = SimulatedBoards.provision(wire[0], Wishes.DEFAULT.withHighestRate(921_600));

        assertThat(board.generation()).isEqualTo(1);
        assertThat(board.timings().get(Step.WRITE).took()).isBetween(Duration.ofMillis(20), Duration.ofMillis(50));
    }

    @Test
    void aBoardAtAnotherRateIsFoundAllTheSame() throws Exception {
        var wire = new SimulatedWire(
                new Settings(flash, SimulatedBoards.JITTER, 921_600, Duration.ZERO, LineFaults.NONE, true));
        wire.rate(115_200);

        try (var link = new SerialLink(wire, wire)) {
            var station = new Station(link, 115_200, wire);
            station.awaitReady();
            station.find();
            assertThat(station.rate()).isEqualTo(921_600);
        }
    }

    /** As a command leaves it that was stopped after the change of rate: the board stays there until its next boot. */
    @Test
    void aBoardThatWasLeftAtAFastRateIsProvisionedAndFoundAtItsOwnAfterwards() throws Exception {
        var wire = wire(LineFaults.NONE);
        var fast = Wishes.DEFAULT.withHighestRate(921_600);
        var stopped = new Provisioner(
                new Station(new SerialLink(wire, wire), 115_200, wire),
                (id, request, facts) -> {
                    throw new Certifier.CertifierException("stopped here");
                },
                Clock.systemUTC(),
                wire,
                ProvisioningListener.NONE,
                fast);
        assertThatThrownBy(() -> stopped.provision(SimulatedBoards.ID)).hasMessageContaining("stopped here");
        wire.rate(115_200);

        var board = SimulatedBoards.provision(wire, fast);

        assertThat(board.rate()).isEqualTo(921_600);
        assertThat(SimulatedBoards.identity(flash)).isPresent();
    }

    @Test
    void theSlotOnABoardThatWasSwappedInTheMiddleIsNotTouched() throws Exception {
        var other = SimulatedBoards.provisioned();
        var old = SimulatedBoards.identity(other);
        var swapping = new SwappingPort(wire(LineFaults.NONE), new SimulatedWire(SimulatedBoards.settings(other)), 900);

        assertThatThrownBy(() -> SimulatedBoards.provision(swapping))
                .isInstanceOf(ProvisioningException.class)
                .hasMessageContaining("changed the board");
        assertThat(SimulatedBoards.identity(other)).isEqualTo(old);
        assertThat(SimulatedBoards.identity(flash)).isEmpty();
    }

    /** Whoever asks and waits pays the adapter's latency once: hello, seed with clock, key with request, begin with slot and hash, commit. */
    private static final int ROUND_TRIPS = 5;

    private static final List<Step> TALK = List.of(
            Step.HELLO,
            Step.SEED,
            Step.CLOCK,
            Step.KEY,
            Step.REQUEST,
            Step.ERASE,
            Step.WRITE,
            Step.VERIFY,
            Step.COMMIT);

    @ParameterizedTest
    @CsvSource({"115200,0", "115200,1", "115200,16", "921600,0", "921600,1", "921600,16"})
    void transfersTakeLittleMoreThanTheirBytesOnTheWireWhateverTheLatency(int baud, long latencyMillis)
            throws ProvisioningException {
        var timings = provisioned(baud, latencyMillis);

        for (var step : List.of(Step.REQUEST, Step.WRITE)) {
            double bytes = wireMillis(timings.get(step), baud);
            double took = timings.get(step).took().toNanos() / 1e6;
            print(baud, latencyMillis, step.words(), took, bytes);
            assertThat(took / bytes)
                    .as("%s at %d baud, %d ms", step, baud, latencyMillis)
                    .isLessThanOrEqualTo(MOST);
        }
    }

    @ParameterizedTest
    @CsvSource({"115200,1", "115200,16", "921600,1", "921600,16"})
    void aWholeProvisioningTakesItsBytesAndTheLatencyOfFiveQuestions(int baud, long latencyMillis)
            throws ProvisioningException {
        var timings = provisioned(baud, latencyMillis);

        double bytes = TALK.stream()
                .mapToDouble(step -> wireMillis(timings.get(step), baud))
                .sum();
        double took = TALK.stream()
                .mapToDouble(step -> timings.get(step).took().toNanos() / 1e6)
                .sum();
        print(baud, latencyMillis, "from hello to commit", took, bytes);
        assertThat(took).isLessThanOrEqualTo(MOST * bytes + ROUND_TRIPS * latencyMillis);
    }

    private Map<Step, Steps.Timing> provisioned(int baud, long latencyMillis) throws ProvisioningException {
        var wire = new SimulatedWire(new Settings(
                flash, SimulatedBoards.JITTER, baud, Duration.ofMillis(latencyMillis), LineFaults.NONE, true));
        return SimulatedBoards.provision(wire, Wishes.DEFAULT, baud).timings();
    }

    private static double wireMillis(Steps.Timing timing, int baud) {
        return timing.traffic().busier() * BITS_PER_BYTE * 1000.0 / baud;
    }

    private static void print(int baud, long latencyMillis, String what, double took, double bytes) {
        System.out.printf(
                Locale.ROOT,
                "%6d baud, %2d ms: %-24s %6.1f ms, %.2f of its bytes%n",
                baud,
                latencyMillis,
                what,
                took,
                took / bytes);
    }

    private enum Fault {
        LOST {
            @Override
            Fate of(byte b) {
                return new Fate(new byte[0], Duration.ZERO);
            }
        },
        REPEATED {
            @Override
            Fate of(byte b) {
                return new Fate(new byte[] {b, b}, Duration.ZERO);
            }
        },
        CORRUPTED {
            @Override
            Fate of(byte b) {
                return Fate.arrives((byte) (b ^ 0x10));
            }
        },
        DELAYED {
            @Override
            Fate of(byte b) {
                return new Fate(new byte[] {b}, Duration.ofMillis(700));
            }
        };

        abstract Fate of(byte b);
    }

    /** At the rate that both began with, and with that to which the command goes up unless told otherwise. */
    private static Stream<Arguments> faultsAndRates() {
        return Arrays.stream(Fault.values())
                .flatMap(fault -> Stream.of(Arguments.of(fault, 0), Arguments.of(fault, 921_600)));
    }

    @ParameterizedTest
    @MethodSource("faultsAndRates")
    void oneBadByteAnywhereCostsTimeAndNothingElse(Fault fault, int highestRate) throws ProvisioningException {
        long passed = Long.MAX_VALUE;
        for (long bad = 0; bad < passed; bad += STRIDE) {
            var board = new MemoryFlash();
            long at = bad;
            var wire = new SimulatedWire(SimulatedBoards.settings(
                    board, (direction, index, b) -> index == at ? fault.of(b) : Fate.arrives(b)));
            SimulatedBoards.provision(wire, Wishes.DEFAULT.withHighestRate(highestRate));
            assertThat(SimulatedBoards.identity(board).map(SlotRecord::generation))
                    .as(fault + " byte " + bad)
                    .isEqualTo(Optional.of(1L));
            passed = wire.passed();
        }
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void aWireThatLosesEveryFiveHundredthByteOneWayStillServes(Direction bad) throws ProvisioningException {
        var wire = wire((direction, index, b) ->
                direction == bad && index % 499 == 498 ? new Fate(new byte[0], Duration.ZERO) : Fate.arrives(b));

        SimulatedBoards.provision(wire, Wishes.DEFAULT);

        assertThat(SimulatedBoards.identity(flash)).isPresent();
    }
}
