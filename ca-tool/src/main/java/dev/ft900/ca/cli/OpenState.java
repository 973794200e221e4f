package dev.ft900.ca.cli;

import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.authority.Passphrase;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import java.io.IOException;
import java.time.Clock;

/** A state folder with its database open, for the time of one command. No key is opened yet. */
public record OpenState(StateDatabase database, AuthorityFolder folder) implements AutoCloseable {
    /** @throws CommandException there is no state in this folder, or it cannot be read */
    public static OpenState open(StateFolder state) throws CommandException {
        return open(state, Passphrase.unattended(state));
    }

    /** @param passphrase is asked when a key is opened, and not before */
    public static OpenState open(StateFolder state, Passphrase.Source passphrase) throws CommandException {
        DatabaseVariables.apply(state);
        if (!StateDatabase.exists(state)) {
            throw noAuthority(state);
        }
        try {
            var database = StateDatabase.openBriefly(state);
            return new OpenState(database, new AuthorityFolder(state, database, Clock.systemUTC(), passphrase));
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
    }

    static CommandException noAuthority(StateFolder state) {
        return new CommandException(
                ExitCode.ENVIRONMENT,
                "expected a certificate authority in " + state.authority()
                        + "; there is none. Make one: ./ft900 ca init --state " + state.path());
    }

    @Override
    public void close() {
        database.close();
    }
}
