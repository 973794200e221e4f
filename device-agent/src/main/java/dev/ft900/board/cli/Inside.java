package dev.ft900.board.cli;

import dev.ft900.board.coverage.Coverage;
import dev.ft900.board.coverage.Lcov;
import dev.ft900.board.cpu.Interpreter.Observer;
import dev.ft900.board.gdb.GdbServer;
import dev.ft900.board.image.Image;
import dev.ft900.board.machine.Machine;
import dev.ft900.board.machine.Outcome;
import dev.ft900.board.machine.Pace;
import dev.ft900.board.trace.CallTrace;
import dev.ft900.board.trace.InstructionTrace;
import dev.ft900.board.trace.Observers;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What lets a person see inside a run: traces, coverage, a debugger. */
final class Inside implements Closeable {
    private final RunOptions options;
    private final Machine<?> machine;
    private final Optional<Image> image;
    private final Consumer<String> say;
    private final List<Closeable> closing = new ArrayList<>();
    private final Coverage coverage = new Coverage();

    Inside(RunOptions options, Rig rig, Optional<Image> image, Consumer<String> say)
            throws IOException, BoardException {
        this.options = options;
        this.machine = rig.machine();
        this.image = image;
        this.say = say;
        if (options.vcd != null) {
            var recorder = rig.vcd()
                    .orElseThrow(() -> new BoardException(
                            BoardExit.USAGE, "expected a machine with pads for --vcd; got one without"));
            closing.add(recorder.record(Files.newBufferedWriter(options.vcd)));
        }
        var observers = new ArrayList<Observer>();
        if (options.trace != null) {
            observers.add(new InstructionTrace(machine.core().state(), writer(options.trace)));
        }
        if (options.callTrace != null) {
            observers.add(new CallTrace(machine.core().state(), symbols(), writer(options.callTrace)));
        }
        if (options.coverage != null) {
            observers.add(coverage);
        }
        if (!observers.isEmpty()) {
            machine.core().interpreter().observe(new Observers(observers));
        }
    }

    /** Whether something here wants to see every instruction. */
    static boolean needsInterpreter(RunOptions options) {
        return options.trace != null || options.callTrace != null || options.coverage != null || options.gdb != null;
    }

    Outcome run(long untilCycle, Pace pace) throws IOException {
        if (options.gdb == null) {
            return machine.run(untilCycle, pace);
        }
        try (var server = GdbServer.listen(options.gdb, machine, untilCycle, pace)) {
            say.accept("Waiting for GDB: target remote localhost:" + server.port());
            return server.serve();
        }
    }

    private Image symbols() {
        return image.orElse(new Image(0, List.of(), List.of(), List.of()));
    }

    private PrintWriter writer(Path file) throws IOException {
        var writer = new PrintWriter(Files.newBufferedWriter(file));
        closing.add(writer);
        return writer;
    }

    @Override
    public void close() throws IOException {
        for (var one : closing) {
            one.close();
        }
        if (options.coverage != null) {
            Files.writeString(options.coverage, Lcov.of(symbols(), coverage));
        }
    }
}
