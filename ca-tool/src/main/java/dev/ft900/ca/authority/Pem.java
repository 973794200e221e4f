package dev.ft900.ca.authority;

import dev.ft900.ca.file.InputFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** PEM as of RFC 7468: text around base64 of DER. */
public final class Pem {
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PRIVATE_KEY = "PRIVATE KEY";
    private static final String ENCRYPTED_KEY = "ENCRYPTED PRIVATE KEY";
    private static final String LIST = "X509 CRL";
    private static final String REQUEST = "CERTIFICATE REQUEST";
    private static final String OLD_REQUEST = "NEW CERTIFICATE REQUEST";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/=\\s]+");

    private Pem() {}

    /** One or more certificates, one after another. */
    public static String certificates(List<X509Certificate> certificates) {
        var text = new StringBuilder();
        for (var certificate : certificates) {
            text.append(block(CERTIFICATE, der(certificate)));
        }
        return text.toString();
    }

    public static String certificate(X509Certificate certificate) {
        return certificates(List.of(certificate));
    }

    /** A private key in PKCS#8, not encrypted. */
    public static String privateKey(PrivateKey key) {
        return block(PRIVATE_KEY, key.getEncoded());
    }

    /** A private key in PKCS#8, encrypted. */
    static String encryptedPrivateKey(PrivateKey key, Passphrase passphrase) {
        return block(ENCRYPTED_KEY, EncryptedKey.seal(key.getEncoded(), passphrase));
    }

    /** A revocation list. */
    public static String revocationList(X509CRL list) {
        try {
            return block(LIST, list.getEncoded());
        } catch (CRLException e) {
            throw new IllegalArgumentException("a list that was made has a DER form", e);
        }
    }

    /** A signing request. */
    public static String request(byte[] der) {
        return block(REQUEST, der);
    }

    private static String block(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + LINES.encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    /** The certificate's DER form. */
    public static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate that was read has a DER form", e);
        }
    }

    /**
     * The certificates in a text, in their order.
     *
     * @throws PemException there is none, or one cannot be read
     */
    public static List<X509Certificate> readCertificates(String text) throws PemException {
        var certificates = new ArrayList<X509Certificate>();
        for (var der : blocks(text, CERTIFICATE)) {
            certificates.add(readCertificate(der));
        }
        if (certificates.isEmpty()) {
            throw new PemException("expected -----BEGIN CERTIFICATE-----; there is none");
        }
        return certificates;
    }

    /** A certificate in DER. */
    public static X509Certificate readCertificate(byte[] der) throws PemException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new PemException("expected an X.509 certificate; it cannot be read: " + e.getMessage());
        }
    }

    /** The certificates in a file. */
    public static List<X509Certificate> readCertificates(Path file) throws IOException, PemException {
        return readCertificates(InputFile.text(file, "certificates"));
    }

    /** The private key in a file: PKCS#8, EC or RSA, not encrypted. */
    public static PrivateKey readPrivateKey(Path file) throws IOException, PemException {
        return readPrivateKey(InputFile.text(file, "a private key"), file.toString());
    }

    /** @param where the text comes from, for messages */
    static PrivateKey readPrivateKey(String text, String where) throws PemException {
        var blocks = blocks(text, PRIVATE_KEY);
        if (blocks.size() != 1) {
            throw new PemException("expected one -----BEGIN PRIVATE KEY----- in " + where + "; found " + blocks.size());
        }
        return privateKey(blocks.get(0), where);
    }

    static boolean isEncrypted(String text) {
        return !blocks(text, ENCRYPTED_KEY).isEmpty();
    }

    static PrivateKey readPrivateKey(String text, Passphrase passphrase) throws PemException {
        var pkcs8 = EncryptedKey.open(blocks(text, ENCRYPTED_KEY).get(0), passphrase);
        try {
            return privateKey(pkcs8, "the file");
        } catch (PemException e) {
            // One wrong passphrase in 256 leaves bytes that only look decrypted.
            throw new PemException(EncryptedKey.WRONG_PASSPHRASE);
        }
    }

    private static PrivateKey privateKey(byte[] pkcs8, String where) throws PemException {
        for (var algorithm : List.of("EC", "RSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException e) {
                // The other algorithm, then.
                continue;
            }
        }
        throw new PemException("expected an EC or RSA key in " + where + "; it is neither");
    }

    /** The revocation lists in a text, in their order; empty when there is none. */
    public static List<X509CRL> readRevocationLists(String text) throws PemException {
        var lists = new ArrayList<X509CRL>();
        for (var der : blocks(text, LIST)) {
            lists.add(readRevocationList(der));
        }
        return lists;
    }

    /** A revocation list in DER. */
    public static X509CRL readRevocationList(byte[] der) throws PemException {
        try {
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new PemException("expected a certificate revocation list; it cannot be read: " + e.getMessage());
        }
    }

    /** The first signing request in a text, as DER; empty when there is none. */
    public static Optional<byte[]> readRequest(String text) {
        return Stream.of(REQUEST, OLD_REQUEST)
                .flatMap(label -> blocks(text, label).stream())
                .findFirst();
    }

    private static List<byte[]> blocks(String text, String label) {
        var begin = "-----BEGIN " + label + "-----";
        var end = "-----END " + label + "-----";
        var blocks = new ArrayList<byte[]>();
        for (int at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, at + 1)) {
            int from = at + begin.length();
            int until = text.indexOf(end, from);
            if (until < 0) {
                break;
            }
            var body = text.substring(from, until);
            if (BASE64.matcher(body).matches()) {
                try {
                    blocks.add(Base64.getMimeDecoder().decode(body.getBytes(StandardCharsets.US_ASCII)));
                } catch (IllegalArgumentException e) {
                    // Not base64 after all: as if the block were not there.
                    continue;
                }
            }
        }
        return blocks;
    }
}
