package dev.ft900.ca.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ft900.ca.batch.Batch;
import dev.ft900.ca.batch.BatchFormatException;
import dev.ft900.ca.batch.BatchInput;
import dev.ft900.ca.batch.BatchOutput;
import dev.ft900.ca.batch.BatchResult;
import dev.ft900.ca.batch.BatchRow;
import dev.ft900.ca.file.InputFile;
import dev.ft900.ca.flash.Certifier;
import dev.ft900.ca.flash.OnlineCheck;
import dev.ft900.ca.flash.Provisioned;
import dev.ft900.protocol.exchange.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./ft900 flash batch}. */
@Command(
        name = "batch",
        description = {
            "Provision many boards: at several ports at once, at each port one after the other.",
            "",
            "in.csv has a header line with id and, if wanted, port and label. Rows without a port go to whichever port of",
            "--ports has a new board. A job that was cut off goes on when it is started again: rows and boards that",
            "out.csv shows as done are left alone.",
            "",
            "  ./ft900 flash batch --csv in.csv --out out.csv --ports /dev/ttyUSB0,/dev/ttyUSB1 --labels labels.txt"
        })
final class FlashBatchCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private SigningOptions signing;

    @Mixin
    private PassphraseOptions passphrase;

    @Option(names = "--csv", required = true, paramLabel = "FILE", description = "the boards")
    private Path csv;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "the results, written after each board")
    private Path out;

    @Option(names = "--ports", split = ",", paramLabel = "P", description = "ports for rows that name none")
    private List<String> ports = List.of();

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "labels of the boards that are done: text, or CSV by its name")
    private Path labels;

    @Mixin
    private WireOptions wire;

    @Mixin
    private WishOptions wish;

    @Option(
            names = "--wait-board",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "how long to wait at a port for the next board (default: ${DEFAULT-VALUE})")
    private int waitBoard;

    @Override
    public Integer call() throws CommandException {
        try (var signer = signing.open(common.state(), passphrase.source(common.state()))) {
            var output = BatchOutput.open(out);
            var done = output.done();
            var all = BatchInput.read(csv);
            var rows = all.stream().filter(row -> !done.contains(row.id())).toList();
            requirePorts(rows);
            common.say(rows.size() + " boards to provision, " + (all.size() - rows.size()) + " done before");
            var wishes = wish.waiting(wish.wishes(), oneAnswerAtATime(signer.online()));
            var trace = wire.trace(Ticker.SYSTEM);
            var job = new Batch.Job(
                    rows,
                    ports,
                    name -> wire.open(name, trace),
                    wire.baud(),
                    Duration.ofSeconds(waitBoard),
                    output.boards());
            var tally = new Tally(rows.size());
            var notWritten = new AtomicReference<IOException>();
            var write = Batch.into(output, notWritten::set);
            int without = new Batch(
                            job,
                            oneAtATime(signer.certifier()),
                            wishes,
                            result -> {
                                write.accept(result);
                                tally.count(result);
                            },
                            common::say)
                    .run();
            if (notWritten.get() != null) {
                throw notWritten.get();
            }
            if (labels != null) {
                output.writeLabels(labels);
            }
            return finish(all.size() - rows.size(), tally, without);
        } catch (BatchFormatException e) {
            throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
        } catch (InputFile.UnusableFileException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, "expected to read and write tables; " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.ENVIRONMENT, "interrupted; start again to go on", e);
        }
    }

    /** A store takes one writer at a time: boards of one job wait for one another here, and not for a lock of the file. */
    private Certifier oneAtATime(Certifier certifier) {
        return (id, request, facts) -> {
            synchronized (signing) {
                return certifier.certify(id, request, facts);
            }
        };
    }

    private OnlineCheck oneAnswerAtATime(OnlineCheck check) {
        return (id, serial, board) -> {
            synchronized (signing) {
                return check.isOnline(id, serial, board);
            }
        };
    }

    private void requirePorts(List<BatchRow> rows) throws CommandException {
        if (ports.isEmpty() && rows.stream().anyMatch(row -> row.port().isEmpty())) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "expected --ports P,P, or a port in every row. ./ft900 flash ports lists this machine's.");
        }
    }

    private final class Tally {
        private final int of;
        private final AtomicInteger done = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();
        private final AtomicInteger leavingOthers = new AtomicInteger();

        Tally(int of) {
            this.of = of;
        }

        void count(BatchResult result) {
            var count = result.isDone() ? done : failed;
            count.incrementAndGet();
            common.say("[" + (done.get() + failed.get()) + "/" + of + "] " + result.id() + " at " + result.port() + ": "
                    + result.error().orElse("done"));
            result.board().filter(Provisioned::leavesOthersGood).ifPresent(board -> leavingOthers.incrementAndGet());
            result.board().ifPresent(board -> board.warnings().forEach(warning -> common.say("Look out: " + warning)));
        }
    }

    private int finish(int before, Tally tally, int without) {
        common.say("Done " + tally.done.get() + ", failed " + tally.failed.get() + ", without a board " + without
                + ", done before " + before + ". Results: " + out);
        if (tally.leavingOthers.get() > 0) {
            common.say(FlashCommand.OTHERS_STAY_GOOD);
        }
        common.result(JsonNodeFactory.instance
                .objectNode()
                .put("done", tally.done.get())
                .put("failed", tally.failed.get())
                .put("withoutBoard", without)
                .put("doneBefore", before)
                .put("out", out.toString()));
        if (tally.failed.get() > 0) {
            return ExitCode.REFUSED;
        }
        return without > 0 ? ExitCode.NO_ANSWER : ExitCode.OK;
    }
}
