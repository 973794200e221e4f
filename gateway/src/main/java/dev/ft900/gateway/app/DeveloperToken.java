package dev.ft900.gateway.app;

import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.access.Role;
import dev.ft900.gateway.access.TokenStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** The token in {@code STATE/token}, by which whoever may read the state folder is an admin. */
final class DeveloperToken {
    private static final String NAME = "developer";

    private DeveloperToken() {}

    /** Made at the first start, and anew when its file is gone or it is no longer good. */
    static String of(StateFolder state, TokenStore tokens) throws IOException {
        if (Files.exists(state.token())) {
            var kept = Files.readString(state.token()).strip();
            if (tokens.verify(kept).isPresent()) {
                return kept;
            }
        }
        var made = tokens.create(NAME, Role.ADMIN);
        StateFolder.writeSecret(state.token(), (made + "\n").getBytes(StandardCharsets.US_ASCII));
        return made;
    }
}
