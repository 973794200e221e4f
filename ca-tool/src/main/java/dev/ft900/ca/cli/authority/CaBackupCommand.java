package dev.ft900.ca.cli.authority;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ft900.ca.backup.Backup;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.CommonOptions;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.cli.OpenState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./ft900 ca backup}. */
@Command(
        name = "backup",
        description = {
            "Write authority and register into one encrypted file, beside a running server.",
            "",
            "In it are the database, certificates and keys, and STATE/passphrase if it is there. Whoever has the file and its",
            "passphrase is the authority: keep them apart. The offline root's key is not in it.",
            "",
            "  ./ft900 ca backup --out ft900-2026-11-23.backup --backup-passphrase-file /root/backup.pass"
        })
final class CaBackupCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private BackupPassphrase passphrase;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "where to write it; must not be there yet")
    private Path out;

    @Override
    public Integer call() throws CommandException {
        if (Files.exists(out)) {
            throw new CommandException(
                    ExitCode.ENVIRONMENT, "expected a new file; " + out + " is there already. Choose another name.");
        }
        try (var open = OpenState.open(common.state())) {
            var made = Backup.write(common.state(), open.database(), out, passphrase.get(true));
            if (open.database().isShared()) {
                common.say("The database is shared and not in the backup: copy it with PostgreSQL's pg_dump.");
            }
            common.say("Wrote " + out + " (" + Files.size(out) + " bytes): " + String.join(", ", made.content()));
            if (!made.leftOut().isEmpty()) {
                common.say("Left out, since it is none of the authority's: " + String.join(", ", made.leftOut()));
            }
            var json = JsonNodeFactory.instance
                    .objectNode()
                    .put("file", out.toString())
                    .put("bytes", Files.size(out));
            made.content().forEach(json.putArray("content")::add);
            made.leftOut().forEach(json.putArray("leftOut")::add);
            common.result(json);
            return ExitCode.OK;
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
    }
}
