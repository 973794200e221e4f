package dev.ft900.ca.cli.authority;

import dev.ft900.ca.authority.FileKeyVault;
import dev.ft900.ca.authority.KeyVault;
import dev.ft900.ca.authority.Passphrase;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.cli.Terminal;
import dev.ft900.ca.store.StateFolder;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the root's key is kept, if not in the state folder. */
final class OfflineRootOptions {
    private static final String VARIABLE = "FT900_ROOT_PASSPHRASE";

    @Option(
            names = "--offline-root",
            paramLabel = "DIR",
            description =
                    "the root's key is kept in DIR, such as a stick that lies in a safe, and not in the state folder")
    private Path folder;

    @Option(
            names = "--root-passphrase-file",
            paramLabel = "FILE",
            description = {
                "first line: the passphrase of the offline root's key (default: FT900_ROOT_PASSPHRASE, else",
                "asked at the terminal)"
            })
    private Path passphraseFile;

    /** @param making the passphrase is a new one */
    Optional<KeyVault> vault(boolean making) {
        if (folder == null) {
            return Optional.empty();
        }
        var given = passphraseFile == null
                ? Passphrase.ofEnvironment(System.getenv(), VARIABLE)
                : Passphrase.ofFile(passphraseFile);
        return Optional.of(new FileKeyVault(
                folder,
                given.or(Terminal.passphrase("Passphrase of the offline root's key", making)),
                "Set " + VARIABLE + ", or give --root-passphrase-file."));
    }

    /** A root whose key is made beside the others is not offline. */
    void requireOutside(StateFolder state) throws CommandException {
        var inside = state.path().toAbsolutePath().normalize();
        if (folder != null && folder.toAbsolutePath().normalize().startsWith(inside)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "expected --offline-root to be a folder outside the state folder " + state.path()
                            + ", since who has that folder must not have the root's key; got " + folder
                            + ". Name a stick or another place that can be put away.");
        }
    }

    Optional<Path> folder() {
        return Optional.ofNullable(folder);
    }
}
