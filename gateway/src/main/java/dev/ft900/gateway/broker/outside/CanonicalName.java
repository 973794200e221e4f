package dev.ft900.gateway.broker.outside;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * A subject's name as OpenSSL brings it into one form before it hashes it ({@code X509_NAME_hash}): every value as UTF-8 in lower case, runs of
 * spaces as one, none at the ends; the relative names one after the other, without the sequence around them. Covers the attributes that our
 * authorities have in their names.
 */
final class CanonicalName {
    private static final int SET = 0x31;
    private static final int SEQUENCE = 0x30;
    private static final int OBJECT_ID = 0x06;
    private static final int UTF8_STRING = 0x0c;
    private static final int LONGEST_SHORT_LENGTH = 0x7f;

    private CanonicalName() {}

    static byte[] of(X500Principal name) {
        try {
            var out = new ByteArrayOutputStream();
            for (var relative : new LdapName(name.getName(X500Principal.RFC2253)).getRdns()) {
                out.writeBytes(element(SET, attribute(relative)));
            }
            return out.toByteArray();
        } catch (InvalidNameException e) {
            throw new IllegalStateException("a name of the platform's own making is read by it", e);
        }
    }

    private static byte[] attribute(Rdn relative) {
        var value =
                relative.getValue().toString().strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        var out = new ByteArrayOutputStream();
        out.writeBytes(element(OBJECT_ID, objectId(relative.getType())));
        out.writeBytes(element(UTF8_STRING, value.getBytes(StandardCharsets.UTF_8)));
        return element(SEQUENCE, out.toByteArray());
    }

    /** RFC 4519: 2.5.4.x. */
    private static byte[] objectId(String type) {
        var known = List.of("CN=3", "C=6", "L=7", "ST=8", "O=10", "OU=11");
        return known.stream()
                .filter(entry -> entry.startsWith(type.toUpperCase(Locale.ROOT) + "="))
                .map(entry -> Byte.parseByte(entry.substring(entry.indexOf('=') + 1)))
                .map(last -> new byte[] {0x55, 0x04, last})
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected an authority's name of CN, C, L, ST, O and OU; it has " + type));
    }

    private static byte[] element(int tag, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length > LONGEST_SHORT_LENGTH) {
            out.write(0x81);
        }
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }
}
