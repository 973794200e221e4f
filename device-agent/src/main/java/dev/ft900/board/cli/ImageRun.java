package dev.ft900.board.cli;

import dev.ft900.agent.flash.FileFlash;
import dev.ft900.agent.flash.Flash;
import dev.ft900.agent.flash.MemoryFlash;
import dev.ft900.board.cpu.Core;
import dev.ft900.board.cpu.Engine;
import dev.ft900.board.image.Image;
import dev.ft900.board.image.ImageException;
import dev.ft900.board.image.ImageReader;
import dev.ft900.board.machine.Machine;
import dev.ft900.board.machine.MachineModel;
import dev.ft900.board.machine.MachineSettings;
import dev.ft900.board.machine.Outcome;
import dev.ft900.board.machine.Pace;
import dev.ft900.board.machine.WallPace;
import dev.ft900.board.translate.TranslatingEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/** One image on a fresh machine, from power-on to the end. */
final class ImageRun {
    private static final long LAG_WORTH_TELLING_NANOS = 100_000_000;

    private final RunOptions options;
    private final SerialOutlet outlet;
    private final ScheduledExecutorService timer;
    private final Consumer<String> say;
    private final AtomicBoolean timedOut = new AtomicBoolean();

    /** @param say takes words for people */
    ImageRun(RunOptions options, SerialOutlet outlet, ScheduledExecutorService timer, Consumer<String> say) {
        this.options = options;
        this.outlet = outlet;
        this.timer = timer;
        this.say = say;
    }

    /** @param file the image; without one, what is in flash or in the saved state */
    RunResult run(Optional<Path> file) throws BoardException {
        try {
            var image = file.isPresent() ? Optional.of(ImageReader.read(file.get())) : Optional.<Image>empty();
            if (options.flash == null) {
                return run(file, image, new MemoryFlash());
            }
            try (var flash = FileFlash.open(options.flash)) {
                return run(file, image, flash);
            }
        } catch (ImageException e) {
            throw new BoardException(
                    BoardExit.REFUSED, file.map(Path::toString).orElse("image") + ": " + e.getMessage());
        } catch (NoSuchFileException e) {
            throw new BoardException(
                    BoardExit.ENVIRONMENT, "expected the file " + e.getFile() + "; there is no such file");
        } catch (IOException e) {
            throw new BoardException(BoardExit.ENVIRONMENT, e.getMessage());
        }
    }

    private RunResult run(Optional<Path> file, Optional<Image> image, Flash flash) throws IOException, BoardException {
        var machineBox = new Machine<?>[1];
        var watch = new TextWatch(options.until == null ? "\0" : options.until, () -> machineBox[0].stop());
        var settings = new MachineSettings(options.strict, options.onFault, engine());
        var rig = options.machine.build(new Rig.Supplies(
                flash, settings, options.revision, character -> print(character, watch), outlet::readOne));
        var machine = rig.machine();
        machineBox[0] = machine;
        start(machine, image);
        rig.type().ifPresent(type -> outlet.listen(bytes -> machine.post(() -> type.accept(bytes))));
        var deadline = options.timeout == null
                ? null
                : timer.schedule(() -> timeOut(machine), options.timeout.toMillis(), TimeUnit.MILLISECONDS);
        long began = System.nanoTime();
        long cyclesBefore = machine.cycles();
        try (var inside = new Inside(options, rig, image, say)) {
            var outcome = inside.run(limit(machine), pace(machine, rig));
            outlet.flush();
            double seconds = (System.nanoTime() - began) / 1e9;
            if (options.save != null) {
                Files.write(options.save, machine.snapshot());
            }
            return result(
                    file,
                    machine,
                    outcome,
                    watch.seen() && options.until != null,
                    machine.cycles() - cyclesBefore,
                    seconds);
        } finally {
            if (deadline != null) {
                deadline.cancel(false);
            }
        }
    }

    private void start(Machine<?> machine, Optional<Image> image) throws IOException, BoardException {
        if (options.restore != null) {
            machine.restore(Files.readAllBytes(options.restore));
        } else if (machine.model().boot() == MachineModel.Boot.DIRECT) {
            machine.start(image.orElseThrow(
                    () -> new BoardException(BoardExit.USAGE, "expected an IMAGE; this machine has no flash")));
        } else {
            image.ifPresent(machine::load);
            machine.powerOn();
        }
    }

    private Function<Core, Engine> engine() {
        return switch (options.engine) {
            case INTERPRETER -> Core::interpreter;
            case TRANSLATOR -> TranslatingEngine::new;
            case AUTO -> Inside.needsInterpreter(options) ? Core::interpreter : TranslatingEngine::new;
        };
    }

    private long limit(Machine<?> machine) {
        return options.maxCycles == null ? Long.MAX_VALUE : machine.cycles() + options.maxCycles;
    }

    private Pace pace(Machine<?> machine, Rig rig) {
        boolean live =
                switch (options.pace) {
                    case LIVE -> true;
                    case FREE -> false;
                    case AUTO -> outlet.live() && rig.type().isPresent();
                };
        if (!live) {
            return Pace.FREE;
        }
        var wall = new WallPace(System::nanoTime, machine::awaitPosts);
        var told = new long[] {LAG_WORTH_TELLING_NANOS};
        return cycles -> {
            outlet.flush();
            wall.at(cycles);
            if (wall.worstLagNanos() > told[0]) {
                told[0] = 2 * wall.worstLagNanos();
                say.accept("The board lags " + wall.worstLagNanos() / 1_000_000 + " ms behind the wall clock.");
            }
        };
    }

    private void print(int character, TextWatch watch) {
        outlet.print(character);
        watch.accept(character);
    }

    private void timeOut(Machine<?> machine) {
        timedOut.set(true);
        machine.stop();
    }

    private RunResult result(
            Optional<Path> file,
            Machine<?> machine,
            Outcome outcome,
            boolean textSeen,
            long instructions,
            double seconds) {
        String ended = "stopped";
        int code = BoardExit.OK;
        var fault = Optional.<String>empty();
        if (outcome instanceof Outcome.Exited exited) {
            ended = "exit";
            code = exited.code() & 0xFF;
        } else if (outcome instanceof Outcome.Faulted faulted) {
            ended = "fault";
            code = BoardExit.FAULT;
            fault = Optional.of(faulted.fault().toString());
        } else if (textSeen) {
            ended = "text-seen";
        } else if (outcome instanceof Outcome.CycleReached || timedOut.get()) {
            ended = outcome instanceof Outcome.CycleReached ? "cycles" : "time-out";
            code = BoardExit.TIME_OUT;
        }
        return new RunResult(
                file.map(Path::toString).orElse("flash"),
                ended,
                code,
                instructions,
                seconds,
                fault,
                machine.findings().counts());
    }
}
