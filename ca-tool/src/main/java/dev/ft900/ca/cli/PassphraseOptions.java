package dev.ft900.ca.cli;

import dev.ft900.ca.authority.Passphrase;
import dev.ft900.ca.store.StateFolder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How a command that signs gets at the authority's keys. Use as a mixin. */
public final class PassphraseOptions {
    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = {
                "first line: the passphrase of the authority's keys (default: FT900_PASSPHRASE, else",
                "STATE/passphrase, else asked at the terminal)"
            })
    private Path file;

    /** Where the passphrase comes from; asks at the terminal last, if there is one. */
    public Passphrase.Source source(StateFolder state) {
        return given(state).or(Terminal.passphrase("Passphrase of the authority's keys", false));
    }

    /** The same without asking. */
    public Passphrase.Source given(StateFolder state) {
        return file == null ? Passphrase.unattended(state) : Passphrase.ofFile(file);
    }
}
