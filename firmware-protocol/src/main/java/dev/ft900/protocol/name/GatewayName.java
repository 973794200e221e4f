package dev.ft900.protocol.name;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The short name of a gateway. It is the last level of request and reply topics, so that a reply finds the gateway
 * that asked.
 *
 * @param value 1 to 8 of {@code a-z 0-9 -}, starting with a letter
 */
public record GatewayName(String value) {
    /** What a name looks like, for messages to people. */
    public static final String RULE = "1 to 8 characters of a-z, 0-9 and -, starting with a letter";

    /** Every gateway's certificate has this prefix in its common name; the dot keeps it out of the space of board ids. */
    public static final String COMMON_NAME_PREFIX = "gw.";

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,7}");

    public GatewayName {
        if (value == null || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a gateway's name is " + RULE + "; got " + Quoted.of(value));
        }
    }

    /** Parses a name that comes from outside; empty when it breaks the rule. */
    public static Optional<GatewayName> from(String text) {
        return text != null && FORM.matcher(text).matches() ? Optional.of(new GatewayName(text)) : Optional.empty();
    }

    /** The gateway that a certificate's common name stands for; empty for every other common name. */
    public static Optional<GatewayName> fromCommonName(String commonName) {
        return commonName != null && commonName.startsWith(COMMON_NAME_PREFIX)
                ? from(commonName.substring(COMMON_NAME_PREFIX.length()))
                : Optional.empty();
    }

    /** The common name of this gateway's certificate. */
    public String commonName() {
        return COMMON_NAME_PREFIX + value;
    }

    @Override
    public String toString() {
        return value;
    }
}
