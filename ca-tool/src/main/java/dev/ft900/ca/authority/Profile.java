package dev.ft900.ca.authority;

import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.GatewayName;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a kind of certificate may say; read from {@code certs/profiles}.
 *
 * @param signer the kind of key of the authority that signs it
 * @param valid the longest validity
 * @param maxBytes the longest certificate, in bytes of DER
 */
public record Profile(
        String name,
        String description,
        SubjectRule subject,
        Set<KeyKind> keys,
        Set<Usage> usage,
        NameRule names,
        KeyKind signer,
        Duration valid,
        int maxBytes) {

    /** Whether this may be the common name of its certificates. */
    public boolean allows(String commonName) {
        return subject.allows(commonName);
    }

    /** Rules for the common name. Those of boards, gateways,
     * clients and hosts exclude one another, so no certificate can be taken for one of another kind. */
    public enum SubjectRule {
        BOARD_ID("board-id", SubjectRule.BOARD_WORDS, SubjectRule::isBoard),
        CLASSIC_ID(
                "classic-id",
                SubjectRule.BOARD_WORDS + ", or 40 hex digits, the ids of older boards",
                name -> isBoard(name) || isClassic(name)),
        GATEWAY_NAME("gateway-name", "gw. and " + GatewayName.RULE, name -> GatewayName.fromCommonName(name)
                .isPresent()),
        CLIENT_NAME("client-name", "client. and 1 to 32 characters of a-z, 0-9, _ and -", SubjectRule::isClient),
        HOST(
                "host",
                "a DNS name, with at least one dot or localhost, that is not the name of a gateway or a client",
                name -> SubjectName.isDns(name)
                        && (name.contains(".") || name.equals(SubjectRule.LOCALHOST))
                        && GatewayName.fromCommonName(name).isEmpty()
                        && !isClient(name));

        /** The one host name without a dot; brokers go by it. */
        private static final String LOCALHOST = "localhost";

        private static final String BOARD_WORDS =
                BoardId.RULE + ", and not " + LOCALHOST + ", which is the name of a host";
        private static final Pattern CLASSIC = Pattern.compile("[0-9a-f]{40}");
        private static final Pattern CLIENT = Pattern.compile("client\\.[a-z0-9][a-z0-9_-]{0,31}");

        private final String word;
        private final String words;
        private final Predicate<String> rule;

        SubjectRule(String word, String words, Predicate<String> rule) {
            this.word = word;
            this.words = words;
            this.rule = rule;
        }

        private static boolean isBoard(String name) {
            return BoardId.from(name).isPresent() && !name.equals(LOCALHOST);
        }

        private static boolean isClassic(String name) {
            return CLASSIC.matcher(name).matches();
        }

        private static boolean isClient(String name) {
            return CLIENT.matcher(name).matches();
        }

        String word() {
            return word;
        }

        /** The rule, for people. */
        String words() {
            return words;
        }

        boolean allows(String commonName) {
            return rule.test(commonName);
        }
    }

    /** What the holder may do with TLS. */
    public enum Usage {
        SERVER_AUTH("serverAuth"),
        CLIENT_AUTH("clientAuth");

        private final String word;

        Usage(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** Whether host names are in the certificate. */
    public enum NameRule {
        NONE("none"),
        REQUIRED("required");

        private final String word;

        NameRule(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }
}
