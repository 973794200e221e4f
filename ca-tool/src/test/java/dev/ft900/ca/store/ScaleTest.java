package dev.ft900.ca.store;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.ca.TestState;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.store.CertificatePage.Cursor;
import dev.ft900.ca.store.CertificatePage.Filter;
import dev.ft900.protocol.name.BoardId;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a hundred thousand certificates nothing that people do often is slower than with a hundred. */
class ScaleTest {
    private static final int FEW = 100;
    private static final int MANY = 100_000;
    private static final int ROUNDS = 60;

    /**
     * What a loaded machine may add to a median beside what grows. A look through all rows would make it hundreds of times as long.
     */
    private static final double LIMIT = 3;

    private static final String MORE = "insert into certificate"
            + " (serial, profile, common_name, key_hash, issuer, not_before, not_after, issued_at, der)"
            + " with recursive n(i) as (select 1 union all select i + 1 from n where i < :count)"
            + " select lower(hex(randomblob(16))), 'board', 'filler-' || i, lower(hex(randomblob(32))), :issuer,"
            + " :now, :now + 315360000000, :now + i, :der from n";

    @TempDir
    Path dir;

    private final List<PublicKey> keys = new ArrayList<>();

    /** A state folder whose store holds so many certificates more. */
    private TestState with(int certificates) throws Exception {
        var state = new TestState(dir.resolve("with-" + certificates), Clock.systemUTC());
        var first = state.enrolment().register(new BoardId("first"), nextKey(), Optional.empty(), Optional.empty());
        var stored = state.enrolment().certificate(first.serial()).orElseThrow();
        state.database().jdbi().useTransaction(handle -> {
            handle.createUpdate(MORE)
                    .bind("count", certificates)
                    .bind("issuer", stored.issuer())
                    .bind("now", System.currentTimeMillis() - MANY)
                    .bind("der", Base64.getEncoder().encodeToString(stored.der()))
                    .execute();
            revokeSome(handle, certificates / 100);
        });
        return state;
    }

    private static void revokeSome(Handle handle, int count) {
        handle.createUpdate("insert into revocation (seq, serial, revoked_at, reason)"
                        + " select row_number() over (order by serial), serial, issued_at, 'unspecified' from certificate"
                        + " where profile = 'board' and common_name like 'filler-%' limit :count")
                .bind("count", count)
                .execute();
    }

    private PublicKey nextKey() {
        return keys.isEmpty() ? KeyKind.P256.generate().getPublic() : keys.remove(keys.size() - 1);
    }

    private interface Work {
        void run(TestState state, int round) throws Exception;
    }

    /** What people do, each once for every round, in turn on both stores, so that both see the same machine. */
    private final Map<String, Work> work = new TreeMap<>(Map.ofEntries(
            entry("list a page", (state, round) -> assertThat(
                            page(state, Filter.ALL, Cursor.START).certificates())
                    .hasSize(50)),
            entry("list the next page", (state, round) -> {
                var first = page(state, Filter.ALL, Cursor.START);
                assertThat(page(state, Filter.ALL, first.next().orElseThrow()).certificates())
                        .isNotEmpty();
            }),
            entry("list those of a profile", (state, round) -> assertThat(
                            page(state, filter("root", null, null, null), Cursor.START)
                                    .certificates())
                    .hasSize(1)),
            entry("list those of a name", (state, round) -> assertThat(
                            page(state, filter(null, "first", null, null), Cursor.START)
                                    .certificates())
                    .hasSize(1)),
            entry("list those that end soon", (state, round) -> assertThat(
                            page(state, filter(null, null, false, Instant.now()), Cursor.START)
                                    .certificates())
                    .isEmpty()),
            entry("list those of a profile that end soon", (state, round) -> assertThat(
                            page(state, filter("board", null, false, Instant.now()), Cursor.START)
                                    .certificates())
                    .isEmpty()),
            entry("issue", (state, round) -> state.enrolment()
                    .register(new BoardId("b" + round), nextKey(), Optional.empty(), Optional.empty())),
            entry("revoke", (state, round) -> {
                var serial = state.enrolment()
                        .certificates(new BoardId("b" + round))
                        .get(0)
                        .serial();
                assertThat(state.enrolment().revoke(serial, RevocationReason.KEY_COMPROMISE))
                        .isTrue();
            }),
            entry("ask whether a board may connect", (state, round) -> assertThat(
                            state.enrolment().admits(new BoardId("b" + round), "12"))
                    .isFalse()),
            entry("ask what was revoked last", (state, round) -> assertThat(
                            state.enrolment().revokedAfter(Long.MAX_VALUE))
                    .isEmpty())));

    private static Filter filter(String profile, String name, Boolean revoked, Instant endsBefore) {
        return new Filter(
                Optional.ofNullable(profile),
                Optional.ofNullable(name),
                Optional.ofNullable(revoked),
                Optional.ofNullable(endsBefore));
    }

    private static CertificatePage page(TestState state, Filter filter, Cursor after) {
        return state.database().jdbi().withHandle(handle -> new CertificateStore(handle).page(filter, after, 50));
    }

    @Test
    void aHundredThousandCertificatesAreNoSlowerThanAHundred() throws Exception {
        IntStream.range(0, 2 * ROUNDS + 2)
                .mapToObj(i -> KeyKind.P256.generate().getPublic())
                .forEach(keys::add);
        try (var few = with(FEW);
                var many = with(MANY)) {
            var ratios = new TreeMap<String, Double>();
            // Issue before revoke: the names sort that way.
            for (var task : work.entrySet()) {
                var ofFew = new ArrayList<Long>();
                var ofMany = new ArrayList<Long>();
                for (int round = 0; round < ROUNDS; round++) {
                    ofFew.add(time(task.getValue(), few, round));
                    ofMany.add(time(task.getValue(), many, round));
                }
                double ratio = (double) median(ofMany) / median(ofFew);
                ratios.put(task.getKey(), ratio);
                System.out.printf(
                        "%-32s %,7d us with %d, %,7d us with %d certificates: ratio %.2f%n",
                        task.getKey(), median(ofFew) / 1000, FEW, median(ofMany) / 1000, MANY, ratio);
            }

            assertThat(ratios)
                    .allSatisfy((task, ratio) -> assertThat(ratio).as(task).isLessThan(LIMIT));
        }
    }

    private static long time(Work work, TestState state, int round) throws Exception {
        long start = System.nanoTime();
        work.run(state, round);
        return System.nanoTime() - start;
    }

    private static long median(List<Long> times) {
        var sorted = new ArrayList<>(times);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
