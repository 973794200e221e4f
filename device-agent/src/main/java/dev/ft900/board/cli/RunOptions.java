package dev.ft900.board.cli;

import dev.ft900.board.machine.MachineSettings;
import dev.ft900.board.peripheral.Revision;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The options of {@code board run}. */
final class RunOptions {
    /** The names of machines. */
    static final class MachineName implements ITypeConverter<MachineKind> {
        @Override
        public MachineKind convert(String name) {
            return MachineKind.of(name);
        }
    }

    /** How instructions are executed. */
    enum EngineChoice {
        AUTO,
        INTERPRETER,
        TRANSLATOR
    }

    /** What ties virtual time to the wall clock. */
    enum PaceChoice {
        AUTO,
        LIVE,
        FREE
    }

    @Option(
            names = "--machine",
            paramLabel = "NAME",
            defaultValue = "ft900",
            converter = MachineName.class,
            description = "ft900 or gnu-sim, the machine of GNU's simulator (default: ${DEFAULT-VALUE})")
    MachineKind machine;

    @Option(
            names = "--revision",
            paramLabel = "REV",
            defaultValue = "C",
            description = "of the ft900's silicon: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    Revision revision;

    @Option(
            names = "--uart0",
            paramLabel = "END",
            defaultValue = "stdio",
            description = "stdio, pty, tcp:PORT, file:PATH (what the board prints) or none (default: ${DEFAULT-VALUE})")
    String uart0;

    @Option(
            names = "--gdb",
            paramLabel = "PORT",
            description = "wait for GDB at this TCP port on loopback; 0 for any free one")
    Integer gdb;

    @Option(
            names = "--vcd",
            paramLabel = "FILE",
            description = "the levels of all pads over time, as a value change dump")
    Path vcd;

    @Option(names = "--trace", paramLabel = "FILE", description = "every instruction with its cycle; slow")
    Path trace;

    @Option(names = "--call-trace", paramLabel = "FILE", description = "every call, with the names of functions; slow")
    Path callTrace;

    @Option(
            names = "--coverage",
            paramLabel = "FILE",
            description = "which source lines ran, as LCOV; the image needs -g")
    Path coverage;

    @Option(names = "--max-cycles", paramLabel = "N", description = "end after N cycles of 10 ns of virtual time")
    Long maxCycles;

    @Option(
            names = "--timeout",
            paramLabel = "D",
            converter = Units.class,
            description = "end after D of real time: 500ms, 30s, 2m")
    Duration timeout;

    @Option(names = "--until", paramLabel = "TEXT", description = "end well when UART0 or the console has printed TEXT")
    String until;

    @Option(names = "--strict", description = "touching what is reserved or not modelled is a fault")
    boolean strict;

    @Option(
            names = "--on-fault",
            paramLabel = "POLICY",
            defaultValue = "STOP",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    MachineSettings.FaultPolicy onFault;

    @Option(
            names = "--flash",
            paramLabel = "FILE",
            description = "keep the flash in FILE; without an IMAGE, boot what is in it")
    Path flash;

    @Option(names = "--save", paramLabel = "FILE", description = "save the machine's state at the end")
    Path save;

    @Option(names = "--restore", paramLabel = "FILE", description = "start from a saved state instead of power-on")
    Path restore;

    @Option(
            names = "--pace",
            paramLabel = "PACE",
            defaultValue = "AUTO",
            description =
                    "LIVE never runs ahead of the wall clock, FREE runs as fast as it can; AUTO is LIVE with live input")
    PaceChoice pace;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            defaultValue = "AUTO",
            description = "${COMPLETION-CANDIDATES}; AUTO translates unless something needs to see each instruction")
    EngineChoice engine;

    @Option(names = "--json", description = "one JSON object per image on stdout, for machines")
    boolean json;
}
