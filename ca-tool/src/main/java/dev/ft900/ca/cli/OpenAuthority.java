package dev.ft900.ca.cli;

import dev.ft900.ca.authority.Authority;
import dev.ft900.ca.authority.Passphrase;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import java.io.IOException;
import java.time.Clock;

/** The authority of a state folder with its database open, for the time of one command. */
public record OpenAuthority(StateDatabase database, Authority authority, Enrolment enrolment) implements AutoCloseable {
    /** With the passphrase from the environment or the state folder. */
    public static OpenAuthority open(StateFolder state) throws CommandException {
        return open(state, Passphrase.unattended(state));
    }

    /** @throws CommandException there is no authority in this state folder, or it cannot be read */
    public static OpenAuthority open(StateFolder state, Passphrase.Source passphrase) throws CommandException {
        var open = OpenState.open(state, passphrase);
        try {
            var authority = open.folder().open().orElseThrow(() -> OpenState.noAuthority(state));
            return new OpenAuthority(
                    open.database(), authority, new Enrolment(open.database(), authority, Clock.systemUTC()));
        } catch (IOException e) {
            open.close();
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        } catch (CommandException e) {
            open.close();
            throw e;
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
