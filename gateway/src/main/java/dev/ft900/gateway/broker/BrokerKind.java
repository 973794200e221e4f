package dev.ft900.gateway.broker;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The brokers on which the gateway keeps its promises. */
public enum BrokerKind {
    /** In the gateway's own process. */
    EMBEDDED("embedded", "", ""),
    RABBITMQ("rabbitmq", "RabbitMQ", "rabbitmq-server"),
    MOSQUITTO("mosquitto", "Mosquitto", "mosquitto");

    private final String word;
    private final String title;
    private final String debianPackage;

    BrokerKind(String word, String title, String debianPackage) {
        this.word = word;
        this.title = title;
        this.debianPackage = debianPackage;
    }

    /** As people type it. */
    public String word() {
        return word;
    }

    /** As its makers write it. */
    public String title() {
        return title;
    }

    /** What to install on Debian. */
    public String debianPackage() {
        return debianPackage;
    }

    /** Empty for any other word. */
    public static Optional<BrokerKind> from(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    /** All words, for messages. */
    public static String words() {
        return Arrays.stream(values()).map(BrokerKind::word).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return word;
    }
}
