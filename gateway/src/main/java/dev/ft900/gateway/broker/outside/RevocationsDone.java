package dev.ft900.gateway.broker.outside;

import dev.ft900.ca.store.Revocation;
import dev.ft900.ca.store.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Up to which revocation the lists and sessions of a kit are right: a file in it, with the place in the order of revoking and the serial number
 * of the last certificate. In a database that was restored from a backup that place may be free or another's; all revocations are gone through
 * again then. Only {@link #covers} may be called by any thread.
 */
final class RevocationsDone {
    private static final Logger LOG = LoggerFactory.getLogger(RevocationsDone.class);

    private static final String FILE = "revocations-done";

    private final Path file;
    private final long before;
    private long written;

    private RevocationsDone(Path file, long before) {
        this.file = file;
        this.before = before;
        this.written = before;
    }

    /**
     * Reads what a kit says.
     *
     * @param revokedAfter what the database says was revoked after a place in the order, oldest first
     */
    static RevocationsDone open(Path kit, LongFunction<List<Revocation>> revokedAfter) {
        var file = kit.resolve(FILE);
        return new RevocationsDone(file, read(file, revokedAfter));
    }

    /** Notes that a new kit is right. @param last the last revocation that is in its lists; empty when there was none */
    static void begin(Path kit, Optional<Revocation> last) throws IOException {
        write(kit.resolve(FILE), last.map(RevocationsDone::text).orElse("0"));
    }

    private static long read(Path file, LongFunction<List<Revocation>> revokedAfter) {
        try {
            if (!Files.exists(file)) {
                return 0;
            }
            var words = Files.readString(file).strip().split(" ");
            long place = Long.parseLong(words[0]);
            if (place == 0 || isInDatabase(place, words, revokedAfter)) {
                return place;
            }
            LOG.warn(
                    "the database was restored from a backup: revocation {}, up to which {} says that all is done, is not in it; all revocations are gone through again",
                    place,
                    file);
        } catch (IOException | NumberFormatException e) {
            LOG.warn("{} cannot be read; all revocations are gone through again", file, e);
        }
        return 0;
    }

    /** Kits of earlier versions name no serial number. */
    private static boolean isInDatabase(long place, String[] words, LongFunction<List<Revocation>> revokedAfter) {
        return revokedAfter.apply(place - 1).stream()
                .findFirst()
                .filter(there -> there.sequence() == place
                        && (words.length == 1 || there.serial().equals(words[1])))
                .isPresent();
    }

    /** Whether it was done when this was opened. */
    boolean covers(Revocation revocation) {
        return revocation.sequence() <= before;
    }

    /** Notes that everything up to this one is done. What cannot be written is written with the next. */
    void note(Revocation last) {
        if (last.sequence() <= written) {
            return;
        }
        try {
            write(file, text(last));
            written = last.sequence();
        } catch (IOException e) {
            LOG.debug("{} cannot be written; trying again with the next", file, e);
        }
    }

    private static String text(Revocation last) {
        return last.sequence() + " " + last.serial();
    }

    private static void write(Path file, String text) throws IOException {
        StateFolder.write(file, text.getBytes(StandardCharsets.US_ASCII));
    }
}
