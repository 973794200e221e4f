package dev.ft900.hil.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.store.StoreFailure;
import dev.ft900.hil.cli.device.RefusedException;
import java.io.IOException;
import java.util.UUID;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExitCodeGenerator;
import picocli.CommandLine.ParseResult;

/**
 * What a command that failed says and with which code it ends. Exceptions that carry an exit code are meant for the user: their
 * message is all there is to say. A database that cannot be used is no fault of this program. Everything else is, and goes to the log.
 */
final class Failures implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof IExitCodeGenerator meant) {
            return report(command, meant.getExitCode(), failure);
        }
        var store = StoreFailure.sentence(failure);
        if (store.isPresent()) {
            return report(command, ExitCode.ENVIRONMENT, new IOException(store.get(), failure));
        }
        var incident = UUID.randomUUID().toString();
        // Not before: what logs takes longer to load than a small command runs.
        LoggerFactory.getLogger(Failures.class).error("incident {}", incident, failure);
        return report(
                command,
                ExitCode.INTERNAL,
                new IllegalStateException("something went wrong that should not (incident " + incident + "): " + failure
                        + ". Please report it with the lines above."));
    }

    private static int report(CommandLine command, int code, Exception failure) {
        command.getErr().println("ft900: " + failure.getMessage());
        command.getErr().flush();
        var json = command.getCommandSpec().findOption("--json");
        // It may have come from the environment.
        if (json != null && Boolean.TRUE.equals(json.getValue())) {
            printJson(command, code, failure);
        }
        return code;
    }

    static void printJson(CommandLine command, int code, Exception failure) {
        var error = JsonNodeFactory.instance.objectNode();
        var said = error.putObject("error").put("exitCode", code).put("message", failure.getMessage());
        if (failure instanceof RefusedException refused) {
            said.set("problem", refused.problem());
        }
        command.getOut().println(error);
        command.getOut().flush();
    }
}
