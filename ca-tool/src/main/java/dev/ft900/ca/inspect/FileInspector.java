package dev.ft900.ca.inspect;

import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.PemException;
import dev.ft900.ca.authority.PolicyException;
import dev.ft900.ca.authority.SigningRequest;
import dev.ft900.protocol.slot.SlotCodec;
import dev.ft900.protocol.wire.ByteReader.MalformedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** Finds certificates, lists, requests, keys and slot records in bytes: PEM, DER, PKCS#12 or a slot image. */
public final class FileInspector {
    /** The most objects that are looked at in one file. */
    public static final int MAX_OBJECTS = 1_000;

    private static final int SEQUENCE = 0x30;

    private FileInspector() {}

    /**
     * What is in there, in its order; empty when nothing is known.
     *
     * @param password for PKCS#12; without one such a file counts as unknown
     * @throws PemException one of the objects is broken
     */
    public static List<Found> inspect(byte[] bytes, Optional<String> password) throws PemException {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (text.contains("-----BEGIN ")) {
            return pem(text);
        }
        if (text.startsWith("FT9S")) {
            return List.of(slot(bytes));
        }
        return bytes.length > 0 && (bytes[0] & 0xFF) == SEQUENCE ? der(bytes, password) : List.of();
    }

    private static List<Found> pem(String text) throws PemException {
        var found = new ArrayList<Found>();
        if (text.contains("-----BEGIN CERTIFICATE-----")) {
            for (var certificate : Pem.readCertificates(text)) {
                found.add(new Found.Certificate(certificate));
            }
        }
        for (var list : Pem.readRevocationLists(text)) {
            found.add(new Found.RevocationList(list));
        }
        var request = Pem.readRequest(text);
        if (request.isPresent()) {
            found.add(request(request.get())
                    .orElseThrow(() -> new PemException("expected a PKCS#10 signing request; it cannot be read")));
        }
        if (text.contains("PRIVATE KEY-----")) {
            found.add(new Found.PrivateKey(
                    text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----") || text.contains("Proc-Type: 4,ENCRYPTED")));
        }
        return limited(found);
    }

    private static List<Found> der(byte[] bytes, Optional<String> password) throws PemException {
        var request = request(bytes);
        if (request.isPresent()) {
            return List.of(request.get());
        }
        try {
            return List.of(new Found.Certificate(Pem.readCertificate(bytes)));
        } catch (PemException e) {
            // Something else, then.
        }
        try {
            return List.of(new Found.RevocationList(Pem.readRevocationList(bytes)));
        } catch (PemException e) {
            return password.isPresent() ? pkcs12(bytes, password.get()) : List.of();
        }
    }

    private static List<Found> pkcs12(byte[] bytes, String password) throws PemException {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), password.toCharArray());
            var found = new ArrayList<Found>();
            for (var alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    found.add(new Found.PrivateKey(true));
                    for (var certificate : store.getCertificateChain(alias)) {
                        found.add(new Found.Certificate((X509Certificate) certificate));
                    }
                } else {
                    found.add(new Found.Certificate((X509Certificate) store.getCertificate(alias)));
                }
            }
            return limited(found);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new PemException("expected a PKCS#12 file with this password; it does not open");
        }
    }

    private static Found slot(byte[] bytes) throws PemException {
        try {
            return new Found.Slot(SlotCodec.decode(bytes), bytes.length);
        } catch (MalformedException e) {
            throw new PemException("expected a slot record; " + e.getMessage());
        }
    }

    /** Nobody is bound by what a request says; so it is read as it stands, and its proof is told. */
    private static Optional<Found> request(byte[] der) {
        try {
            var request = new PKCS10CertificationRequest(der);
            var subject = request.getSubject().toString();
            try {
                return Optional.of(
                        new Found.Request(subject, SigningRequest.read(der).key(), true));
            } catch (PolicyException e) {
                var key = new JcaPKCS10CertificationRequest(request).getPublicKey();
                return Optional.of(new Found.Request(subject, key, false));
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // The parser throws whatever comes when bytes are hostile.
            return Optional.empty();
        }
    }

    private static List<Found> limited(List<Found> found) throws PemException {
        if (found.size() > MAX_OBJECTS) {
            throw new PemException("expected at most " + MAX_OBJECTS + " objects; there are " + found.size());
        }
        return found;
    }
}
