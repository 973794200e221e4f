package dev.ft900.ca.authority;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of keys that a certificate can be for. */
public enum KeyKind {
    /** Elliptic curve secp256r1 (FIPS 186-4). */
    P256("P-256"),
    /** RSA with 2048 bits and the public exponent 65537, for boards that know no curves. */
    RSA2048("RSA-2048");

    private static final int RSA_BITS = 2048;

    /** The order of secp256r1: no other curve of 256 bits has it. */
    private static final String P256_ORDER = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

    private final String word;

    KeyKind(String word) {
        this.word = word;
    }

    /** The kind that goes by this word in profiles, options and REST. */
    public static Optional<KeyKind> from(String word) {
        return Arrays.stream(values()).filter(k -> k.word.equals(word)).findFirst();
    }

    /** What kind a key is; empty when it is none of these. */
    public static Optional<KeyKind> of(PublicKey key) {
        return Arrays.stream(values()).filter(k -> k.matches(key)).findFirst();
    }

    public String word() {
        return word;
    }

    private boolean matches(PublicKey key) {
        return switch (this) {
            case P256 ->
                key instanceof ECPublicKey ec
                        && ec.getParams().getOrder().toString(16).equals(P256_ORDER);
            case RSA2048 ->
                key instanceof RSAPublicKey rsa
                        && rsa.getModulus().bitLength() == RSA_BITS
                        && rsa.getPublicExponent().equals(RSAKeyGenParameterSpec.F4);
        };
    }

    /** Makes a key pair. */
    public KeyPair generate() {
        try {
            var generator = KeyPairGenerator.getInstance(this == P256 ? "EC" : "RSA");
            generator.initialize(
                    this == P256
                            ? new ECGenParameterSpec("secp256r1")
                            : new RSAKeyGenParameterSpec(RSA_BITS, RSAKeyGenParameterSpec.F4));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform makes these keys", e);
        }
    }
}
