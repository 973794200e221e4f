package dev.ft900.ca.authority;

import dev.ft900.ca.file.InputFile;
import dev.ft900.ca.store.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * What opens private keys at rest. Prints itself without the secret.
 *
 * @param chosenByAPerson then it may be guessed, and each guess is made dear
 */
public record Passphrase(String secret, boolean chosenByAPerson) {
    private static final int RANDOM_BYTES = 32;
    private static final int MIN_LENGTH = 8;

    /** Holds the passphrase itself. */
    public static final String VARIABLE = "FT900_PASSPHRASE";

    /** Names a file that holds it. */
    public static final String FILE_VARIABLE = "FT900_PASSPHRASE_FILE";

    public Passphrase {
        if (secret.length() < MIN_LENGTH) {
            throw new IllegalArgumentException(
                    "a passphrase has at least " + MIN_LENGTH + " characters; got " + secret.length());
        }
    }

    /** Where a passphrase comes from when one is needed. */
    @FunctionalInterface
    public interface Source {
        /**
         * The passphrase.
         *
         * @return empty when nobody has set one
         * @throws IOException it is to be had somewhere, but not just now
         */
        Optional<Passphrase> get() throws IOException;

        /** The same, which is asked once only. */
        default Source once() {
            return new Remembered(this);
        }

        /** The first of the two that has one. */
        default Source or(Source other) {
            return () -> {
                var first = get();
                return first.isPresent() ? first : other.get();
            };
        }
    }

    /** Remembers what its source said. */
    private static final class Remembered implements Source {
        private final Source source;
        private Optional<Passphrase> answer = Optional.empty();

        private Remembered(Source source) {
            this.source = source;
        }

        @Override
        public synchronized Optional<Passphrase> get() throws IOException {
            if (answer.isEmpty()) {
                answer = source.get();
            }
            return answer;
        }
    }

    /** A random passphrase of 256 bits. */
    public static Passphrase random() {
        var bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Passphrase(HexFormat.of().formatHex(bytes), false);
    }

    /** The first line of a file. */
    public static Passphrase read(Path file) throws IOException {
        try {
            return new Passphrase(InputFile.firstLine(file, "a passphrase"), true);
        } catch (IllegalArgumentException e) {
            throw new IOException("expected a passphrase in the first line of " + file + ": " + e.getMessage(), e);
        }
    }

    /** From a file that somebody named. */
    public static Source ofFile(Path file) {
        return () -> Optional.of(read(file));
    }

    /** From {@value #VARIABLE} or {@value #FILE_VARIABLE}, or from another pair of variables that begins with a prefix. */
    public static Source ofEnvironment(Map<String, String> environment, String variable) {
        return () -> {
            var secret = environment.get(variable);
            if (secret != null && !secret.isEmpty()) {
                return Optional.of(checked(variable, secret));
            }
            var file = environment.get(variable + "_FILE");
            return file == null || file.isEmpty() ? Optional.empty() : Optional.of(read(Path.of(file)));
        };
    }

    private static Passphrase checked(String variable, String secret) throws IOException {
        try {
            return new Passphrase(secret, true);
        } catch (IllegalArgumentException e) {
            throw new IOException("expected a passphrase in " + variable + ": " + e.getMessage(), e);
        }
    }

    /** The one that the toolkit made for a state folder and keeps in it. */
    public static Source ofState(StateFolder state) {
        return () -> Files.exists(state.passphrase())
                ? Optional.of(new Passphrase(read(state.passphrase()).secret(), false))
                : Optional.empty();
    }

    /** What a server uses that nobody can ask: the environment, then the state folder. */
    public static Source unattended(StateFolder state) {
        return ofEnvironment(System.getenv(), VARIABLE).or(ofState(state));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "Passphrase[" + (chosenByAPerson ? "chosen" : "random") + "]";
    }
}
