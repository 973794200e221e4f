package dev.ft900.gateway.broker.outside;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The ports of RabbitMQ besides the one for MQTT, all on the loopback interface.
 *
 * @param management its HTTP API
 * @param authorisation where the gateway answers who may do what
 * @param distribution between its nodes and its own tools
 * @param names where its nodes find one another (epmd)
 */
public record KitPorts(int management, int authorisation, int distribution, int names) {
    /** Beside those of an installation that runs as a service of the system. */
    public static final KitPorts USUAL = new KitPorts(15_673, 15_674, 25_673, 4_370);

    private static final Pattern WORDS = Pattern.compile("[0-9]{1,5}(,[0-9]{1,5}){3}");
    private static final int HIGHEST = 65_535;

    /** Four different ports in the order of the components, with commas between them; empty for anything else. */
    public static Optional<KitPorts> from(String text) {
        if (!WORDS.matcher(text).matches()) {
            return Optional.empty();
        }
        var ports = Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
        boolean areGood = ports.stream().allMatch(port -> port >= 1 && port <= HIGHEST)
                && new HashSet<>(ports).size() == ports.size();
        return areGood ? Optional.of(of(ports)) : Optional.empty();
    }

    /** Of four ports in the order of the components. */
    public static KitPorts of(List<Integer> ports) {
        return new KitPorts(ports.get(0), ports.get(1), ports.get(2), ports.get(3));
    }

    /** As {@link #from} takes them. */
    @Override
    public String toString() {
        return management + "," + authorisation + "," + distribution + "," + names;
    }
}
