package dev.ft900.hil.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.agent.flash.Flash;
import dev.ft900.agent.flash.MemoryFlash;
import dev.ft900.agent.identity.BoardStore;
import dev.ft900.ca.flash.Provisioner.Wishes;
import dev.ft900.hil.simulated.LineFaults.Fate;
import dev.ft900.protocol.install.ProvisioningException;
import dev.ft900.protocol.message.Presence.FallBack;
import dev.ft900.protocol.slot.SlotCodec;
import dev.ft900.protocol.slot.SlotRecord;
import dev.ft900.protocol.wire.ByteReader.MalformedException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The power goes during a provisioning: after a byte on the wire, or within an operation of the flash. Whenever that is, the board has its
 * old identity or the new one, whole; and a second provisioning goes through. Each stride-th place is tried here, every one with
 * {@code -Dft900.faults.every=1} ({@code .ci/flash-suite}).
 */
class PowerCutTest {
    private static final int EVERY = Integer.getInteger("ft900.faults.every", 0);
    private static final int BYTE_STRIDE = EVERY > 0 ? EVERY : 41;
    private static final int FLASH_STRIDE = EVERY > 0 ? EVERY : 67;

    private final SimulatedBoards.Drafts drafts = new SimulatedBoards.Drafts();

    private static MemoryFlash start(boolean renewal) throws ProvisioningException {
        return renewal ? SimulatedBoards.provisioned() : new MemoryFlash();
    }

    /** Provisions until the power goes. @return whether it went through before */
    private boolean provisionUntilCut(Flash flash, LineFaults faults, SimulatedWire[] wire, int highestRate) {
        wire[0] = new SimulatedWire(SimulatedBoards.settings(flash, faults));
        try {
            SimulatedBoards.provision(
                    wire[0], Wishes.DEFAULT.withDrafts(drafts, true).withHighestRate(highestRate));
            return true;
        } catch (ProvisioningException e) {
            return false;
        }
    }

    private void requireOldOrNew(Flash flash, Optional<SlotRecord> old, String where) throws ProvisioningException {
        var now = SimulatedBoards.identity(flash);
        if (!now.equals(old)) {
            assertThat(now).as(where + ": neither old nor new, but none").isPresent();
            assertThat(now.get().id()).as(where).isEqualTo(SimulatedBoards.ID);
            assertThat(now.get().generation())
                    .as(where)
                    .isEqualTo(old.map(SlotRecord::generation).orElse(0L) + 1);
        }
        var again = SimulatedBoards.provision(
                new SimulatedWire(SimulatedBoards.settings(flash)), Wishes.DEFAULT.withDrafts(drafts, true));
        assertThat(SimulatedBoards.identity(flash).orElseThrow().generation())
                .as(where)
                .isEqualTo(again.generation());
    }

    @ParameterizedTest
    @CsvSource({"false, 0", "true, 0", "false, 921600", "true, 921600"})
    void afterAnyByteOnTheWireTheBoardHasItsOldIdentityOrTheNewOne(boolean renewal, int highestRate)
            throws ProvisioningException {
        var before = start(renewal);
        var old = SimulatedBoards.identity(before);
        boolean through = false;
        long cuts = 0;
        for (long cut = 0; !through; cut += BYTE_STRIDE) {
            var flash = SimulatedBoards.copyOf(before);
            var wire = new SimulatedWire[1];
            long at = cut;
            through = provisionUntilCut(
                    flash,
                    (direction, index, b) -> {
                        if (index == at) {
                            wire[0].powerOff();
                        }
                        return Fate.arrives(b);
                    },
                    wire,
                    highestRate);
            requireOldOrNew(flash, old, "cut after byte " + cut);
            drafts.kept.clear();
            cuts++;
        }
        assertThat(cuts).isGreaterThan(20);
    }

    @ParameterizedTest
    @CsvSource({"false, 0", "true, 921600"})
    void inAnyFlashOperationTheBoardHasItsOldIdentityOrTheNewOne(boolean renewal, int highestRate)
            throws ProvisioningException {
        var before = start(renewal);
        var old = SimulatedBoards.identity(before);
        boolean through = false;
        long cuts = 0;
        for (long cut = 0; !through; cut += FLASH_STRIDE) {
            var flash = SimulatedBoards.copyOf(before);
            var cutting = new CutFlash(flash, cut);
            through = provisionUntilCut(cutting, LineFaults.NONE, new SimulatedWire[1], highestRate);
            requireOldOrNew(flash, old, "cut in flash stage " + cut);
            drafts.kept.clear();
            cuts++;
        }
        assertThat(cuts).isGreaterThan(20);
    }

