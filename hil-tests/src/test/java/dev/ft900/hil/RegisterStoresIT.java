package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.Passphrase;
import dev.ft900.ca.enrol.BoardExistsException;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.BoardChange;
import dev.ft900.ca.store.CertificatePage;
import dev.ft900.ca.store.CertificateStore;
import dev.ft900.ca.store.RevocationReason;
import dev.ft900.ca.store.SharedDatabase;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.ca.store.StoreFailure;
import dev.ft900.protocol.name.BoardId;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Boards and certificates, on every database, and for several servers on one. */
class RegisterStoresIT extends Stores {
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
            saveNewDatabase(cut);
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
