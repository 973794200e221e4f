package dev.ft900.ca.cli.authority;

import dev.ft900.ca.authority.Passphrase;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.cli.Terminal;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A passphrase for a new key when that of the keys before it, or the newest of them, is lost. */
final class NewPassphraseOptions {
    @Option(
            names = "--new-passphrase",
            description = {
                "the newest key or its passphrase is lost: ask at the terminal, twice, for the passphrase of the",
                "new key, instead of requiring that the old one opens"
            })
    private boolean ask;

    @Option(names = "--new-passphrase-file", paramLabel = "FILE", description = "the same, with the first line of FILE")
    private Path file;

    /** Empty when nobody asked for it. */
    Optional<Passphrase.Source> source() throws CommandException {
        if (file != null) {
            return Optional.of(Passphrase.ofFile(file));
        }
        if (!ask) {
            return Optional.empty();
        }
        if (!Terminal.isThere()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "expected a terminal for --new-passphrase; there is none. Use --new-passphrase-file.");
        }
        return Optional.of(Terminal.passphrase("New passphrase of the authority's keys", true));
    }
}
