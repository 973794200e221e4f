package dev.ft900.ca.cli.authority;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ft900.ca.authority.Authority;
import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.authority.IssuingException;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.Passphrase;
import dev.ft900.ca.authority.Profiles;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.CommonOptions;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.store.CertificateStore;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./ft900 ca bench}. */
@Command(
        name = "bench",
        description = {
            "Measure how fast this machine issues certificates, beside bare P-256 signatures on one core.",
            "",
            "Works on a state folder of its own, which is removed afterwards. One thread; samples of both take turns."
        })
final class CaBenchCommand implements Callable<Integer> {
    private static final int ROUNDS = 5;
    private static final int BATCH = 200;

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--certificates",
            paramLabel = "N",
            defaultValue = "400",
            description = "so many in each of " + ROUNDS + " rounds (default: ${DEFAULT-VALUE})")
    private int certificates;

    private int names;

    @Override
    public Integer call() throws CommandException {
        if (certificates < BATCH || certificates > 100_000) {
            throw new CommandException(
                    ExitCode.USAGE, "expected --certificates to be " + BATCH + " to 100000; got " + certificates);
        }
        Path folder = null;
        try {
            folder = Files.createTempDirectory("ft900-ca-bench");
            var state = new StateFolder(folder.resolve("state"));
            try (var database = StateDatabase.open(state)) {
                var secret = Passphrase.random();
                var authority = new AuthorityFolder(state, database, Clock.systemUTC(), () -> Optional.of(secret))
                        .openOrCreate();
                measure(database, authority);
            }
            return ExitCode.OK;
        } catch (IssuingException | GeneralSecurityException e) {
            throw new IllegalStateException("the bench asks for good certificates only", e);
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        } finally {
            delete(folder);
        }
    }

    private void measure(StateDatabase database, Authority authority)
            throws IssuingException, GeneralSecurityException {
        common.say("Making keys ...");
        // Warm-up first, not counted.
        sign(certificates);
        issue(database, authority, keys(certificates), BATCH);
        var floor = new double[ROUNDS];
        var inBatches = new double[ROUNDS];
        var oneByOne = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            var forBatches = keys(certificates);
            var forSingles = keys(certificates / 4);
            floor[round] = sign(certificates);
            inBatches[round] = issue(database, authority, forBatches, BATCH);
            oneByOne[round] = issue(database, authority, forSingles, 1);
            common.say(String.format(
                    "round %d: %,.0f signatures/s; %,.0f certificates/s, %d in a transaction; %,.0f/s, each on disk by itself",
                    round + 1, floor[round], inBatches[round], BATCH, oneByOne[round]));
        }
        double share = median(inBatches) / median(floor);
        common.say(String.format(
                "median: %.0f %% of the bare signatures (%,.0f of %,.0f per second); each on disk by itself %,.0f per second",
                100 * share, median(inBatches), median(floor), median(oneByOne)));
        common.result(JsonNodeFactory.instance
                .objectNode()
                .put("signaturesPerSecond", Math.round(median(floor)))
                .put("certificatesPerSecond", Math.round(median(inBatches)))
                .put("batch", BATCH)
                .put("durableOneByOnePerSecond", Math.round(median(oneByOne)))
                .put("shareOfFloor", Math.round(100 * share) / 100.0));
    }

    private static double median(double[] samples) {
        var sorted = samples.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static List<PublicKey> keys(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> KeyKind.P256.generate().getPublic())
                .toList();
    }

    /** Bare signatures over as many bytes as a certificate has, per second. */
    private static double sign(int count) throws GeneralSecurityException {
        var key = KeyKind.P256.generate().getPrivate();
        var message = new byte[350];
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(message);
            signature.sign();
        }
        return perSecond(count, start);
    }

    /** Certificates through policy, signature and store, per second. */
    private double issue(StateDatabase database, Authority authority, List<PublicKey> keys, int inTransaction)
            throws IssuingException {
        var profile = authority.profiles().get(Profiles.BOARD);
        long start = System.nanoTime();
        for (int from = 0; from < keys.size(); from += inTransaction) {
            var part = keys.subList(from, Math.min(keys.size(), from + inTransaction));
            database.jdbi().useTransaction(handle -> {
                var store = new CertificateStore(handle);
                for (var key : part) {
                    authority.issue(store, profile, "bench-" + names++, List.of(), key, Optional.empty());
                }
            });
        }
        return perSecond(keys.size(), start);
    }

    private static double perSecond(int count, long start) {
        return count * 1e9 / (System.nanoTime() - start);
    }

    private static void delete(Path folder) throws CommandException {
        if (folder == null) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, "expected to remove " + folder + "; " + e.getMessage(), e);
        }
    }
}
