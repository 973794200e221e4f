package dev.ft900.ca.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ft900.ca.store.StateFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What every command takes and how it speaks: results for machines on stdout, words for people on stderr. Use as {@link Mixin}. */
public final class CommonOptions {
    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            defaultValue = StateFolder.DEFAULT,
            description = "the state folder (default: ${DEFAULT-VALUE})")
    private Path state;

    @Option(names = "--json", description = "one JSON object on stdout, for machines")
    private boolean json;

    public StateFolder state() {
        return new StateFolder(state);
    }

    public boolean json() {
        return json;
    }

    /** Words for people. */
    public void say(String words) {
        PrintWriter err = command.commandLine().getErr();
        err.println(words);
        err.flush();
    }

    /** What a person asked for, such as a table: on stdout, unless a machine asked. */
    public void print(String result) {
        if (!json) {
            PrintWriter out = command.commandLine().getOut();
            out.println(result);
            out.flush();
        }
    }

    /** Text of a board's console: as it is on stdout, or as a JSON object for a machine. */
    void text(String text) {
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(JsonNodeFactory.instance.objectNode().put("text", text));
        } else {
            out.print(text);
        }
        out.flush();
    }

    /** The result for a machine, if one asked for it. */
    public void result(JsonNode result) {
        if (json) {
            PrintWriter out = command.commandLine().getOut();
            out.println(result);
            out.flush();
        }
    }
}
