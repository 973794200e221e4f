package dev.ft900.gateway.broker.outside;

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
}
