package dev.ft900.agent.identity;

import dev.ft900.agent.flash.Flash;
import dev.ft900.protocol.message.Presence.FallBack;
import dev.ft900.protocol.slot.Der;
import dev.ft900.protocol.slot.SlotRecord;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The two slots: which one is in use, whether it is on trial, when to go back to the other. The slot in use is never written.
 */
final class SlotBank {
    private final Slot a;
    private final Slot b;
    private Optional<InUse> inUse;

    /** The slot in use and what it says. */
    private record InUse(Slot slot, SlotRecord record, byte[] privateKey) {}

    SlotBank(Flash flash) {
        a = new Slot(flash, FlashMap.SLOT_A);
        b = new Slot(flash, FlashMap.SLOT_B);
        choose();
    }

    /** Takes the valid slot with the highest generation into use; so at boot, and after a slot was given up or erased. */
    void choose() {
        inUse = Stream.of(a, b)
                .flatMap(slot -> usable(slot).stream())
                .max((one, other) ->
                        Long.compare(one.record().generation(), other.record().generation()));
    }

    private static Optional<InUse> usable(Slot slot) {
        if (slot.givenUp().isPresent()) {
            return Optional.empty();
        }
        return slot.record()
                .flatMap(record -> record.key().map(Der::bytes).or(slot::key).map(key -> new InUse(slot, record, key)));
    }

    Optional<SlotRecord> record() {
        return inUse.map(InUse::record);
    }

    /** The private key (PKCS#8) that belongs to {@link #record()}. */
    Optional<byte[]> privateKey() {
        return inUse.map(InUse::privateKey);
    }

    /** The record bytes of the slot in use, private key included. */
    Optional<byte[]> recordBytes() {
        return inUse.map(use -> bytesOf(use.slot()));
    }

    /** The record bytes of the other slot, if a whole committed record is there. */
    Optional<byte[]> spareRecordBytes() {
        return spare().record().map(record -> bytesOf(spare()));
    }

    private static byte[] bytesOf(Slot slot) {
        return slot.bytes(slot.header().orElseThrow().length());
    }

    /** 0 when there is no slot in use. */
    long generation() {
        return inUse.map(use -> use.record().generation()).orElse(0L);
    }

    boolean isOnTrial() {
        return inUse.map(use -> !use.slot().isConfirmed()).orElse(false);
    }

    /** Whether the slot in use is on trial and there is another to go back to. */
    boolean canFallBack() {
        return isOnTrial() && usable(spare()).isPresent();
    }

    /** Why the board left a newer slot, if the other slot is one that was given up. */
    Optional<FallBack> fellBack() {
        return spare().header()
                .filter(header -> header.generation() > generation())
                .flatMap(header -> spare().givenUp());
    }

    /** The slot that is not in use. */
    Slot spare() {
        return inUse.filter(use -> use.slot() == a).isPresent() ? b : a;
    }

    /** A CONNACK came with the slot in use. */
    void connected() {
        inUse.filter(use -> !use.slot().isConfirmed())
                .ifPresent(use -> use.slot().confirm());
    }

    /**
     * A try with the slot in use failed. After {@link Slot#MAX_FAILURES} a slot on trial is given up, if there is another.
     *
     * @return whether the board is now on the other slot
     */
    boolean failed(FallBack why) {
        return canFallBack() && inUse.orElseThrow().slot().fail() && giveUp(why);
    }

    /** Time is up for a slot on trial. @return whether the board is now on the other slot */
    boolean giveUp(FallBack why) {
        if (!canFallBack()) {
            return false;
        }
        inUse.orElseThrow().slot().giveUp(why);
        choose();
        return true;
    }

    void eraseEverything() {
        a.erase();
        b.erase();
        choose();
    }
}
