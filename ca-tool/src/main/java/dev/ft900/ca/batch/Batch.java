package dev.ft900.ca.batch;

import dev.ft900.ca.flash.Certifier;
import dev.ft900.ca.flash.Provisioner;
import dev.ft900.ca.flash.Station;
import dev.ft900.ca.link.PortException;
import dev.ft900.ca.link.SerialLink;
import dev.ft900.ca.link.SerialPort;
import dev.ft900.ca.store.StoreFailure;
import dev.ft900.protocol.exchange.ExchangeException;
import dev.ft900.protocol.exchange.NoAnswerException;
import dev.ft900.protocol.exchange.Ticker;
import dev.ft900.protocol.install.ProvisioningException;
import dev.ft900.protocol.install.ProvisioningListener;
import dev.ft900.protocol.message.MacAddress;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.provisioning.BoardIdentity;
import dev.ft900.protocol.provisioning.Uid;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Provisions many boards, at several ports at once, at each port in a row: a board is taken for the next one when another answers than
 * the one that was just done. One thread for each port.
 */
public final class Batch {
    private final Job job;
    private final Certifier certifier;
    private final Provisioner.Wishes wishes;
    private final Consumer<BatchResult> onResult;
    private final Consumer<String> say;
    private final Deque<BatchRow> anywhere = new ArrayDeque<>();
    private final Map<Uid, BoardId> handled;

    /** Opens a port by its name. */
    public interface Opener {
        SerialPort open(String name) throws PortException;
    }

    /**
     * What is to be done.
     *
     * @param rows the boards
     * @param ports for rows that name none
     * @param baud bits per second to begin with
     * @param patience how long to wait at a port for the next board
     * @param before the boards that earlier jobs did, which may still be plugged in and are no new ones
     */
    public record Job(
            List<BatchRow> rows,
            List<String> ports,
            Opener opener,
            int baud,
            Duration patience,
            Map<Uid, BoardId> before) {
        public Job {
            rows = List.copyOf(rows);
            ports = List.copyOf(ports);
            before = Map.copyOf(before);
        }
    }

    /** @param onResult is told of each board as it is done or given up, on the thread of its port */
    public Batch(
            Job job,
            Certifier certifier,
            Provisioner.Wishes wishes,
            Consumer<BatchResult> onResult,
            Consumer<String> say) {
        this.job = job;
        this.certifier = certifier;
        this.wishes = wishes;
        this.onResult = onResult;
        this.say = say;
        this.handled = new ConcurrentHashMap<>(job.before());
    }

