package dev.ft900.gateway.broker;

import dev.ft900.gateway.tls.TlsIdentity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.HexFormat;

/**
 * The TLS of a broker as files that Java programs read, with a password that nobody but this process knows: 192 random bits, which need not be
 * stretched as PKCS#12 does, ten thousand times at each access while the gateway starts.
 *
 * @param password of both stores
 */
public record BrokerTls(Path keyStore, Path trustStore, String password) {
    private static final int PASSWORD_BYTES = 24;

    /** Writes the stores to the scratch folder. */
    public static BrokerTls write(BrokerSettings settings) throws IOException {
        var random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        var password = HexFormat.of().formatHex(random);
        try {
            var trust = empty();
            var anchors = settings.identity().anchors();
            for (int i = 0; i < anchors.size(); i++) {
                trust.setCertificateEntry("anchor" + i, anchors.get(i));
            }
            var tls = new BrokerTls(
                    settings.scratch().resolve("keys.jks"), settings.scratch().resolve("trust.jks"), password);
            store(trust, tls.trustStore, password);
            tls.writeKeys(settings.identity());
            return tls;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform writes key stores", e);
        }
    }

    /** Puts another key and its certificates where the broker looks for them; it never sees half of them. */
    public void writeKeys(TlsIdentity identity) throws IOException {
        try {
            var keys = empty();
            keys.setKeyEntry(
                    "server",
                    identity.key(),
                    password.toCharArray(),
                    identity.chain().toArray(Certificate[]::new));
            var fresh = keyStore.resolveSibling("keys.jks.new");
            store(keys, fresh, password);
            Files.move(fresh, keyStore, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform writes key stores", e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("JKS");
        store.load(null, null);
        return store;
    }

    private static void store(KeyStore store, Path file, String password) throws GeneralSecurityException, IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "BrokerTls[" + keyStore + "]";
    }
}
