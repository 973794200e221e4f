package dev.ft900.ca.cli.authority;

import dev.ft900.ca.authority.FileKeyVault;
import dev.ft900.ca.authority.KeyVault;
import dev.ft900.ca.authority.Passphrase;
import dev.ft900.ca.cli.Terminal;
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

    Optional<Path> folder() {
        return Optional.ofNullable(folder);
    }
}
