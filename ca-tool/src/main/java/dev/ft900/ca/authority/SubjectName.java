package dev.ft900.ca.authority;

import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.util.IPAddress;

/**
 * A name under which a server is reached: an entry of the subject alternative names.
 *
 * @param kind {@code DNS} or {@code IP}
 */
public record SubjectName(Kind kind, String value) {
    private static final Pattern DNS = Pattern.compile(
            "(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");
    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1?\\d?\\d)");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    /** What kind of name. */
    public enum Kind {
        DNS,
        IP
    }

    /** Parses {@code DNS:host} or {@code IP:address}; empty for anything else. */
    public static Optional<SubjectName> parse(String text) {
        if (text.startsWith("DNS:") && isDns(text.substring(4))) {
            return Optional.of(new SubjectName(Kind.DNS, text.substring(4)));
        }
        if (text.startsWith("IP:") && isIp(text.substring(3))) {
            return Optional.of(new SubjectName(Kind.IP, text.substring(3)));
        }
        return Optional.empty();
    }

    /** The name for a host as people write it: an address or a DNS name; empty when it is neither. */
    public static Optional<SubjectName> ofHost(String host) {
        return isIp(host) ? parse("IP:" + host) : parse("DNS:" + host);
    }

    static boolean isDns(String text) {
        return DNS.matcher(text).matches() && !IPV4.matcher(text).matches();
    }

    private static boolean isIp(String text) {
        return IPV4.matcher(text).matches() || IPV6.matcher(text).matches() && IPAddress.isValidIPv6(text);
    }

    GeneralName toGeneralName() {
        return new GeneralName(kind == Kind.DNS ? GeneralName.dNSName : GeneralName.iPAddress, value);
    }

    /** For example {@code DNS:localhost}. */
    @Override
    public String toString() {
        return kind + ":" + value;
    }
}
