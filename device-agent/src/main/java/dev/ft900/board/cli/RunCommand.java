package dev.ft900.board.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./ft900 board run}. */
@Command(
        name = "run",
        description = {
            "Run firmware images, one after the other, each on a fresh machine.",
            "",
            "Exit code: that of the first image that did not end well. 0 text seen or exit code 0, the program's own",
            "code, 124 --timeout or --max-cycles is over, 132 a fault of the firmware, 3 no image for this machine."
        })
final class RunCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    RunOptions options;

    @Parameters(paramLabel = "IMAGE", arity = "0..*", description = "ELF files or raw binaries")
    List<Path> images = List.of();

    @Override
    public Integer call() throws Exception {
        if (images.isEmpty() && options.flash == null && options.restore == null) {
            throw new BoardException(
                    BoardExit.USAGE, "expected an IMAGE, or --flash or --restore with one in it; got nothing to run");
        }
        if (options.json && options.uart0.equals("stdio")) {
            // stdout is for the results then.
            options.uart0 = "none";
        }
        var timer = Executors.newSingleThreadScheduledExecutor(RunCommand::daemon);
        try (var outlet = SerialOutlet.open(options.uart0, System.in, System.out)) {
            outlet.portName().ifPresent(name -> say("UART0 is " + name));
            if (images.isEmpty()) {
                return run(new ImageRun(options, outlet, timer, this::say), Optional.empty());
            }
            int exitCode = BoardExit.OK;
            for (var image : images) {
                int code = run(new ImageRun(options, outlet, timer, this::say), Optional.of(image));
                exitCode = exitCode == BoardExit.OK ? code : exitCode;
            }
            return exitCode;
        } finally {
            timer.shutdownNow();
        }
    }

    private int run(ImageRun run, Optional<Path> image) throws BoardException {
        var result = run.run(image);
        if (options.json) {
            var out = spec.commandLine().getOut();
            out.println(result.json());
            out.flush();
        } else {
            say(result.line());
            result.findings()
                    .forEach((finding, count) -> say("  " + finding + (count > 1 ? " " + count + " times" : "")));
        }
        return result.exitCode();
    }

    private void say(String words) {
        var err = spec.commandLine().getErr();
        err.println(words);
        err.flush();
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "board-timer");
        thread.setDaemon(true);
        return thread;
    }
}
