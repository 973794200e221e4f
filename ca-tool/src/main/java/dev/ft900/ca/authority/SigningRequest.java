package dev.ft900.ca.authority;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/**
 * A certificate signing request (PKCS#10, RFC 2986) whose signature proves that the asker holds the key. Nothing else in it counts.
 *
 * @param key the key that wants a certificate
 */
public record SigningRequest(PublicKey key) {
    /** More than any request for the keys that we take. */
    private static final int MAX_BYTES = 4096;

    /**
     * Reads and checks a request.
     *
     * @throws PolicyException it is none, or its signature does not fit
     */
    public static SigningRequest read(byte[] der) throws PolicyException {
        if (der.length > MAX_BYTES) {
            throw new PolicyException(
                    "signing-request", "a signing request has at most " + MAX_BYTES + " bytes; got " + der.length);
        }
        try {
            var request = new JcaPKCS10CertificationRequest(new PKCS10CertificationRequest(der));
            var key = request.getPublicKey();
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw new PolicyException(
                        "proof-of-possession",
                        "the signing request must be signed with the key that it asks for; its signature does not fit");
            }
            return new SigningRequest(key);
        } catch (IOException | GeneralSecurityException | OperatorException | PKCSException | RuntimeException e) {
            // The parser throws whatever comes when bytes are hostile.
            throw new PolicyException(
                    "signing-request", "expected a PKCS#10 signing request; the bytes cannot be read as one");
        }
    }
}
