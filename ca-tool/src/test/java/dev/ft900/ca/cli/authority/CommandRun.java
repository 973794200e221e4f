package dev.ft900.ca.cli.authority;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ft900.ca.cli.EnvironmentDefaults;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExitCodeGenerator;

/** How a command ended and what it wrote. */
record CommandRun(int exitCode, String out, String err) {
    @Command(name = "ft900", subcommands = CaCommand.class)
    private static final class Root {}

    /** Runs {@code ca} with these arguments on a state folder. */
    static CommandRun ca(Path state, String... arguments) {
        return ca(Map.of(), state, arguments);
    }

    static CommandRun ca(Map<String, String> environment, Path state, String... arguments) {
        var all = new ArrayList<>(List.of("ca"));
        all.addAll(List.of(arguments));
        all.add("--state");
        all.add(state.toString());
        var out = new StringWriter();
        var err = new StringWriter();
        var commandLine = new CommandLine(new Root())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println(failure.getMessage());
                    if (failure instanceof IExitCodeGenerator meant) {
                        return meant.getExitCode();
                    }
                    throw failure;
                })
                .setDefaultValueProvider(new EnvironmentDefaults(environment));
        int code = commandLine.execute(all.toArray(String[]::new));
        return new CommandRun(code, out.toString(), err.toString());
    }

    JsonNode json() throws IOException {
        return new JsonMapper().readTree(out);
    }

    /** Requires success. */
    CommandRun ok() {
        if (exitCode != 0) {
            throw new AssertionError("expected exit code 0; got " + exitCode + ": " + err);
        }
        return this;
    }
}
