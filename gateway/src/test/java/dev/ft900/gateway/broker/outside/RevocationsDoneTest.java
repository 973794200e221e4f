package dev.ft900.gateway.broker.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.ca.store.Revocation;
import dev.ft900.ca.store.RevocationReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A kit outlives the database beside it. */
class RevocationsDoneTest {
    @TempDir
    Path kit;

    private static Revocation revocation(long place, String serial) {
        return new Revocation(place, serial, Instant.EPOCH, RevocationReason.KEY_COMPROMISE);
    }

    /** What stands in a database in which so many were revoked, under serial numbers that begin like this. */
    private static List<Revocation> database(int revocations, String serial) {
        return LongStream.rangeClosed(1, revocations)
                .mapToObj(place -> revocation(place, serial + place))
                .toList();
    }

    private RevocationsDone open(List<Revocation> database) {
        return RevocationsDone.open(kit, after -> database.stream()
                .filter(revocation -> revocation.sequence() > after)
                .toList());
    }

    @Test
    void whatWasNotedIsDoneInTheNextRunAndNothingElse() {
        var database = database(41, "a");

        open(database).note(database.get(39));

        assertThat(open(database).covers(database.get(39))).isTrue();
        assertThat(open(database).covers(database.get(40))).isFalse();
    }

    @Test
    void aNewKitIsRightUpToTheLastRevocationInItsLists() throws Exception {
        var database = database(3, "a");

        RevocationsDone.begin(kit, Optional.of(database.get(1)));
        assertThat(open(database).covers(database.get(1))).isTrue();
        assertThat(open(database).covers(database.get(2))).isFalse();

        RevocationsDone.begin(kit, Optional.empty());
        assertThat(open(database).covers(database.get(0))).isFalse();
    }

    @Test
    void nothingIsDoneInADatabaseThatWasRestoredWithFewerRevocations() {
        open(database(40, "a")).note(revocation(40, "a40"));
        var restored = database(25, "a");

        var done = open(restored);

        assertThat(done.covers(restored.get(24))).isFalse();
        assertThat(done.covers(revocation(26, "b26"))).isFalse();
    }

    @Test
    void nothingIsDoneInADatabaseThatWasRestoredAndHasOtherRevocationsByNow() {
        open(database(40, "a")).note(revocation(40, "a40"));
        var restored = database(50, "b");

        assertThat(open(restored).covers(restored.get(0))).isFalse();
    }

    @Test
    void afterARestoreWhatIsDoneIsNotedAnew() {
        open(database(40, "a")).note(revocation(40, "a40"));
        var restored = database(26, "b");

        open(restored).note(restored.get(25));

        assertThat(open(restored).covers(restored.get(25))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "40 b40", "41 a41"})
    void ofAFileThatSaysNothingRightNothingIsBelieved(String text) throws Exception {
        Files.writeString(kit.resolve("revocations-done"), text);

        assertThat(open(database(40, "a")).covers(revocation(1, "a1"))).isFalse();
    }

    @Test
    void theFileOfAnEarlierVersionNamesThePlaceOnly() throws Exception {
        Files.writeString(kit.resolve("revocations-done"), "40");

        assertThat(open(database(40, "a")).covers(revocation(40, "a40"))).isTrue();
        assertThat(open(database(39, "a")).covers(revocation(1, "a1"))).isFalse();
    }
}
