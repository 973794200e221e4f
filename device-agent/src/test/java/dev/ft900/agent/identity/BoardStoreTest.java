package dev.ft900.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.agent.TestIdentity;
import dev.ft900.agent.flash.Flash;
import dev.ft900.agent.flash.MemoryFlash;
import dev.ft900.agent.identity.BoardStore.RefusedException;
import dev.ft900.protocol.message.Presence.FallBack;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.provisioning.Digest;
import dev.ft900.protocol.provisioning.Refusal;
import dev.ft900.protocol.provisioning.Uid;
import dev.ft900.protocol.slot.SlotCodec;
import dev.ft900.protocol.slot.SlotRecord;
import dev.ft900.protocol.wire.ByteReader.MalformedException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class BoardStoreTest {
    private static final Uid UID = new Uid(HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f"));
    private static final Uid OTHER = new Uid(HexFormat.of().parseHex("ff0102030405060708090a0b0c0d0e0f"));
    private static final byte[] JITTER = new byte[64];
    private static final BoardId ID = new BoardId("board1");

    private final Flash flash = new MemoryFlash();
    private BoardStore store = new BoardStore(flash, JITTER);

    private void reboot() {
        store = new BoardStore(flash, JITTER);
    }

    private void write(byte[] record) throws RefusedException {
        write(record, store.begin(UID, generationOf(record), record.length, Digest.of(record)));
    }

    private void write(byte[] record, int from) throws RefusedException {
        for (int at = from; at < record.length; at += 224) {
            store.write(at, Arrays.copyOfRange(record, at, Math.min(record.length, at + 224)));
        }
    }

    private static long generationOf(byte[] record) {
        try {
            return SlotCodec.decode(record).generation();
        } catch (MalformedException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void install(SlotRecord record) throws RefusedException {
        write(SlotCodec.encode(record));
        store.commit(UID, record.generation());
        reboot();
    }

    private static void assertRefused(Refusal refusal, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.refusal())
                .isEqualTo(refusal));
    }

    @Test
    void makesNoKeyBeforeASeedHasCome() {
        assertRefused(Refusal.NOT_SEEDED, () -> store.makeKey(1, ID));
    }

    @Test
    void takesItsUidFromTheFirstSeedAndKeepsIt() {
        store.seed(UID, new byte[48]);
        store.seed(OTHER, new byte[48]);
        reboot();

        assertThat(store.uid()).isEqualTo(UID);
        assertThat(store.isSeeded()).isTrue();
    }

    @Test
    void drawsOtherNumbersAtEveryBootAndAfterEverySeed() {
        var drawn = new HashSet<Long>();
        for (int i = 0; i < 40; i++) {
            drawn.add(store.random().nextLong());
            store.seed(UID, new byte[48]);
            drawn.add(store.random().nextLong());
            reboot();
        }

        assertThat(drawn).hasSize(80);
        assertThat(new BoardStore(new MemoryFlash(), new byte[64]).random().nextLong())
                .isNotEqualTo(
                        new BoardStore(new MemoryFlash(), new byte[65]).random().nextLong());
    }

    @Test
    void theSameNonceAndSubjectGiveTheSameRequestEvenAfterAReboot() throws RefusedException {
        store.seed(UID, new byte[48]);
        var first = store.makeKey(7, ID).der();
        reboot();

        assertThat(store.makeKey(7, ID).der()).isEqualTo(first);
        var second = store.makeKey(8, ID).der();
        assertThat(second).isNotEqualTo(first);
        assertThat(store.makeKey(8, new BoardId("board2")).der()).isNotEqualTo(second);
    }

    @Test
    void aKeyMadeOnTheBoardBecomesItsIdentity() throws RefusedException {
        store.seed(UID, new byte[48]);
        var certificate = TestIdentity.certify(store.makeKey(1, ID).der());

        install(TestIdentity.record("board1", 1, certificate));

        assertThat(store.record().orElseThrow().id()).isEqualTo(ID);
        assertThat(store.privateKey()).isPresent();
        assertThat(store.isOnTrial()).isTrue();
        assertThat(store.signingRequest()).isEmpty();
    }

    @Test
    void aKeyMadeElsewhereIsNeverGivenOut() throws RefusedException, MalformedException {
        store.seed(UID, new byte[48]);
        var record = TestIdentity.hostMade("board1", 1);

        install(record);

        var given = SlotCodec.decode(store.activeRecord().orElseThrow());
        assertThat(given.chain()).isEqualTo(record.chain());
        assertThat(given.key().orElseThrow().bytes()).containsOnly(0);
        assertThat(store.privateKey()).isPresent();
    }

    @Test
    void refusesACertificateForAnotherKey() throws RefusedException {
        store.seed(UID, new byte[48]);
        store.makeKey(1, ID);
        write(SlotCodec.encode(TestIdentity.record(
                "board1",
                1,
                TestIdentity.certify("CN=board1", TestIdentity.newKey().getPublic()))));

        assertRefused(Refusal.KEY_MISMATCH, () -> store.commit(UID, 1));
        reboot();
        assertThat(store.record()).isEmpty();
    }

    @Test
    void refusesOtherBoardsOlderGenerationsAndMissingSteps() throws RefusedException {
        store.seed(UID, new byte[48]);
        install(TestIdentity.hostMade("board1", 5));
        var hash = Digest.of(new byte[64]);

        assertRefused(Refusal.WRONG_BOARD, () -> store.begin(OTHER, 6, 64, hash));
        assertRefused(Refusal.OUT_OF_RANGE, () -> store.begin(UID, 5, 64, hash));
        assertRefused(Refusal.OUT_OF_RANGE, () -> store.begin(UID, 6, 6145, hash));
        assertRefused(Refusal.WRONG_STEP, () -> store.write(0, new byte[32]));
        assertRefused(Refusal.WRONG_STEP, () -> store.hash());
        assertRefused(Refusal.WRONG_STEP, () -> store.commit(UID, 6));
        store.begin(UID, 6, 64, hash);
        assertRefused(Refusal.OUT_OF_RANGE, () -> store.write(64, new byte[1]));
        assertRefused(Refusal.OUT_OF_RANGE, () -> store.write(0, new byte[31]));
        assertRefused(Refusal.BAD_RECORD, () -> store.commit(UID, 6));
        assertRefused(Refusal.WRONG_BOARD, () -> store.commit(OTHER, 6));
        assertRefused(Refusal.WRONG_BOARD, () -> store.eraseEverything(OTHER));
    }

    @Test
    void aWriteThatWasCutShortGoesOnWhereItWas() throws RefusedException {
        store.seed(UID, new byte[48]);
        var record = SlotCodec.encode(TestIdentity.hostMade("board1", 1));
        assertThat(store.begin(UID, 1, record.length, Digest.of(record))).isZero();
        store.write(0, Arrays.copyOf(record, 224));
        store.write(448, Arrays.copyOfRange(record, 448, 480));
        reboot();

        int written = store.begin(UID, 1, record.length, Digest.of(record));
        assertThat(written).isEqualTo(224);
        write(record, written);
        assertThat(store.hash()).isEqualTo(Digest.of(record));
        assertThat(store.begin(UID, 1, record.length, Digest.of(record))).isEqualTo(record.length);
        store.commit(UID, 1);
        store.commit(UID, 1);
        reboot();
        store.commit(UID, 1);

        assertThat(store.generation()).isEqualTo(1);
    }

    @Test
    void otherBytesWhereSomeAreAlreadyAreRefused() throws RefusedException {
        store.seed(UID, new byte[48]);
        var record = SlotCodec.encode(TestIdentity.hostMade("board1", 1));
        store.begin(UID, 1, record.length, Digest.of(record));
        store.write(0, Arrays.copyOf(record, 32));
        store.write(0, Arrays.copyOf(record, 32));
        var other = Arrays.copyOf(record, 32);
        other[31] ^= 0x55;

        assertRefused(Refusal.WRONG_STEP, () -> store.write(0, other));
    }

    @Test
    void theHighestGenerationWinsAndTheSlotInUseIsNeverWritten() throws RefusedException {
        store.seed(UID, new byte[48]);
        for (int generation = 1; generation <= 5; generation++) {
            var before = store.record();
            var record = TestIdentity.hostMade("board" + generation, generation);
            write(SlotCodec.encode(record));
            assertThat(store.record()).isEqualTo(before);
            store.commit(UID, generation);
            reboot();

            assertThat(store.record()).contains(record);
        }
    }

    @Test
    void aSlotThatFailsThreeTimesGivesWayToTheOldOneForGood() throws RefusedException {
        store.seed(UID, new byte[48]);
        install(TestIdentity.hostMade("old", 1));
        store.connected();
        install(TestIdentity.hostMade("new", 2));

        assertThat(store.canFallBack()).isTrue();
        assertThat(store.connectionFailed(FallBack.REFUSED)).isFalse();
        reboot();
        assertThat(store.connectionFailed(FallBack.REFUSED)).isFalse();
        assertThat(store.connectionFailed(FallBack.UNTRUSTED_BROKER)).isTrue();

        assertThat(store.record().orElseThrow().id()).hasToString("old");
        reboot();
        assertThat(store.record().orElseThrow().id()).hasToString("old");
        assertThat(store.fellBack()).contains(FallBack.UNTRUSTED_BROKER);
        assertThat(store.isOnTrial()).isFalse();
    }

    @Test
    void aSlotThatConnectedOnceIsKeptHoweverOftenItFailsLater() throws RefusedException {
        store.seed(UID, new byte[48]);
        install(TestIdentity.hostMade("old", 1));
        install(TestIdentity.hostMade("new", 2));
        store.connectionFailed(FallBack.REFUSED);
        store.connected();

        for (int i = 0; i < 10; i++) {
            assertThat(store.connectionFailed(FallBack.UNREACHABLE)).isFalse();
        }
        assertThat(store.trialTimedOut(FallBack.UNREACHABLE)).isFalse();
        assertThat(store.fellBack()).isEmpty();
    }

    @Test
    void aSlotOnTrialWithNoOtherToGoBackToIsKept() throws RefusedException {
        store.seed(UID, new byte[48]);
        install(TestIdentity.hostMade("only", 1));

        for (int i = 0; i < 10; i++) {
            assertThat(store.connectionFailed(FallBack.REFUSED)).isFalse();
        }
        assertThat(store.trialTimedOut(FallBack.REFUSED)).isFalse();
        assertThat(store.record()).isPresent();
    }

    @Test
    void forgetsWhoItWasButNotItsUid() throws RefusedException {
        store.seed(UID, new byte[48]);
        install(TestIdentity.hostMade("board1", 1));

        store.eraseEverything(UID);
        reboot();

        assertThat(store.record()).isEmpty();
        assertThat(store.privateKey()).isEmpty();
        assertThat(store.uid()).isEqualTo(UID);
    }

    /** Cuts the power after every single flash operation of a renewal; the board must come up as one of the two, whole. */
    @Test
    void aPowerCutAfterAnyFlashOperationLeavesTheOldOrTheNewIdentity() throws RefusedException {
        store.seed(UID, new byte[48]);
        install(TestIdentity.hostMade("old", 1));
        store.connected();
        var record = SlotCodec.encode(TestIdentity.hostMade("new", 2));
        var ids = new TreeSet<String>();

        for (int operations = 0; ; operations++) {
            var cut = new CutFlash(flash, operations);
            boolean finished = renew(cut, record);
            var afterwards = new BoardStore(cut.whatIsLeft(), JITTER);

            assertThat(afterwards.privateKey()).isPresent();
            assertThat(afterwards.uid()).isEqualTo(UID);
            ids.add(afterwards.record().orElseThrow().id().value());
            if (finished) {
                break;
            }
        }

        assertThat(ids).containsExactly("new", "old");
    }

    private static boolean renew(CutFlash flash, byte[] record) throws RefusedException {
        try {
            var renewing = new BoardStore(flash, JITTER);
            renewing.seed(UID, new byte[48]);
            renewing.begin(UID, 2, record.length, Digest.of(record));
            for (int at = 0; at < record.length; at += 224) {
                renewing.write(at, Arrays.copyOfRange(record, at, Math.min(record.length, at + 224)));
            }
            renewing.commit(UID, 2);
            return true;
        } catch (CutFlash.PowerLost e) {
            return false;
        }
    }
}
