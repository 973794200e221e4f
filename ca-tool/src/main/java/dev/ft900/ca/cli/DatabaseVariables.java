package dev.ft900.ca.cli;

import dev.ft900.ca.store.SharedDatabase;
import dev.ft900.ca.store.StateFolder;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * The environment's words on the database of a state folder, the same as the gateway's: {@code FT900_DATABASE_URL},
 * {@code FT900_DATABASE_USER}, {@code FT900_DATABASE_PASSWORD}. As with the gateway, the folder remembers what was said.
 */
public final class DatabaseVariables {
    private DatabaseVariables() {}

    /** @throws CommandException the URL is none or is refused, or the folder has data of its own */
    public static void apply(StateFolder state) throws CommandException {
        apply(state, System.getenv());
    }

    static void apply(StateFolder state, Map<String, String> environment) throws CommandException {
        var url = find(environment, "URL");
        var user = find(environment, "USER");
        var password = find(environment, "PASSWORD");
        if (url.or(() -> user).or(() -> password).isEmpty()) {
            return;
        }
        if (url.filter(text -> !SharedDatabase.isUrl(text)).isPresent()) {
            // Without showing it: there may be a password in it.
            throw new CommandException(
                    ExitCode.USAGE,
                    "expected FT900_DATABASE_URL to be jdbc:postgresql://HOST/DATABASE, without user and password in it;"
                            + " got something else");
        }
        try {
            // A user or a password alone, where nothing names a database, are for another folder.
            var said = SharedDatabase.said(state, url, user, password);
            if (said.isPresent()) {
                said.get().choose(state);
            }
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
    }

    private static Optional<String> find(Map<String, String> environment, String word) {
        return Optional.ofNullable(environment.get("FT900_DATABASE_" + word)).filter(value -> !value.isEmpty());
    }
}
