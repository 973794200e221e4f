package dev.ft900.gateway.broker.outside;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ft900.gateway.broker.TopicRules;
import dev.ft900.protocol.name.GatewayName;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The users that RabbitMQ knows itself: the gateways, who come with certificates only, and the one for its HTTP API. */
final class RabbitMqUsers {
    private static final String HASHING = "rabbit_password_hashing_sha256";
    private static final int SALT_BYTES = 4;

    private RabbitMqUsers() {}

    /** As RabbitMQ imports them when it starts. */
    static ObjectNode definitions(List<GatewayName> gateways, String password) {
        var definitions = JsonNodeFactory.instance.objectNode();
        var users = definitions.putArray("users");
        users.add(user(RabbitMqKit.MANAGER, hash(password), "administrator"));
        definitions.putArray("vhosts").addObject().put("name", "/");
        var permissions = definitions.putArray("permissions");
        permissions.add(permission(RabbitMqKit.MANAGER, "", "", ""));
        var topics = definitions.putArray("topic_permissions");
        for (var gateway : gateways) {
            var name = gateway.commonName();
            var queue = "mqtt-subscription-" + escaped(name) + "qos[01]";
            var queueOrExchange = "^(" + queue + "|amq\\.topic)$";
            // An empty hash is no password at all: this user comes with a certificate or not.
            users.add(user(name, "", ""));
            permissions.add(permission(name, "^" + queue + "$", queueOrExchange, queueOrExchange));
            var grant = TopicRules.forGateway(gateway);
            topics.addObject()
                    .put("user", name)
                    .put("vhost", "/")
                    .put("exchange", "amq.topic")
                    .put(
                            "write",
                            pattern(
                                    Stream.concat(grant.publish().stream(), grant.publishRetained().stream()),
                                    "[^.*#]+"))
                    // A subscription to + arrives here as *.
                    .put("read", pattern(grant.subscribe().stream(), "[^.#]+"));
        }
        return definitions;
    }

    private static ObjectNode user(String name, String hash, String tag) {
        var user = JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("password_hash", hash)
                .put("hashing_algorithm", HASHING);
        var tags = user.putArray("tags");
        if (!tag.isEmpty()) {
            tags.add(tag);
        }
        return user;
    }

    private static ObjectNode permission(String user, String configure, String write, String read) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("user", user)
                .put("vhost", "/")
                .put("configure", configure)
                .put("write", write)
                .put("read", read);
    }

    /** Topic filters as one regular expression on routing keys, in which levels are divided by dots. */
    private static String pattern(Stream<String> filters, String anyLevel) {
        return filters.map(filter -> Stream.of(filter.split("/", -1))
                        .map(level -> level.equals("+") ? anyLevel : escaped(level))
                        .collect(Collectors.joining("\\.")))
                .collect(Collectors.joining("|", "^(", ")$"));
    }

    /** Names of gateways and the levels of our topics hold letters, digits and hyphens; common names a dot. */
    private static String escaped(String name) {
        return name.replace(".", "\\.");
    }

    /** A password as RabbitMQ keeps it: a salt, then SHA-256 over salt and password. */
    private static String hash(String password) {
        var salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            var hash = digest.digest(password.getBytes(StandardCharsets.UTF_8));
            var both = new byte[salt.length + hash.length];
            System.arraycopy(salt, 0, both, 0, salt.length);
            System.arraycopy(hash, 0, both, salt.length, hash.length);
            return Base64.getEncoder().encodeToString(both);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
