package dev.ft900.agent.identity;

import dev.ft900.agent.flash.Flash;
import dev.ft900.protocol.message.Presence.FallBack;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.provisioning.Digest;
import dev.ft900.protocol.provisioning.Refusal;
import dev.ft900.protocol.provisioning.Transfer;
import dev.ft900.protocol.provisioning.Uid;
import dev.ft900.protocol.slot.SlotCodec;
import dev.ft900.protocol.slot.SlotRecord;
import dev.ft900.protocol.wire.ByteReader.MalformedException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;

/**
 * All that a board keeps in flash, and the rules for changing it. Opening one is part of booting: the slot to use is chosen then,
 * and the random generator moves on. For one thread.
 */
public final class BoardStore {
    private final BoardRandom random;
    private final KeyWorkshop workshop;
    private final SlotBank slots;

    /** The board will not; the reason goes to the station. */
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final Refusal refusal;

        RefusedException(Refusal refusal, String words) {
            super(words, null, false, false);
            this.refusal = refusal;
        }

        public Refusal refusal() {
            return refusal;
        }
    }

    /** A signing request and nothing of its key. */
    public record SigningRequest(byte[] der) {}

    /** @param jitter this board's own noise; on a virtual board a recorded input, different for each */
    public BoardStore(Flash flash, byte[] jitter) {
        random = new BoardRandom(new IdentityLog(flash), jitter);
        workshop = new KeyWorkshop(flash);
        slots = new SlotBank(flash);
    }

    public SecureRandom random() {
        return random.generator();
    }

    public boolean isSeeded() {
        return random.isSeeded();
    }

    /** {@link Uid#NONE} until the first seed. */
    public Uid uid() {
        return random.uid();
    }

    public void seed(Uid proposed, byte[] seed) {
        random.seed(proposed, seed);
    }

    /** The record of the slot in use. */
    public Optional<SlotRecord> record() {
        return slots.record();
    }

    /**
     * The private key that belongs to {@link #record()}.
     *
     * @throws IllegalStateException it cannot be read, though it could when the slot was committed
     */
    public Optional<PrivateKey> privateKey() {
        return slots.privateKey().map(key -> {
            try {
                return readKey(key, ownCertificateKey(slots.record().orElseThrow()));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the key of a committed slot was checked", e);
            }
        });
    }

    /** Generation of the slot in use; 0 when there is none. */
    public long generation() {
        return slots.generation();
    }

    public boolean isOnTrial() {
        return slots.isOnTrial();
    }

    /** Whether the slot in use is on trial and there is another to go back to. */
    public boolean canFallBack() {
        return slots.canFallBack();
    }

    public Optional<FallBack> fellBack() {
        return slots.fellBack();
    }

    /** A CONNACK came: the slot in use has proved itself. */
    public void connected() {
        slots.connected();
    }

    /** A connection failed. @return whether the board is now on its other slot */
    public boolean connectionFailed(FallBack why) {
        return slots.failed(why);
    }

    /** The time of a trial is over. @return whether the board is now on its other slot */
    public boolean trialTimedOut(FallBack why) {
        return slots.giveUp(why);
    }

    /** Makes a key and a signing request for it, or gives the one made before under the same nonce and subject. */
    public SigningRequest makeKey(int nonce, BoardId subject) throws RefusedException {
        if (!random.isSeeded()) {
            throw new RefusedException(Refusal.NOT_SEEDED, "no seed has come yet; send one first");
        }
        return new SigningRequest(
                workshop.make(nonce, subject, random.generator()).signingRequest());
    }

    /** The signing request of the last key made, while it waits for its certificate. */
    public Optional<byte[]> signingRequest() {
        return workshop.current().map(KeyWorkshop.MadeKey::signingRequest);
    }

    /** The record of the slot in use, private key blanked. */
    public Optional<byte[]> activeRecord() {
        return slots.recordBytes().map(BoardStore::withoutKey);
    }

    /** The record of the other slot, private key blanked. */
    public Optional<byte[]> spareRecord() {
        return slots.spareRecordBytes().map(BoardStore::withoutKey);
    }

    private static byte[] withoutKey(byte[] record) {
        try {
            return SlotCodec.withoutKey(record);
        } catch (MalformedException e) {
            throw new IllegalStateException("the record of a slot was checked", e);
        }
    }

    /** Begins to write the spare slot, or goes on with the same write. @return bytes from the start that are there already */
    public int begin(Uid uid, long generation, int length, Digest hash) throws RefusedException {
        requireThisBoard(uid);
        if (generation <= slots.generation()) {
            throw new RefusedException(
                    Refusal.OUT_OF_RANGE,
                    "the slot in use has generation " + slots.generation() + "; a newer one is higher");
        }
        if (length > SlotRecord.MAX_BYTES) {
            throw new RefusedException(Refusal.OUT_OF_RANGE, "a record has at most " + SlotRecord.MAX_BYTES + " bytes");
        }
        var header = new Slot.Header(uid, generation, length, hash);
        var spare = slots.spare();
        if (!spare.header().equals(Optional.of(header)) || spare.givenUp().isPresent()) {
            spare.begin(header);
        }
        return spare.written(length);
    }

    public void write(int offset, byte[] data) throws RefusedException {
        var header = begunHeader();
        boolean last = offset + data.length == header.length();
        if (offset + data.length > header.length() || !last && data.length % Transfer.UNIT != 0) {
            throw new RefusedException(
                    Refusal.OUT_OF_RANGE,
                    "the record ends at " + header.length() + "; pieces are multiples of " + Transfer.UNIT);
        }
        var spare = slots.spare();
        if (spare.isCommitted() || !spare.takes(offset, data)) {
            throw new RefusedException(Refusal.WRONG_STEP, "other bytes are there already; begin again");
        }
        spare.write(offset, data);
    }

    /** The hash of what is in flash, as long as the record that was begun. */
    public Digest hash() throws RefusedException {
        return Digest.of(slots.spare().bytes(begunHeader().length()));
    }

    /** Makes the written record count from the next boot on. */
    public void commit(Uid uid, long generation) throws RefusedException {
        requireThisBoard(uid);
        if (generation == slots.generation()) {
            return;
        }
        var header = begunHeader();
        if (header.generation() != generation) {
            throw new RefusedException(Refusal.WRONG_STEP, "generation " + header.generation() + " is being written");
        }
        var spare = slots.spare();
        if (spare.isCommitted()) {
            return;
        }
        var bytes = spare.bytes(header.length());
        if (!Digest.of(bytes).equals(header.hash())) {
            throw new RefusedException(Refusal.BAD_RECORD, "what is in flash does not have the announced hash");
        }
        var record = decode(bytes);
        if (record.generation() != generation) {
            throw new RefusedException(Refusal.BAD_RECORD, "the record says generation " + record.generation());
        }
        if (record.key().isPresent()) {
            requireMatch(record, record.key().get().bytes());
        } else {
            var made = workshop.current()
                    .orElseThrow(() -> new RefusedException(Refusal.WRONG_STEP, "no key was made for this record"));
            requireMatch(record, made.privateKey());
            spare.storeKey(made.privateKey());
        }
        spare.commit();
        workshop.clear();
    }

    public void eraseSpare(Uid uid) throws RefusedException {
        requireThisBoard(uid);
        slots.spare().erase();
        workshop.clear();
    }

    /** Erases both slots and every key. The UID stays. */
    public void eraseEverything(Uid uid) throws RefusedException {
        requireThisBoard(uid);
        workshop.clear();
        slots.eraseEverything();
    }

    private void requireThisBoard(Uid uid) throws RefusedException {
        if (uid().isNone() || !uid.equals(uid())) {
            throw new RefusedException(Refusal.WRONG_BOARD, "this board's UID is " + uid());
        }
    }

    private Slot.Header begunHeader() throws RefusedException {
        return slots.spare().header().orElseThrow(() -> new RefusedException(Refusal.WRONG_STEP, "no write was begun"));
    }

    private static SlotRecord decode(byte[] bytes) throws RefusedException {
        try {
            return SlotCodec.decode(bytes);
        } catch (MalformedException e) {
            throw new RefusedException(Refusal.BAD_RECORD, e.getMessage());
        }
    }

    /** A signature by the key, checked with the certificate: the one proof that they belong together. */
    private void requireMatch(SlotRecord record, byte[] privateKey) throws RefusedException {
        try {
            var publicKey = ownCertificateKey(record);
            var algorithm = publicKey.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
            var challenge = record.id().value().getBytes(StandardCharsets.US_ASCII);
            var signer = Signature.getInstance(algorithm);
            signer.initSign(readKey(privateKey, publicKey), random.generator());
            signer.update(challenge);
            var verifier = Signature.getInstance(algorithm);
            verifier.initVerify(publicKey);
            verifier.update(challenge);
            if (!verifier.verify(signer.sign())) {
                throw new RefusedException(Refusal.KEY_MISMATCH, "the certificate is for another key");
            }
        } catch (GeneralSecurityException e) {
            throw new RefusedException(Refusal.BAD_RECORD, "certificate or key cannot be read");
        }
    }

    private static PublicKey ownCertificateKey(SlotRecord record) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(record.chain().get(0).bytes()))
                .getPublicKey();
    }

    private static PrivateKey readKey(byte[] pkcs8, PublicKey publicKey) throws GeneralSecurityException {
        return KeyFactory.getInstance(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }
}