    /** What a board writes down of the trial of a new slot, and the identity that it has afterwards. */
    private enum TrialEnd {
        CONNECTED(2) {
            @Override
            void happens(BoardStore board) {
                board.connected();
            }
        },
        FAILED_THREE_TIMES(1) {
            @Override
            void happens(BoardStore board) {
                for (int attempt = 0; attempt < 3 && board.canFallBack(); attempt++) {
                    board.connectionFailed(FallBack.UNREACHABLE);
                }
            }
        },
        TIMED_OUT(1) {
            @Override
            void happens(BoardStore board) {
                if (board.canFallBack()) {
                    board.trialTimedOut(FallBack.REFUSED);
                }
            }
        };

        final long generation;

        TrialEnd(long generation) {
            this.generation = generation;
        }

        abstract void happens(BoardStore board);
    }

    private static boolean untilCut(TrialEnd end, Flash flash) {
        try {
            end.happens(new BoardStore(flash, SimulatedBoards.JITTER));
            return true;
        } catch (PowerLost e) {
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource(TrialEnd.class)
    void aTrialWhosePowerGoesAtAnyStageEndsWithOneOfTheTwoIdentities(TrialEnd end) throws ProvisioningException {
        var onTrial = SimulatedBoards.provisioned();
        new BoardStore(onTrial, SimulatedBoards.JITTER).connected();
        // The broker is not there, so the new slot stays on trial.
        SimulatedBoards.provision(
                new SimulatedWire(new SimulatedWire.Settings(
                        onTrial, SimulatedBoards.JITTER, 115_200, Duration.ZERO, LineFaults.NONE, false)),
                Wishes.DEFAULT);
        assertThat(new BoardStore(SimulatedBoards.copyOf(onTrial), SimulatedBoards.JITTER).canFallBack())
                .isTrue();

        boolean through = false;
        for (long cut = 0; !through; cut++) {
            var flash = SimulatedBoards.copyOf(onTrial);
            through = untilCut(end, new CutFlash(flash, cut));

            assertThat(SimulatedBoards.identity(flash).map(SlotRecord::generation))
                    .as(end + ", cut in flash stage " + cut)
                    .isIn(Optional.of(1L), Optional.of(2L));
            end.happens(new BoardStore(flash, SimulatedBoards.JITTER));
            assertThat(SimulatedBoards.identity(flash).map(SlotRecord::generation))
                    .as(end + " once more after a cut in flash stage " + cut)
                    .contains(end.generation);
            assertThat(new BoardStore(flash, SimulatedBoards.JITTER).isOnTrial())
                    .as(end + ", cut in flash stage " + cut)
                    .isFalse();
        }
    }

    @Test
    void aWriteThatBrokeOffGoesOnWithTheSameKeyAndCertificate() throws ProvisioningException {
        var flash = new MemoryFlash();
        var wire = new SimulatedWire[1];
        var sinceDraft = new int[1];
        boolean through = provisionUntilCut(
                flash,
                (direction, index, b) -> {
                    if (!drafts.kept.isEmpty() && ++sinceDraft[0] == 500) {
                        wire[0].powerOff();
                    }
                    return Fate.arrives(b);
                },
                wire,
                0);
        assertThat(through).isFalse();
        var draft = drafts.kept.values().iterator().next();

        var second = new SimulatedWire(SimulatedBoards.settings(flash));
        SimulatedBoards.provision(second, Wishes.DEFAULT.withDrafts(drafts, true));

        assertThat(SimulatedBoards.identity(flash).map(record -> record.chain().get(0)))
                .isEqualTo(Optional.of(decoded(draft.record()).chain().get(0)));
        assertThat(drafts.kept).isEmpty();
    }

    private static SlotRecord decoded(byte[] record) {
        try {
            return SlotCodec.decode(record);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }
}
