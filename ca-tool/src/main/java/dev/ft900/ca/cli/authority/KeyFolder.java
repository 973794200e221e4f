package dev.ft900.ca.cli.authority;

import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a command that makes a key writes its files: a key that is there already is not lost by mistake. Use as a mixin. */
final class KeyFolder {
    @Option(names = "--out", required = true, paramLabel = "DIR", description = "where to write the files")
    private Path out;

    @Option(names = "--overwrite", description = "replace a private key of this name that is in DIR; it is lost then")
    private boolean overwrite;

    Path path() {
        return out;
    }

    /**
     * Before anything is issued that could then not be written.
     *
     * @throws CommandException a key of this name is there
     */
    void prepare(String name) throws CommandException, IOException {
        IssuedFiles.prepare(out);
        var key = IssuedFiles.key(out, name);
        if (!overwrite && Files.exists(key)) {
            throw new CommandException(
                    ExitCode.ENVIRONMENT,
                    "expected no private key of this name in " + out + "; " + key
                            + " is there, and nothing was issued. Choose another --out, or replace it with --overwrite.");
        }
    }
}
