package dev.ft900.gateway.broker.outside;

import dev.ft900.gateway.broker.TopicFilters;
import dev.ft900.gateway.broker.TopicRules;
import dev.ft900.protocol.name.BoardId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the gateway answers RabbitMQ about boards, each a user by the common name of its certificate. RabbitMQ asks about a user when it
 * connects, about its client id with the virtual host, about queue, exchange and topic when it subscribes or publishes. Everything that is
 * not expected is denied.
 */
final class RabbitMqRules {
    private static final String VIRTUAL_HOST = "/";
    private static final String EXCHANGE = "amq.topic";
    private static final Set<String> QUEUE_PERMISSIONS = Set.of("configure", "read", "write");

    private final Predicate<BoardId> mayConnect;

    /** @param mayConnect whether a board is registered and has a certificate that counts */
    RabbitMqRules(Predicate<BoardId> mayConnect) {
        this.mayConnect = mayConnect;
    }

    /**
     * Answers one question.
     *
     * @param kind the last level of the address: user, vhost, resource or topic
     * @param question its parameters
     */
    boolean allows(String kind, Map<String, String> question) {
        var board = BoardId.from(question.getOrDefault("username", ""));
        return board.isPresent()
                && switch (kind) {
                    // Whoever shows a password is no board.
                    case "user" -> !question.containsKey("password") && mayConnect.test(board.get());
                    // Asked anew: each answer may take seconds, and the board be removed meanwhile.
                    case "vhost" ->
                        isHome(question)
                                && board.get().value().equals(question.get("client_id"))
                                && mayConnect.test(board.get());
                    case "resource" -> isHome(question) && resource(board.get(), question);
                    case "topic" -> isHome(question) && topic(board.get(), question);
                    default -> false;
                };
    }

    private static boolean isHome(Map<String, String> question) {
        return VIRTUAL_HOST.equals(question.get("vhost"));
    }

    private static boolean resource(BoardId board, Map<String, String> question) {
        var name = question.getOrDefault("name", "");
        var permission = question.getOrDefault("permission", "");
        return switch (question.getOrDefault("resource", "")) {
            case "exchange" -> name.equals(EXCHANGE) && (permission.equals("read") || permission.equals("write"));
            case "queue" ->
                QUEUE_PERMISSIONS.contains(permission)
                        && (name.equals("mqtt-subscription-" + board + "qos0")
                                || name.equals("mqtt-subscription-" + board + "qos1"));
            default -> false;
        };
    }

    private static boolean topic(BoardId board, Map<String, String> question) {
        var topic = filter(question.getOrDefault("routing_key", ""));
        var grant = TopicRules.forBoard(board);
        return EXCHANGE.equals(question.get("name"))
                && switch (question.getOrDefault("permission", "")) {
                    case "read" -> anyCovers(grant.subscribe(), topic);
                    case "write" ->
                        !TopicFilters.hasWildcard(topic)
                                && (anyCovers(grant.publish(), topic) || anyCovers(grant.publishRetained(), topic));
                    default -> false;
                };
    }

    private static boolean anyCovers(Iterable<String> granted, String wanted) {
        for (var filter : granted) {
            if (TopicFilters.covers(filter, wanted)) {
                return true;
            }
        }
        return false;
    }

    /** RabbitMQ turns slashes into dots and {@code +} into {@code *}. A star that was one to begin with works as a wildcard there, and counts as one. */
    private static String filter(String routingKey) {
        return routingKey
                .replace('/', '\u0000')
                .replace('.', '/')
                .replace('\u0000', '.')
                .replace('*', '+');
    }

    /** What it says in the words of the protocol. */
    static String word(boolean allowed) {
        return allowed ? "allow" : "deny";
    }

    /** The kind in an address {@code /SECRET/KIND}; empty when the secret is another. */
    static Optional<String> kind(String path, Predicate<String> isSecret) {
        var levels = path.split("/", -1);
        return levels.length == 3 && levels[0].isEmpty() && isSecret.test(levels[1])
                ? Optional.of(levels[2])
                : Optional.empty();
    }
}
