package dev.ft900.ca.export;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Somebody's certificates, and the key if it is at hand.
 *
 * @param chain own certificate first, then the authorities above it, without the root
 * @param root to which the chain leads
 */
public record Holder(List<X509Certificate> chain, X509Certificate root, Optional<PrivateKey> key) {
    /** @throws IllegalArgumentException the key belongs to another certificate */
    public Holder {
        chain = List.copyOf(chain);
        if (key.isPresent() && !fits(key.get(), chain.get(0))) {
            throw new IllegalArgumentException(
                    "expected the key of " + chain.get(0).getSubjectX500Principal() + "; this is another key");
        }
    }

    /** The holder's own certificate. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    private static boolean fits(PrivateKey key, X509Certificate certificate) {
        var algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        var message = new byte[] {1, 2, 3};
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(message);
            var signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(message);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            // A key of another kind, then.
            return false;
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "Holder[" + certificate().getSubjectX500Principal() + "]";
    }
}
