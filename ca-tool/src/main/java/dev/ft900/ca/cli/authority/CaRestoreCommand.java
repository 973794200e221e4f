package dev.ft900.ca.cli.authority;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ft900.ca.backup.Backup;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.CommonOptions;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.file.InputFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./ft900 ca restore}. */
@Command(
        name = "restore",
        description = {
            "Make a state folder of a backup. The folder must be empty or missing.",
            "",
            "Boards that were registered after the backup are not in it: flash them again. Certificates that were revoked after",
            "it are good again: revoke them again.",
            "",
            "  ./ft900 ca restore ft900-2026-11-23.backup --state .ft900"
        })
final class CaRestoreCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private BackupPassphrase passphrase;

    @Parameters(paramLabel = "FILE", description = "the backup")
    private Path file;

    @Override
    public Integer call() throws CommandException {
        try {
            InputFile.require(file, "a backup");
            var names = Backup.restore(file, common.state(), passphrase.get(false));
            common.say("Restored " + common.state().path() + ": " + String.join(", ", names));
            var json = JsonNodeFactory.instance
                    .objectNode()
                    .put("state", common.state().path().toString());
            names.forEach(json.putArray("content")::add);
            common.result(json);
            return ExitCode.OK;
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
    }
}
