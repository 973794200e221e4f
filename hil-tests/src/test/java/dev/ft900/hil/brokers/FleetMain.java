package dev.ft900.hil.brokers;

import dev.ft900.agent.app.AgentCommand;
import picocli.CommandLine;

/** The {@code agent} commands as a program of their own, without the rest of the launcher. */
public final class FleetMain {
    private FleetMain() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(AgentCommand.class).execute(args));
    }
}
