package dev.ft900.ca;

import dev.ft900.ca.authority.Authority;
import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.BoardFacts;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.protocol.message.FirmwareVersion;
import dev.ft900.protocol.message.MacAddress;
import dev.ft900.protocol.provisioning.Uid;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;

/** A state folder with an authority, for one test. */
public final class TestState implements AutoCloseable {
    private final StateFolder folder;
    private final StateDatabase database;
    private final Authority authority;
    private final Enrolment enrolment;

    public TestState(Path dir, Clock clock) throws IOException {
        folder = new StateFolder(dir);
        database = StateDatabase.open(folder);
        authority = new AuthorityFolder(folder, database, clock).openOrCreate();
        enrolment = new Enrolment(database, authority, clock);
    }

    public StateFolder folder() {
        return folder;
    }

    public StateDatabase database() {
        return database;
    }

    public Authority authority() {
        return authority;
    }

    public Enrolment enrolment() {
        return enrolment;
    }

    /** A board on the bench whose UID is this byte repeated. */
    public static BoardFacts facts(int uid) {
        var bytes = new byte[Uid.BYTES];
        Arrays.fill(bytes, (byte) uid);
        return new BoardFacts(
                new Uid(bytes), new MacAddress(0x02F900000000L + uid), "09000002", new FirmwareVersion("test 1"));
    }

    @Override
    public void close() {
        database.close();
    }
}
