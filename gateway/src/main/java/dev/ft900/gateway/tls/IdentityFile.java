package dev.ft900.gateway.tls;

import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.PemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A key with its certificates in one file, as authorities of all kinds hand them out: PEM, or PKCS#12 when its name ends in {@code .p12}
 * or {@code .pfx}.
 *
 * @param password of a PKCS#12 file
 */
public record IdentityFile(Path file, Optional<String> password) {
    private static final byte[] PROBE = new byte[32];

    /**
     * Reads it now.
     *
     * @param anchors to one of which the chains of others must lead
     * @throws IOException it cannot be read, or is no such file, or its key and its certificate do not belong together; says why
     */
    public TlsIdentity read(List<X509Certificate> anchors) throws IOException {
        try {
            var identity = isPkcs12() ? pkcs12(anchors) : pem(anchors);
            if (!belong(identity.key(), identity.certificate().getPublicKey())) {
                throw unfit("its key is not that of its first certificate");
            }
            return identity;
        } catch (PemException | GeneralSecurityException e) {
            throw unfit(e.getMessage());
        } catch (IOException e) {
            throw e.getMessage() != null && e.getMessage().startsWith("expected") ? e : unfit(e.toString());
        }
    }

    private IOException unfit(String why) {
        return new IOException("expected key and certificates as PEM or PKCS#12 in " + file + "; " + why);
    }

    private boolean isPkcs12() {
        var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".p12") || name.endsWith(".pfx");
    }

    private TlsIdentity pem(List<X509Certificate> anchors) throws IOException, PemException {
        var certificates = Pem.readCertificates(file);
        if (certificates.isEmpty()) {
            throw unfit("it holds no certificate");
        }
        return new TlsIdentity(Pem.readPrivateKey(file), certificates, anchors);
    }

    private TlsIdentity pkcs12(List<X509Certificate> anchors) throws IOException, GeneralSecurityException {
        var secret = password.orElse("").toCharArray();
        var store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(Files.readAllBytes(file)), secret);
        for (var alias : Collections.list(store.aliases())) {
            if (store.getKey(alias, secret) instanceof PrivateKey key) {
                var chain = Arrays.stream(store.getCertificateChain(alias))
                        .map(X509Certificate.class::cast)
                        .toList();
                return new TlsIdentity(key, chain, anchors);
            }
        }
        throw unfit("it holds no private key");
    }

    /** Whether what the one signs the other verifies. */
    private static boolean belong(PrivateKey key, PublicKey other) throws GeneralSecurityException {
        if (!key.getAlgorithm().equals(other.getAlgorithm())) {
            return false;
        }
        var algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        var signer = Signature.getInstance(algorithm);
        signer.initSign(key, new SecureRandom());
        signer.update(PROBE);
        var verifier = Signature.getInstance(algorithm);
        verifier.initVerify(other);
        verifier.update(PROBE);
        return verifier.verify(signer.sign());
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "IdentityFile[" + file + "]";
    }
}
