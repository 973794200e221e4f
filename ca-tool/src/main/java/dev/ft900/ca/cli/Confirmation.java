package dev.ft900.ca.cli;

import picocli.CommandLine.Option;

/** Asks before something that cannot be undone; an option of every command that does such a thing. */
public final class Confirmation {
    private static final String YES = "yes";

    @Option(names = "--yes", description = "do not ask")
    private boolean given;

    /**
     * Returns when the person at the terminal wants it.
     *
     * @param deed as in "erase board1"
     * @throws CommandException there is no terminal, or the answer was another
     */
    public void ask(String deed) throws CommandException {
        if (given) {
            return;
        }
        var console = System.console();
        if (console == null) {
            throw new CommandException(
                    ExitCode.USAGE, "expected --yes, since there is no terminal to ask at: this would " + deed);
        }
        var answer = console.readLine("This will %s. Type %s: ", deed, YES);
        if (!YES.equals(answer)) {
            throw new CommandException(ExitCode.REFUSED, "nothing was done: expected " + YES + " as the answer");
        }
    }
}
