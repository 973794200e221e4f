package dev.ft900.ca.cli.authority;

import dev.ft900.ca.authority.Passphrase;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.cli.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The passphrase of a backup. Use as a mixin. */
final class BackupPassphrase {
    private static final String VARIABLE = "FT900_BACKUP_PASSPHRASE";

    @Option(
            names = "--backup-passphrase-file",
            paramLabel = "FILE",
            description = {
                "first line: the passphrase of the backup (default: FT900_BACKUP_PASSPHRASE, else asked at the",
                "terminal)"
            })
    private Path file;

    /** @param fresh it is a new one */
    Passphrase get(boolean fresh) throws IOException, CommandException {
        var source = file == null
                ? Passphrase.ofEnvironment(System.getenv(), VARIABLE)
                        .or(Terminal.passphrase("Passphrase of the backup", fresh))
                : Passphrase.ofFile(file);
        return source.get()
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE,
                        "expected a passphrase for the backup; nobody gave one. Set " + VARIABLE
                                + ", or give --backup-passphrase-file."));
    }
}
