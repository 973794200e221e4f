package dev.ft900.agent.identity;

import dev.ft900.protocol.provisioning.Digest;
import dev.ft900.protocol.provisioning.Uid;
import dev.ft900.protocol.wire.ByteWriter;
import java.security.SecureRandom;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.prng.EntropySource;
import org.bouncycastle.crypto.prng.SP800SecureRandomBuilder;

/**
 * A board's random generator: HMAC_DRBG with SHA-256 (NIST SP 800-90A), started at every boot from the state in flash and the
 * board's own jitter. The state moves on before anything is drawn, so no two boots draw the same. Until a station's seed has come,
 * nothing that is drawn may become a key.
 */
final class BoardRandom {
    private static final int ENTROPY_BITS = 256;

    private final IdentityLog log;
    private final byte[] jitter;
    private byte[] state;
    private SecureRandom generator;

    /** @param jitter what this board's timers and noise would give; on a virtual board a recorded input, different for each */
    BoardRandom(IdentityLog log, byte[] jitter) {
        this.log = log;
        this.jitter = jitter.clone();
        restart(log.newest().map(IdentityLog.Entry::state).orElse(new byte[Digest.BYTES]), uid(), isSeeded());
    }

    boolean isSeeded() {
        return log.newest().map(IdentityLog.Entry::seeded).orElse(false);
    }

    Uid uid() {
        return log.newest().map(IdentityLog.Entry::uid).orElse(Uid.NONE);
    }

    /** Mixes a station's seed in. A board that has no UID takes the proposed one. */
    void seed(Uid proposed, byte[] seed) {
        restart(new ByteWriter().bytes(state).bytes(seed).toBytes(), uid().isNone() ? proposed : uid(), true);
    }

    SecureRandom generator() {
        return generator;
    }

    private void restart(byte[] material, Uid uid, boolean seeded) {
        state = derive("next state", material);
        log.append(uid, seeded, state);
        var entropy = derive("generator", material);
        generator = new SP800SecureRandomBuilder(bits -> new Fixed(entropy))
                .setEntropyBitsRequired(ENTROPY_BITS)
                .buildHMAC(new HMac(new SHA256Digest()), uid.bytes(), false);
    }

    private byte[] derive(String purpose, byte[] material) {
        return Digest.of(new ByteWriter()
                        .text8(purpose)
                        .u16(material.length)
                        .bytes(material)
                        .bytes(jitter)
                        .toBytes())
                .bytes();
    }

    /** Entropy that was gathered before. The generator asks once: a board never draws the 2^48 requests of a reseed interval. */
    private record Fixed(byte[] getEntropy) implements EntropySource {
        @Override
        public boolean isPredictionResistant() {
            return false;
        }

        @Override
        public int entropySize() {
            return ENTROPY_BITS;
        }
    }
}
