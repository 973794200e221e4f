package dev.ft900.hil.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.agent.flash.MemoryFlash;
import dev.ft900.ca.flash.Provisioner.Wishes;
import dev.ft900.ca.flash.Station;
import dev.ft900.ca.link.SerialLink;
import dev.ft900.hil.simulated.LineFaults.Direction;
import dev.ft900.hil.simulated.LineFaults.Fate;
import dev.ft900.protocol.frame.Frame;
import dev.ft900.protocol.frame.SerialFraming;
import dev.ft900.protocol.install.ProvisioningException;
import dev.ft900.protocol.slot.SlotRecord;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes that somebody made up: noise, marks without frames, frames with good checksums and nonsense in them. */
class HostileWireTest {
    private static final int RUNS = Integer.getInteger("ft900.faults.every", 0) == 1 ? 3_000 : 150;

    /** Noise that is rich in marks, and whole frames of every type with random payloads. */
    private static byte[] nonsense(Random random) {
        if (random.nextBoolean()) {
            var payload = new byte[random.nextInt(Frame.MAX_PAYLOAD + 1)];
            random.nextBytes(payload);
            return SerialFraming.encode(new Frame(random.nextInt(256), random.nextInt(1 << 16), payload));
        }
        var noise = new byte[random.nextInt(400)];
        random.nextBytes(noise);
        for (int i = 0; i < noise.length; i += 1 + random.nextInt(20)) {
            noise[i] = (byte) (SerialFraming.ESCAPE + random.nextInt(3));
        }
        return noise;
    }

    /**
     * Made-up frames may seed the board, set its clock, change its rate, or erase what is spare; none can take its identity or give it
     * another.
     */
    @Test
    void aBoardSurvivesWhateverComesInAndKeepsItsIdentity() throws Exception {
        var random = new Random(900);
        var flash = SimulatedBoards.provisioned();
        var old = SimulatedBoards.identity(flash);
        for (int run = 0; run < RUNS; run++) {
            var wire = new SimulatedWire(SimulatedBoards.settings(flash));
            for (int i = 0; i < 20; i++) {
                wire.write(nonsense(random));
            }
            try (var link = new SerialLink(wire, wire)) {
                var station = new Station(link, 115_200, wire);
                station.awaitReady();
                station.pause(Duration.ofSeconds(5));
                assertThat(station.hello().id()).as("run " + run).contains(SimulatedBoards.ID);
            }
            assertThat(SimulatedBoards.identity(flash)).as("run " + run).isEqualTo(old);
        }
    }

    /** A station to which a board, or somebody in its place, sends nonsense ends with a message or goes through; nothing else. */
    @Test
    void aStationThatHearsNonsenseEndsCleanlyAndTheBoardHasItsOldIdentityOrTheNewOne() throws Exception {
        var random = new Random(901);
        for (int run = 0; run < RUNS; run++) {
            var flash = new MemoryFlash();
            int rate = 20 + random.nextInt(400);
            var wire = new SimulatedWire(SimulatedBoards.settings(
                    flash,
                    (direction, index, b) -> direction == Direction.FROM_BOARD && random.nextInt(rate) == 0
                            ? new Fate(nonsense(random), Duration.ZERO)
                            : Fate.arrives(b)));
            try {
                SimulatedBoards.provision(wire, Wishes.DEFAULT);
            } catch (ProvisioningException e) {
                assertThat(e).as("run " + run).hasMessageStartingWith("could not ");
            }
            assertThat(SimulatedBoards.identity(flash).map(SlotRecord::id).orElse(SimulatedBoards.ID))
                    .as("run " + run)
                    .isEqualTo(SimulatedBoards.ID);
        }
    }
}
