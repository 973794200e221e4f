package dev.ft900.ca.cli;

import dev.ft900.ca.authority.Authority;
import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import java.io.IOException;
import java.time.Clock;

/** The authority of a state folder with its database open, for the time of one command. */
record OpenAuthority(StateDatabase database, Authority authority, Enrolment enrolment) implements AutoCloseable {
    /** @throws CommandException there is no authority in this state folder, or it cannot be read */
    static OpenAuthority open(StateFolder state) throws CommandException {
        StateDatabase database = null;
        try {
            database = StateDatabase.open(state);
            var authority = new AuthorityFolder(state, database, Clock.systemUTC()).open();
            if (authority.isEmpty()) {
                database.close();
                throw new CommandException(
                        ExitCode.ENVIRONMENT,
                        "expected a certificate authority in " + state.authority()
                                + "; there is none. Make one: ./ft900 ca init --state " + state.path());
            }
            return new OpenAuthority(
                    database, authority.get(), new Enrolment(database, authority.get(), Clock.systemUTC()));
        } catch (IOException e) {
            if (database != null) {
                database.close();
            }
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
