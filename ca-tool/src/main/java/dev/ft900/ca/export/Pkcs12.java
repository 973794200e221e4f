package dev.ft900.ca.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;

/** PKCS#12 (RFC 7292), as Java's key stores, browsers and OpenSSL 3 read it: AES-256, HMAC with SHA-256. */
public final class Pkcs12 {
    private Pkcs12() {}

    /** Key and chain when the key is at hand; else the root as somebody to trust. */
    public static byte[] encode(Holder holder, String alias, String password) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            if (holder.key().isPresent()) {
                store.setKeyEntry(
                        alias,
                        holder.key().get(),
                        password.toCharArray(),
                        holder.chain().toArray(Certificate[]::new));
            } else {
                store.setCertificateEntry("root", holder.root());
            }
            var out = new ByteArrayOutputStream();
            store.store(out, password.toCharArray());
            return out.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform writes PKCS#12", e);
        }
    }
}
