package dev.ft900.ca.authority;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
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

    /** All of secp256r1: with another generator, signatures could be made without the key (CVE-2020-0601). */
    private static final ECParameterSpec P256_PARAMETERS = p256();

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
                        && ec.getParams().getCurve().equals(P256_PARAMETERS.getCurve())
                        && ec.getParams().getGenerator().equals(P256_PARAMETERS.getGenerator())
                        && ec.getParams().getOrder().equals(P256_PARAMETERS.getOrder());
            case RSA2048 ->
                key instanceof RSAPublicKey rsa
                        && rsa.getModulus().bitLength() == RSA_BITS
                        && rsa.getPublicExponent().equals(RSAKeyGenParameterSpec.F4);
        };
    }

    private static ECParameterSpec p256() {
        try {
            var parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform knows this curve", e);
        }
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
