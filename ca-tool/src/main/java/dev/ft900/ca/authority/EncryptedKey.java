package dev.ft900.ca.authority;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * A private key at rest: PKCS#8 EncryptedPrivateKeyInfo (RFC 5958) with PBES2 (RFC 8018): AES-256-CBC under a key that PBKDF2 with
 * HMAC-SHA-256 makes of a passphrase. What {@code openssl pkey} reads.
 */
final class EncryptedKey {
    /** For what a person chose: what OWASP advised for this function in 2023. */
    private static final int DEAR_ITERATIONS = 600_000;

    /** For 256 random bits, which nobody guesses at any price. */
    private static final int CHEAP_ITERATIONS = 10_000;

    /** More than anybody asks for; a file that does is broken, or meant to keep us busy. */
    private static final int MAX_ITERATIONS = 10_000_000;

    static final String WRONG_PASSPHRASE = "the passphrase does not open the key";

    private static final int SALT_BYTES = 16;
    private static final int BLOCK_BYTES = 16;
    private static final int KEY_BITS = 256;
    private static final String CIPHER = "AES/CBC/PKCS5Padding";

    private EncryptedKey() {}

    /** Encrypts a key in PKCS#8. */
    static byte[] seal(byte[] pkcs8, Passphrase passphrase) {
        var random = new SecureRandom();
        var salt = new byte[SALT_BYTES];
        var iv = new byte[BLOCK_BYTES];
        random.nextBytes(salt);
        random.nextBytes(iv);
        int iterations = passphrase.chosenByAPerson() ? DEAR_ITERATIONS : CHEAP_ITERATIONS;
        try {
            var cipher = Cipher.getInstance(CIPHER);
            cipher.init(Cipher.ENCRYPT_MODE, key(passphrase, salt, iterations), new IvParameterSpec(iv));
            var derivation = new PBKDF2Params(
                    salt, iterations, KEY_BITS / 8, new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256));
            var algorithm = new AlgorithmIdentifier(
                    PKCSObjectIdentifiers.id_PBES2,
                    new PBES2Parameters(
                            new KeyDerivationFunc(PKCSObjectIdentifiers.id_PBKDF2, derivation),
                            new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(iv))));
            return new EncryptedPrivateKeyInfo(algorithm, cipher.doFinal(pkcs8)).getEncoded();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform encrypts with AES and PBKDF2", e);
        }
    }

    /**
     * Decrypts a key to PKCS#8.
     *
     * @throws PemException the bytes are no key of this form, or the passphrase does not fit
     */
    static byte[] open(byte[] sealed, Passphrase passphrase) throws PemException {
        PBKDF2Params derivation;
        byte[] iv;
        byte[] data;
        try {
            var info = EncryptedPrivateKeyInfo.getInstance(sealed);
            require(info.getEncryptionAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2));
            var scheme =
                    PBES2Parameters.getInstance(info.getEncryptionAlgorithm().getParameters());
            require(scheme.getKeyDerivationFunc().getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2));
            require(scheme.getEncryptionScheme().getAlgorithm().equals(NISTObjectIdentifiers.id_aes256_CBC));
            derivation = PBKDF2Params.getInstance(scheme.getKeyDerivationFunc().getParameters());
            require(derivation.getPrf().getAlgorithm().equals(PKCSObjectIdentifiers.id_hmacWithSHA256));
            require(derivation.getIterationCount().bitLength() < 32
                    && derivation.getIterationCount().intValue() <= MAX_ITERATIONS
                    && derivation.getIterationCount().signum() > 0);
            iv = ASN1OctetString.getInstance(scheme.getEncryptionScheme().getParameters())
                    .getOctets();
            data = info.getEncryptedData();
        } catch (RuntimeException e) {
            // The parser throws whatever comes when bytes are hostile.
            throw new PemException("expected a key encrypted with PBES2, PBKDF2-HMAC-SHA-256 and AES-256-CBC;"
                    + " the bytes are something else");
        }
        try {
            var cipher = Cipher.getInstance(CIPHER);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    key(
                            passphrase,
                            derivation.getSalt(),
                            derivation.getIterationCount().intValue()),
                    new IvParameterSpec(iv));
            return cipher.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new PemException(WRONG_PASSPHRASE);
        }
    }

    private static SecretKeySpec key(Passphrase passphrase, byte[] salt, int iterations)
            throws GeneralSecurityException {
        var spec = new PBEKeySpec(passphrase.secret().toCharArray(), salt, iterations, KEY_BITS);
        try {
            var made = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec);
            return new SecretKeySpec(made.getEncoded(), "AES");
        } finally {
            spec.clearPassword();
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("another algorithm");
        }
    }
}
