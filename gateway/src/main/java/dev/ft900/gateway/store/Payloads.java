package dev.ft900.gateway.store;

import dev.ft900.protocol.dialect.IncomingRequest;
import dev.ft900.protocol.dialect.RequestCodec;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.Request;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.name.CommandId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Commands as text, in the form in which boards get them; id and boot are placeholders. */
final class Payloads {
    private static final CommandId ID = new CommandId("stored");
    private static final BootId BOOT = new BootId("00000000");

    private Payloads() {}

    static String write(Command command) {
        return new String(RequestCodec.encode(new Request(ID, Optional.of(BOOT), command)), StandardCharsets.UTF_8);
    }

    static Command read(String payload) {
        if (RequestCodec.decode(payload.getBytes(StandardCharsets.UTF_8))
                instanceof IncomingRequest.Accepted accepted) {
            return accepted.request().command();
        }
        throw new IllegalStateException("the store holds commands that we wrote; this is none: " + payload);
    }
}
