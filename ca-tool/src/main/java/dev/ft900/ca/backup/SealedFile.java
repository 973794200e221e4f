package dev.ft900.ca.backup;

import dev.ft900.ca.authority.Passphrase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Bytes under a passphrase: encrypted and protected against changes.
 *
 * <pre>
 *   15  "FT900-BACKUP-1" and a line feed
 *    4  iterations of PBKDF2 with HMAC-SHA-256, big-endian
 *   16  salt
 *   12  nonce
 *    …  AES-256-GCM of the content, all before it as additional data, tag of 16 bytes at the end
 * </pre>
 */
final class SealedFile {
    private static final byte[] MAGIC = "FT900-BACKUP-1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int ITERATIONS = 600_000;
    private static final int MAX_ITERATIONS = 10_000_000;
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BITS = 256;
    private static final int HEADER_BYTES = MAGIC.length + Integer.BYTES + SALT_BYTES + NONCE_BYTES;

    private SealedFile() {}

    static byte[] seal(byte[] content, Passphrase passphrase) {
        var random = new SecureRandom();
        var salt = new byte[SALT_BYTES];
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(salt);
        random.nextBytes(nonce);
        var header = ByteBuffer.allocate(HEADER_BYTES)
                .put(MAGIC)
                .putInt(ITERATIONS)
                .put(salt)
                .put(nonce)
                .array();
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, passphrase, salt, ITERATIONS, nonce);
            cipher.updateAAD(header);
            var sealed = Arrays.copyOf(header, HEADER_BYTES + cipher.getOutputSize(content.length));
            cipher.doFinal(content, 0, content.length, sealed, HEADER_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform encrypts with AES-GCM", e);
        }
    }

    /** @throws IOException the file is no backup, or was changed, or the passphrase does not fit */
    static byte[] open(byte[] sealed, Passphrase passphrase) throws IOException {
        if (sealed.length < HEADER_BYTES + TAG_BITS / 8
                || !Arrays.equals(sealed, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IOException("expected a backup made by ./ft900 ca backup; the file is none");
        }
        var header = ByteBuffer.wrap(sealed, MAGIC.length, HEADER_BYTES - MAGIC.length);
        int iterations = header.getInt();
        if (iterations < 1 || iterations > MAX_ITERATIONS) {
            throw new IOException(
                    "expected a backup with 1 to " + MAX_ITERATIONS + " iterations; it says " + iterations);
        }
        var salt = new byte[SALT_BYTES];
        var nonce = new byte[NONCE_BYTES];
        header.get(salt).get(nonce);
        try {
            var cipher = cipher(Cipher.DECRYPT_MODE, passphrase, salt, iterations, nonce);
            cipher.updateAAD(sealed, 0, HEADER_BYTES);
            return cipher.doFinal(sealed, HEADER_BYTES, sealed.length - HEADER_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "expected the passphrase of this backup, and an undamaged file; one of them is not", e);
        }
    }

    private static Cipher cipher(int mode, Passphrase passphrase, byte[] salt, int iterations, byte[] nonce)
            throws GeneralSecurityException {
        var spec = new PBEKeySpec(passphrase.secret().toCharArray(), salt, iterations, KEY_BITS);
        var key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec);
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key.getEncoded(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
