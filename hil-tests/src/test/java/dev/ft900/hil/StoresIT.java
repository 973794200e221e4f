package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ft900.ca.authority.Authority;
import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.Passphrase;
import dev.ft900.ca.enrol.BoardExistsException;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.BoardChange;
import dev.ft900.ca.store.BoardStore;
import dev.ft900.ca.store.CertificatePage;
import dev.ft900.ca.store.CertificateStore;
import dev.ft900.ca.store.RevocationReason;
import dev.ft900.ca.store.SharedDatabase;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.ca.store.StoreFailure;
import dev.ft900.gateway.access.AuditLog;
import dev.ft900.gateway.access.Caller;
import dev.ft900.gateway.access.CertificateRoles;
import dev.ft900.gateway.access.DeviceGroups;
import dev.ft900.gateway.access.IdempotencyStore;
import dev.ft900.gateway.access.Role;
import dev.ft900.gateway.access.Scope;
import dev.ft900.gateway.access.TokenStore;
import dev.ft900.gateway.device.CommandRecord;
import dev.ft900.gateway.device.DesiredPin;
import dev.ft900.gateway.device.Hops;
import dev.ft900.gateway.device.Origin;
import dev.ft900.gateway.device.QueuedCommand;
import dev.ft900.gateway.store.EndedCommands;
import dev.ft900.gateway.store.GatewayDatabase;
import dev.ft900.gateway.store.GatewayLease;
import dev.ft900.gateway.store.SqlCommandQueue;
import dev.ft900.gateway.store.SqlDesiredPins;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.CommandId;
import dev.ft900.protocol.name.GatewayName;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept is kept alike by every database, and by several servers on one. */
@Tag("scale-suite")
@ParameterizedClass
@EnumSource
class StoresIT {
    enum Kind {
        SQLITE,
        POSTGRESQL
    }

    private static final BoardId BOARD = new BoardId("board1");
    private static final int WRITERS = 4;

    @TempDir
    private static Path servers;

    private static TestPostgres postgres;
    private static int count;

    @Parameter
    private Kind kind;

    @TempDir
    private Path dir;

    private StateFolder state;
    private StateDatabase database;
    private StateDatabase other;
    private Authority authority;
    private Enrolment enrolment;

