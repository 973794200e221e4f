package dev.ft900.ca.export;

import dev.ft900.ca.authority.Pem;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * The three PEM files that older firmware (libpyiotcloud) compiles into its image: {@code rootca.pem}, {@code NAME_cert.pem} and
 * {@code NAME_pkey.pem}. An RSA key is PKCS#8; a P-256 key is EC PARAMETERS and EC PRIVATE KEY (RFC 5915). Neither is encrypted, since
 * the firmware takes no passphrase.
 */
public final class ClassicSet {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});
    private static final int P256_BITS = 256;

    private ClassicSet() {}

    /**
     * The files by name, the secret one last.
     *
     * @throws IllegalArgumentException the key is not at hand, or is of a kind that such firmware does not know
     */
    public static Map<String, String> encode(Holder holder, String name) {
        var key = holder.key()
                .orElseThrow(() ->
                        new IllegalArgumentException("expected the private key; older firmware has it compiled in"));
        var files = new LinkedHashMap<String, String>();
        files.put("rootca.pem", Pem.certificate(holder.root()));
        files.put(name + "_cert.pem", Pem.certificate(holder.certificate()));
        files.put(secretFile(name), key.getAlgorithm().equals("RSA") ? Pem.privateKey(key) : curveKey(holder, key));
        return files;
    }

    /** What to know before such firmware is built with the files, in words; empty when every release of it takes them. */
    public static Optional<String> warning(Holder holder) {
        return holder.certificate().getPublicKey() instanceof ECPublicKey
                ? Optional.of(
                        "firmware built before October 2019, or with its RSA option, does not read a P-256 key or root. For it:"
                                + " ./ft900 ca init --key RSA-2048, ./ft900 ca issue --profile classic-rsa, and export that.")
                : Optional.empty();
    }

    /** Which of the files holds the key. */
    public static String secretFile(String name) {
        return name + "_pkey.pem";
    }

    private static String curveKey(Holder holder, PrivateKey key) {
        if (!(holder.certificate().getPublicKey() instanceof ECPublicKey)) {
            throw new IllegalArgumentException("expected an RSA or P-256 key; got " + key.getAlgorithm());
        }
        try {
            var secret = ECPrivateKey.getInstance(
                    PrivateKeyInfo.getInstance(key.getEncoded()).parsePrivateKey());
            var point = SubjectPublicKeyInfo.getInstance(
                            holder.certificate().getPublicKey().getEncoded())
                    .getPublicKeyData();
            var whole = new ECPrivateKey(
                    P256_BITS, secret.getKey(), new DERBitString(point.getBytes()), SECObjectIdentifiers.secp256r1);
            return block("EC PARAMETERS", SECObjectIdentifiers.secp256r1) + block("EC PRIVATE KEY", whole);
        } catch (IOException e) {
            throw new IllegalStateException("a key that was read can be written", e);
        }
    }

    private static String block(String label, ASN1Encodable content) throws IOException {
        return "-----BEGIN " + label + "-----\n"
                + LINES.encodeToString(content.toASN1Primitive().getEncoded()) + "\n-----END " + label + "-----\n";
    }
}
