package dev.ft900.hil.cli;

import dev.ft900.agent.flash.MemoryFlash;
import dev.ft900.ca.cli.FlashCommand;
import dev.ft900.ca.cli.SimulatedBench;
import dev.ft900.hil.simulated.LineFaults;
import dev.ft900.hil.simulated.SimulatedWire;
import java.security.SecureRandom;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands, and gives those that need one a bench with a simulated board. */
final class Commands implements IFactory {
    private static final int JITTER_BYTES = 64;
    /** As through a USB adapter with its usual latency timer. */
    private static final Duration LATENCY = Duration.ofMillis(16);

    private final IFactory picocli = CommandLine.defaultFactory();

    @Override
    public <K> K create(Class<K> type) throws Exception {
        return type == FlashCommand.class ? type.cast(new FlashCommand(Commands::bench)) : picocli.create(type);
    }

    private static SimulatedBench bench(int baud) {
        var jitter = new byte[JITTER_BYTES];
        new SecureRandom().nextBytes(jitter);
        return new SimulatedWire(
                new SimulatedWire.Settings(new MemoryFlash(), jitter, baud, LATENCY, LineFaults.NONE, true));
    }
}