    @BeforeEach
    void open() throws Exception {
        state = new StateFolder(dir.resolve("state"));
        if (kind == Kind.POSTGRESQL) {
            if (postgres == null) {
                postgres = TestPostgres.start(servers);
            }
            postgres.database("test" + ++count).save(state);
        }
        database = GatewayDatabase.migrate(StateDatabase.open(state));
        other = GatewayDatabase.migrate(StateDatabase.openBriefly(state));
        authority = new AuthorityFolder(state, database, Clock.systemUTC()).openOrCreate();
        enrolment = new Enrolment(database, authority, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
        other.close();
    }

    @AfterAll
    static void stop() throws IOException {
        if (postgres != null) {
            postgres.close();
            postgres = null;
        }
    }

    private String register(String id) throws Exception {
        return enrolment
                .register(new BoardId(id), KeyKind.P256.generate().getPublic(), Optional.empty(), Optional.empty())
                .serial();
    }

    @Test
    void boardsAreListedInOneOrderWhateverTheDatabasesLanguage() throws Exception {
        for (var id : List.of("b", "a-2", "a_1", "a10", "a")) {
            register(id);
        }

        assertThat(enrolment.boards())
                .extracting(board -> board.id().value())
                .containsExactly("a", "a-2", "a10", "a_1", "b");
    }

    @Test
    void anIdIsGivenOnceAndARefusedBoardLeavesNothing() throws Exception {
        register("board1");

        assertThatThrownBy(() -> register("board1")).isInstanceOf(BoardExistsException.class);
        assertThat(enrolment.certificates(BOARD)).hasSize(1);
    }

    @Test
    void whatIsRevokedIsSeenByEveryOtherServerInOrder() throws Exception {
        var serial = register("board1");
        var elsewhere = new Enrolment(other, authority, Clock.systemUTC());
        assertThat(elsewhere.admits(BOARD, serial)).isTrue();

        enrolment.revoke(serial, RevocationReason.KEY_COMPROMISE);
        enrolment.revoke(serial, RevocationReason.SUPERSEDED);
        enrolment.remove(BOARD);

        assertThat(elsewhere.admits(BOARD, serial)).isFalse();
        assertThat(elsewhere.revokedAfter(0)).singleElement().satisfies(revocation -> {
            assertThat(revocation.serial()).isEqualTo(serial);
            assertThat(revocation.reason()).isEqualTo(RevocationReason.KEY_COMPROMISE);
        });
        assertThat(elsewhere.changedAfter(0)).containsExactly(new BoardChange(2, BOARD, false));
    }

    @Test
    void pagesOfCertificatesGoOnWhereTheyEnded() throws Exception {
        for (int i = 0; i < 5; i++) {
            register("board" + i);
        }
        var all = CertificatePage.Filter.ALL;

        var serials = new ArrayList<String>();
        var cursor = Optional.of(CertificatePage.Cursor.START);
        while (cursor.isPresent()) {
            var from = cursor.get();
            var page = database.jdbi().withHandle(handle -> new CertificateStore(handle).page(all, from, 2));
            page.certificates().forEach(certificate -> serials.add(certificate.serial()));
            cursor = page.next();
        }

        // Five boards, the root and the issuing authority.
        assertThat(serials).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void serversThatWriteAtTheSameTimeLoseNothingAndCountWithoutAGap() throws Exception {
        var work = new ArrayList<Callable<Void>>();
        for (int writer = 0; writer < WRITERS; writer++) {
            var name = "w" + writer + "-";
            var own = new Enrolment(writer % 2 == 0 ? database : other, authority, Clock.systemUTC());
            work.add(() -> {
                for (int i = 0; i < 10; i++) {
                    var id = new BoardId(name + i);
                    var issued =
                            own.register(id, KeyKind.P256.generate().getPublic(), Optional.empty(), Optional.empty());
                    own.revoke(issued.serial(), RevocationReason.UNSPECIFIED);
                }
                return null;
            });
        }
        var threads = Executors.newFixedThreadPool(WRITERS);
        try {
            for (var done : threads.invokeAll(work)) {
                done.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }

        var numbers =
                IntStream.rangeClosed(1, WRITERS * 10).mapToObj(Long::valueOf).toList();
        assertThat(enrolment.revokedAfter(0))
                .extracting(revocation -> revocation.sequence())
                .isEqualTo(numbers);
        assertThat(enrolment.changedAfter(0))
                .extracting(change -> change.sequence())
                .isEqualTo(numbers);
    }

    @Test
    void tokensRolesAndGroupsAreShared() {
        var here = new TokenStore(database, Clock.systemUTC());
        var there = new TokenStore(other, Clock.systemUTC());
        var made = here.create("ci", Role.OPERATOR, Scope.ALL, Optional.of(Duration.ofHours(1)));
        var endless = here.create("panel", Role.VIEWER);

        assertThat(there.verify(made.secret()).map(Caller::name)).contains("ci");
        assertThat(there.verify(endless).map(Caller::name)).contains("panel");
        assertThat(there.list()).hasSize(2);
        assertThat(here.revoke(made.token().id())).isTrue();
        assertThat(new TokenStore(other, Clock.systemUTC()).verify(made.secret()))
                .isEmpty();

        var roles = new CertificateRoles(database, Clock.systemUTC());
        roles.allow(new Caller("b", Role.VIEWER));
        roles.allow(new Caller("B", Role.VIEWER));
        roles.allow(new Caller("b", Role.ADMIN));
        assertThat(new CertificateRoles(other, Clock.systemUTC()).list())
                .containsExactly(new Caller("B", Role.VIEWER), new Caller("b", Role.ADMIN));

        register();
        new DeviceGroups(database).set(BOARD, Set.of("b", "a"));
        new DeviceGroups(database).set(BOARD, Set.of("c", "a"));
        assertThat(new DeviceGroups(other).of(BOARD)).containsExactly("a", "c");
    }

    @Test
    void aWriteWithAKeyIsBegunByOneServerOnly() throws Exception {
        var begun = new ArrayList<Callable<Optional<IdempotencyStore.Answer>>>();
        for (int i = 0; i < WRITERS; i++) {
            var store = new IdempotencyStore(i % 2 == 0 ? database : other, Clock.systemUTC());
            begun.add(() -> store.begin("ci", "key", "print"));
        }
        var threads = Executors.newFixedThreadPool(WRITERS);
        try {
            var known = new ArrayList<Optional<IdempotencyStore.Answer>>();
            for (var answer : threads.invokeAll(begun)) {
                known.add(answer.get(30, TimeUnit.SECONDS));
            }
            assertThat(known).filteredOn(Optional::isEmpty).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
        var answer = new IdempotencyStore.Answer("print", 201, "application/json", null, "{}");
        new IdempotencyStore(database, Clock.systemUTC()).answered("ci", "key", answer);
        assertThat(new IdempotencyStore(other, Clock.systemUTC()).begin("ci", "key", "print"))
                .contains(answer);
    }

    @Test
    void desiredStatesAndTheAuditLogAreShared() {
        var write = Command.WritePad.level(new Pad(7), Level.HIGH);
        register();
        var pins = new SqlDesiredPins(database);
        pins.put(new DesiredPin(BOARD, Command.WritePad.level(new Pad(7), Level.LOW), Instant.EPOCH, "ci"));
        pins.put(new DesiredPin(BOARD, write, Instant.EPOCH, "panel"));
        assertThat(new SqlDesiredPins(other).of(BOARD))
                .containsExactly(new DesiredPin(BOARD, write, Instant.EPOCH, "panel"));
        assertThat(new SqlDesiredPins(other).remove(BOARD, new Pad(7))).isTrue();

        var here = new AuditLog(database);
        var there = new AuditLog(other);
        here.note(new AuditLog.Entry(Instant.ofEpochMilli(1), "ci", "::1", "r1", "PUT", "/a", 200));
        there.note(new AuditLog.Entry(Instant.ofEpochMilli(2), "ci", "::1", "r2", "PUT", "/b", 200));
        here.close();
        there.close();
        assertThat(here.last(10)).extracting(AuditLog.Entry::requestId).containsExactly("r2", "r1");
    }

    private void register() {
        database.jdbi().useTransaction(handle -> new BoardStore(handle).add(BOARD, Optional.empty(), Instant.EPOCH));
    }

    @Test
    void whatIsKeptForABoardGoesWithItWhicheverProcessRemovesIt() throws Exception {
        enrolment.register(BOARD, KeyKind.P256.generate().getPublic(), Optional.empty(), Optional.empty());
        new DeviceGroups(database).set(BOARD, Set.of("a"));
        new SqlDesiredPins(database)
                .put(new DesiredPin(BOARD, Command.WritePad.level(new Pad(7), Level.LOW), Instant.EPOCH, "ci"));
        new SqlCommandQueue(database, "a", () -> true).add(queued("one"));

        var elsewhere = new Enrolment(other, authority, Clock.systemUTC());
        elsewhere.remove(BOARD);
        elsewhere.register(BOARD, KeyKind.P256.generate().getPublic(), Optional.empty(), Optional.empty());

        assertThat(new DeviceGroups(database).of(BOARD)).isEmpty();
        assertThat(new SqlDesiredPins(database).of(BOARD)).isEmpty();
        assertThat(new SqlCommandQueue(database, "a", () -> true).of(BOARD, 10)).isEmpty();
    }

    private static QueuedCommand queued(String id) {
        return queued(id, Instant.now().plusSeconds(600));
    }

    private static QueuedCommand queued(String id, Instant deadline) {
        return new QueuedCommand(
                id,
                BOARD,
                new Origin("request", "ci"),
                new Command.ReadStatus(),
                QueuedCommand.State.QUEUED,
                Instant.EPOCH,
                deadline,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "");
    }

    @Test
    void aQueuedCommandIsClaimedByOneGatewayAndHoldsBackTheNext() {
        register();
        var a = new SqlCommandQueue(database, "a", () -> true);
        var b = new SqlCommandQueue(other, "b", () -> true);
        a.add(queued("second in the alphabet"));
        b.add(queued("first in the alphabet"));

        assertThat(b.next(BOARD)).map(QueuedCommand::id).contains("second in the alphabet");
        assertThat(b.claim("second in the alphabet", new CommandId("c1"), Instant.now())).isTrue();
        assertThat(a.claim("second in the alphabet", new CommandId("c2"), Instant.now())).isFalse();
        assertThat(a.next(BOARD)).isEmpty();

        // It is none of a's business.
        a.again("second in the alphabet");
        a.ended("second in the alphabet", QueuedCommand.State.DONE, "done", "", Instant.EPOCH);
        assertThat(a.find(BOARD, "second in the alphabet"))
                .map(QueuedCommand::state)
                .contains(QueuedCommand.State.SENT);

        b.ended("second in the alphabet", QueuedCommand.State.DONE, "done", "", Instant.EPOCH);
        assertThat(a.next(BOARD)).map(QueuedCommand::id).contains("first in the alphabet");
        assertThat(a.of(BOARD, 10))
                .extracting(QueuedCommand::id)
                .containsExactly("first in the alphabet", "second in the alphabet");
    }

    /** A gateway may have been asleep since it looked what is to be sent. */
    @Test
    void aCommandWhoseDeadlineIsOverWhenItIsClaimedIsNotSent() {
        var a = new SqlCommandQueue(database, "a", () -> true);
        a.add(queued("late", Instant.now().minusSeconds(60)));
        assertThat(a.next(BOARD)).map(QueuedCommand::id).contains("late");

        assertThat(a.claim("late", new CommandId("c1"), Instant.now())).isFalse();
        assertThat(a.find(BOARD, "late")).map(QueuedCommand::state).contains(QueuedCommand.State.QUEUED);
    }

    @Test
    void whatAGatewayIsSendingIsItsOwnAsLongAsItHasItsLease() throws Exception {
        var lease = GatewayLease.take(database, new GatewayName("a"));
        register();
        var a = new SqlCommandQueue(database, lease.run(), () -> true);
        var b = new SqlCommandQueue(other, "b", () -> true);
        a.add(queued("one"));
        assertThat(a.claim("one", new CommandId("c1"), Instant.now())).isTrue();
        var now = lease.clock().instant();

        assertThat(a.interrupted(now)).isZero();
        assertThat(b.interrupted(now)).isZero();
        if (kind == Kind.POSTGRESQL) {
            var back = new SqlCommandQueue(other, "c", () -> false);
            assertThat(back.interrupted(now.plus(GatewayLease.VALID).plusSeconds(1)))
                    .as("by one that reached the database only now")
                    .isZero();
            assertThat(b.interrupted(now.plus(GatewayLease.VALID).plusSeconds(1)))
                    .isOne();
            lease.close();
        } else {
            // The next start on the same folder.
            GatewayLease.take(database, new GatewayName("a"));
            assertThat(b.interrupted(now)).isOne();
        }
        assertThat(a.find(BOARD, "one")).hasValueSatisfying(ended -> {
            assertThat(ended.state()).isEqualTo(QueuedCommand.State.FAILED);
            assertThat(ended.outcome()).contains("no-answer");
        });
        // The answer came after all; what was told stays told.
        a.ended("one", QueuedCommand.State.DONE, "done", "", now);
        assertThat(a.find(BOARD, "one")).map(QueuedCommand::state).contains(QueuedCommand.State.FAILED);
    }

    @Test
    void aCommandThatEndedAtOneGatewayIsToldToTheOthersOnce() {
        var heardAtA = new ArrayList<CommandRecord>();
        var heardAtB = new ArrayList<CommandRecord>();
        var a = new EndedCommands(database, "a", Clock.systemUTC(), heardAtA::add);
        var b = new EndedCommands(other, "b", Clock.systemUTC(), heardAtB::add);
        var ended = ended("c1");

        a.ended(ended);
        a.exchange();
        b.exchange();
        b.exchange();
        a.exchange();

        assertThat(heardAtB).containsExactly(ended);
        assertThat(heardAtA).isEmpty();
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenWhenTheDatabaseIsBack() throws Exception {
        var heard = new ArrayList<CommandRecord>();
        var a = new EndedCommands(database, "a", Clock.systemUTC(), heard::add);
        var b = new EndedCommands(other, "b", Clock.systemUTC(), heard::add);
        var entry = new AuditLog.Entry(Instant.EPOCH, "ci", "", "request", "PUT", "/somewhere", 200);
        try (var audit = new AuditLog(database)) {
            rename("ended_command", "away1");
            rename("audit", "away2");
            a.ended(ended("c1"));
            a.exchange();
            a.ended(ended("c2"));
            audit.note(entry);
            a.exchange();
            rename("away1", "ended_command");
            rename("away2", "audit");

            a.exchange();
            b.exchange();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(audit.last(10)).containsExactly(entry));
            assertThat(audit.lost()).isZero();
        }

        assertThat(heard).containsExactly(ended("c1"), ended("c2"));
    }

    @Test
    void whatOfTheAuditLogCannotBeWrittenToTheEndIsCounted() throws Exception {
        var audit = new AuditLog(database);
        rename("audit", "away");
        try {
            audit.note(new AuditLog.Entry(Instant.EPOCH, "ci", "", "request", "PUT", "/somewhere", 200));
        } finally {
            audit.close();
            rename("away", "audit");
        }

        assertThat(audit.lost()).isOne();
    }

    private void rename(String table, String to) {
        database.jdbi().useHandle(handle -> handle.execute("alter table " + table + " rename to " + to));
    }

    private static CommandRecord ended(String id) {
        return new CommandRecord(
                Optional.of(new CommandId(id)),
                new Origin("request", "ci"),
                BOARD,
                Command.WritePad.level(new Pad(7), Level.HIGH),
                Instant.ofEpochMilli(5),
                "no-answer",
                "silent",
                new Hops(1, 2, 3, 4),
                Duration.ofMillis(7));
    }

    @Test
    void aSecondAuthorityInASharedDatabaseIsRefused() throws Exception {
        var second = new StateFolder(dir.resolve("second"));
        if (kind == Kind.POSTGRESQL) {
            SharedDatabase.load(state).orElseThrow().save(second);
        }
        try (var shared = StateDatabase.open(second)) {
            var folder = new AuthorityFolder(second, shared, Clock.systemUTC());
            if (kind == Kind.POSTGRESQL) {
                assertThatThrownBy(folder::openOrCreate)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("ca backup");
            } else {
                assertThat(folder.openOrCreate().root()).isNotEqualTo(authority.root());
            }
        }
    }

    @Test
    void anAuthorityWhoseMakingWasCutOffIsFinishedByTheNextStart() throws Exception {
        var cut = new StateFolder(dir.resolve("cut"));
        if (kind == Kind.POSTGRESQL) {
            postgres.database("test" + ++count).save(cut);
        }
        var asked = new int[1];
        Passphrase.Source failing = () -> {
            // Whether there is one, for the root's key twice, and then for the issuing authority's: the database knows
            // the root.
            if (asked[0]++ == 3) {
                throw new IOException("cut off here");
            }
            return Optional.of(new Passphrase("of the state folder", true));
        };
        try (var fresh = StateDatabase.open(cut)) {
            var folder = new AuthorityFolder(cut, fresh, Clock.systemUTC(), failing);
            assertThatThrownBy(folder::openOrCreate).hasMessageContaining("cut off here");
            var roots = new CertificatePage.Filter(
                    Optional.of("root"), Optional.empty(), Optional.empty(), Optional.empty());
            assertThat(fresh.jdbi()
                            .withHandle(handle ->
                                    new CertificateStore(handle).page(roots, CertificatePage.Cursor.START, 10))
                            .certificates())
                    .hasSize(1);

            assertThat(folder.openOrCreate().root())
                    .isEqualTo(folder.certificates(KeyKind.P256).get(0));
        }
    }

    @Test
    void aFaultOfTheProgramIsNotTakenForOneOfTheDatabase() {
        assertThatThrownBy(() ->
                        database.jdbi().useHandle(handle -> handle.execute("insert into board (id) values (null)")))
                .satisfies(failure -> assertThat(StoreFailure.reason(failure)).isEmpty());
        assertThat(database.isAlive()).isTrue();
    }
}
