package dev.ft900.gateway.broker.outside;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.broker.BrokerKind;
import dev.ft900.protocol.slot.BrokerAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a gateway must know of the broker of a kit: the file {@code gateway.json} in it, for its owner only.
 *
 * @param broker where boards and gateways reach it
 * @param listen address on which it listens; for the next writing of the kit, as are the next two
 * @param gateways those that may speak to boards
 * @param ports null for Mosquitto
 * @param asRoot whether Mosquitto may run as root; null when not
 * @param rabbitmq null for Mosquitto
 * @param reload the command that makes Mosquitto read its revocation lists again; null for RabbitMQ, which reads them at every connect
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KitSettings(
        BrokerKind kind,
        BrokerAddress broker,
        String listen,
        List<String> gateways,
        KitPorts ports,
        Boolean asRoot,
        RabbitMq rabbitmq,
        List<String> reload) {
    private static final String FILE = "gateway.json";
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * How gateway and RabbitMQ speak to one another besides MQTT.
     *
     * @param management base of its HTTP API
     * @param authorisationPort on which the gateway answers it, on the loopback interface
     * @param authorisationSecret the first level of the path on which it is answered; only the broker knows it
     */
    public record RabbitMq(
            URI management, String user, String password, int authorisationPort, String authorisationSecret) {
        /** Without the secrets. */
        @Override
        public String toString() {
            return "RabbitMq[" + management + "]";
        }
    }

    void save(Path kit) throws IOException {
        StateFolder.writeSecret(
                kit.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
    }

    /** Those of a kit that may not be there yet. */
    public static Optional<KitSettings> find(Path kit) throws IOException {
        return Files.exists(kit.resolve(FILE)) ? Optional.of(load(kit)) : Optional.empty();
    }

    /** Those of a kit. @throws IOException there are none; the message says so */
    public static KitSettings load(Path kit) throws IOException {
        try {
            var settings = JSON.readValue(Files.readString(kit.resolve(FILE)), KitSettings.class);
            boolean whole = settings.broker != null
                    && (settings.kind == BrokerKind.RABBITMQ && settings.rabbitmq != null
                            || settings.kind == BrokerKind.MOSQUITTO && settings.reload != null);
            if (!whole) {
                throw new IOException(complaint(kit, "it lacks a part"));
            }
            return settings;
        } catch (NoSuchFileException e) {
            throw new IOException(complaint(kit, "there is no file " + FILE + " in it"), e);
        } catch (JacksonException e) {
            throw new IOException(complaint(kit, e.getOriginalMessage()), e);
        }
    }

    private static String complaint(Path kit, String what) {
        return "expected " + kit + " to be a folder that ./ft900 broker kit wrote; " + what + ".";
    }
}