    /** Returns when every row has its result, or no port has a board for it any more. @return how many rows no board came for */
    public int run() throws InterruptedException {
        var workers = new ArrayList<Callable<Void>>();
        var named = new ArrayList<>(job.rows());
        named.removeIf(row -> row.port().isEmpty());
        anywhere.addAll(job.rows().stream().filter(row -> row.port().isEmpty()).toList());
        named.stream().map(row -> row.port().orElseThrow()).distinct().forEach(port -> {
            var here = new ArrayDeque<>(named.stream()
                    .filter(row -> row.port().equals(Optional.of(port)))
                    .toList());
            workers.add(() -> serve(port, here));
        });
        if (!anywhere.isEmpty()) {
            job.ports().forEach(port -> workers.add(() -> serve(port, anywhere)));
        }
        if (workers.isEmpty()) {
            return job.rows().size();
        }
        var threads = Executors.newFixedThreadPool(workers.size());
        try {
            for (var worker : threads.invokeAll(workers)) {
                worker.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
        synchronized (anywhere) {
            return anywhere.size();
        }
    }

    private static Optional<BatchRow> next(Deque<BatchRow> rows) {
        synchronized (rows) {
            return Optional.ofNullable(rows.poll());
        }
    }

    private static boolean isEmpty(Deque<BatchRow> rows) {
        synchronized (rows) {
            return rows.isEmpty();
        }
    }

    private Void serve(String port, Deque<BatchRow> rows) {
        Optional<MacAddress> failed = Optional.empty();
        while (!isEmpty(rows)) {
            try (var link = new SerialLink(job.opener().open(port), Ticker.SYSTEM)) {
                var station = new Station(link, job.baud(), Ticker.SYSTEM);
                var arrival = awaitBoard(station, port, failed);
                if (arrival.board().isEmpty()) {
                    var why = "no further board came within " + job.patience().toSeconds() + " s; " + arrival.instead();
                    say.accept(port + ": " + why);
                    giveUpNamed(port, rows, why);
                    return null;
                }
                var row = next(rows);
                if (row.isPresent()) {
                    failed = provision(row.get(), port, station)
                            ? Optional.empty()
                            : arrival.board().map(BoardIdentity::mac);
                }
            } catch (PortException | ExchangeException e) {
                say.accept(port + ": " + e.getMessage());
                giveUpNamed(port, rows, e.getMessage());
                return null;
            }
        }
        return null;
    }

    /** Rows that name this port can go nowhere else. */
    private void giveUpNamed(String port, Deque<BatchRow> rows, String why) {
        if (rows != anywhere) {
            for (var row = next(rows); row.isPresent(); row = next(rows)) {
                onResult.accept(
                        new BatchResult(row.get().id(), row.get().label(), port, Optional.empty(), Optional.of(why)));
            }
        }
    }

    /**
     * What waiting for a board gave.
     *
     * @param board the next one; empty when none came
     * @param instead who was there, in words, when none came
     */
    private record Arrival(Optional<BoardIdentity> board, String instead) {}

    /** Waits for a board that is not one of those that were handled already. */
    private Arrival awaitBoard(Station station, String port, Optional<MacAddress> failed) throws ExchangeException {
        long deadline = System.nanoTime() + job.patience().toNanos();
        var said = new HashSet<String>();
        String instead;
        station.awaitReady();
        do {
            try {
                var board = station.hello();
                var as = Optional.ofNullable(handled.get(board.uid()));
                if (as.isEmpty() && !failed.equals(Optional.of(board.mac()))) {
                    return new Arrival(Optional.of(board), "");
                }
                instead = as.map(id -> "the one that is there is done, as " + id)
                        .orElse("the one that is there has failed");
            } catch (NoAnswerException e) {
                // Somebody is changing boards.
                instead = "nobody answers";
            }
            if (said.add(instead)) {
                say.accept(port + ": connect the next board; " + instead);
            }
            station.pause(Duration.ofMillis(500));
        } while (deadline - System.nanoTime() > 0);
        return new Arrival(Optional.empty(), instead);
    }

    private boolean provision(BatchRow row, String port, Station station) {
        BatchResult result;
        try {
            var board = new Provisioner(
                            station, certifier, Clock.systemUTC(), Ticker.SYSTEM, ProvisioningListener.NONE, wishes)
                    .provision(row.id());
            handled.put(board.facts().uid(), row.id());
            result = new BatchResult(row.id(), row.label(), port, Optional.of(board), Optional.empty());
        } catch (ProvisioningException e) {
            result = new BatchResult(row.id(), row.label(), port, Optional.empty(), Optional.of(e.getMessage()));
        } catch (RuntimeException e) {
            // One board's fault, such as a store that stays locked, must not end the job of the others.
            result = new BatchResult(
                    row.id(),
                    row.label(),
                    port,
                    Optional.empty(),
                    StoreFailure.sentence(e)
                            .or(() -> Optional.of(
                                    "something went wrong that should not: " + e + ". Start the job again.")));
        }
        onResult.accept(result);
        return result.isDone();
    }

    /** Writes results down as they come. */
    public static Consumer<BatchResult> into(BatchOutput output, Consumer<IOException> onFailure) {
        return result -> {
            try {
                output.add(result);
            } catch (IOException e) {
                onFailure.accept(e);
            }
        };
    }
}
