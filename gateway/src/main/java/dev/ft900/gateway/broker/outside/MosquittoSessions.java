package dev.ft900.gateway.broker.outside;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Ends sessions at Mosquitto by its dynamic-security plugin: it ends those of a user that is deleted. The user is made for that moment
 * and means nothing, because a certificate's login does not ask the plugin.
 */
final class MosquittoSessions implements SessionEnder {
    private final ControlTopic control;

    MosquittoSessions(ControlTopic control) {
        this.control = control;
    }

    @Override
    public void end(String commonName) throws IOException {
        var message = JsonNodeFactory.instance.objectNode();
        var commands = message.putArray("commands");
        commands.addObject().put("command", "createClient").put("username", commonName);
        commands.addObject().put("command", "deleteClient").put("username", commonName);
        control.publish(MosquittoKit.CONTROL_TOPIC, message.toString().getBytes(StandardCharsets.UTF_8));
    }
}
