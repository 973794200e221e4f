package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.protocol.name.BoardId;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that register boards side by side are killed in the middle; every row that one of them acknowledged is there. */
class KillIT {
    private static final int PROCESSES = 8;
    private static final int ROWS_BEFORE_THE_FIRST_KILL = 80;
    /** A killed process may leave half a line behind; that one was never acknowledged. */
    private static final String END_OF_ROW = " registered";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path dir;

    /** Registers boards for ever, and says so after each. */
    public static final class Registrar {
        public static void main(String[] args) throws Exception {
            var state = new StateFolder(Path.of(args[0]));
            try (var database = StateDatabase.open(state)) {
                var authority = new AuthorityFolder(state, database, Clock.systemUTC()).openOrCreate();
                var enrolment = new Enrolment(database, authority, Clock.systemUTC());
                for (int i = 0; ; i++) {
                    var id = new BoardId(args[1] + "-" + i);
                    var issued = enrolment.register(
                            id, KeyKind.P256.generate().getPublic(), Optional.empty(), Optional.empty());
                    var fingerprint = fingerprint(Pem.der(issued.certificate()));
                    System.out.println(id + " " + issued.serial() + " " + fingerprint + END_OF_ROW);
                }
            }
        }
    }

    private static String fingerprint(byte[] der) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
    }

    @Test
    void noAcknowledgedBoardOrCertificateIsLost() throws Exception {
        var processes = new ArrayList<ToolkitProcess>();
        var acknowledged = new ArrayList<String>();
        try {
            for (int i = 0; i < PROCESSES; i++) {
                processes.add(ToolkitProcess.java(
                        dir, Registrar.class.getName(), dir.resolve("state").toString(), "p" + i));
            }
            for (int i = 0; i < ROWS_BEFORE_THE_FIRST_KILL; i++) {
                acknowledged.add(processes.get(i % PROCESSES).line(PATIENCE));
            }

            for (var process : processes) {
                process.kill();
                process.exitCode(PATIENCE);
                // What it had printed before it died counts as well.
                acknowledged.addAll(process.lines().stream()
                        .filter(line -> line.endsWith(END_OF_ROW))
                        .toList());
            }
        } finally {
            // They would go on for ever.
            processes.forEach(ToolkitProcess::kill);
        }

        assertEveryOneIsThere(acknowledged);
    }

    private void assertEveryOneIsThere(List<String> acknowledged) throws Exception {
        var state = new StateFolder(dir.resolve("state"));
        try (var database = StateDatabase.open(state)) {
            var authority = new AuthorityFolder(state, database, Clock.systemUTC())
                    .open()
                    .orElseThrow();
            var enrolment = new Enrolment(database, authority, Clock.systemUTC());
            assertThat(acknowledged)
                    .hasSizeGreaterThanOrEqualTo(ROWS_BEFORE_THE_FIRST_KILL)
                    .allSatisfy(line -> {
                        var parts = line.split(" ");
                        assertThat(enrolment.admits(new BoardId(parts[0]), parts[1]))
                                .as(line)
                                .isTrue();
                        var stored = enrolment.certificate(parts[1]).orElseThrow();
                        assertThat(fingerprint(stored.der())).as(line).isEqualTo(parts[2]);
                    });
            // In the database a serial number is a key: that no two processes gave the same one shows in what they
            // said.
            assertThat(acknowledged).extracting(line -> line.split(" ")[1]).doesNotHaveDuplicates();
            enrolment.register(
                    new BoardId("after"), KeyKind.P256.generate().getPublic(), Optional.empty(), Optional.empty());
        }
    }
}
