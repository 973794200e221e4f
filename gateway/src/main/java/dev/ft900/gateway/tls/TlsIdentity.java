package dev.ft900.gateway.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Who this process is, and whom it trusts.
 *
 * @param chain own certificate, then the authorities above it, without the root
 * @param anchors to one of which the other side's chain must lead
 */
public record TlsIdentity(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> anchors) {
    /** Forward secrecy and authenticated encryption only. */
    public static final List<String> SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");

    /** Nothing older than TLS 1.2. */
    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    public TlsIdentity {
        chain = List.copyOf(chain);
        anchors = List.copyOf(anchors);
    }

    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** A context that shows this identity and trusts these anchors. */
    public SSLContext context() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(keyManagers().getKeyManagers(), trustManagers().getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform makes a TLS context of a checked key", e);
        }
    }

    /** The key and the chain as a store in memory. */
    public KeyStore keyStore() {
        try {
            var store = emptyStore();
            store.setKeyEntry("identity", key, new char[0], chain.toArray(Certificate[]::new));
            return store;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform keeps a key in memory", e);
        }
    }

    private KeyManagerFactory keyManagers() throws GeneralSecurityException {
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keyStore(), new char[0]);
        return managers;
    }

    /** The anchors as a store in memory. */
    public KeyStore trustStore() {
        try {
            var store = emptyStore();
            for (int i = 0; i < anchors.size(); i++) {
                store.setCertificateEntry("anchor" + i, anchors.get(i));
            }
            return store;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform keeps a certificate in memory", e);
        }
    }

    private TrustManagerFactory trustManagers() throws GeneralSecurityException {
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trustStore());
        return managers;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            // Never leaves memory, under no password, which PKCS#12 would stretch ten thousand times at each access.
            var store = KeyStore.getInstance("JKS");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new IllegalStateException("nothing is read for an empty store", e);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "TlsIdentity[" + certificate().getSubjectX500Principal() + "]";
    }
}
