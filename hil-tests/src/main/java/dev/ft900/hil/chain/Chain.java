package dev.ft900.hil.chain;

import dev.ft900.agent.app.BoardFolder;
import dev.ft900.agent.app.RunningBoard;
import dev.ft900.agent.mqtt.BoardThreads;
import dev.ft900.gateway.app.Gateway;
import dev.ft900.gateway.app.GatewaySettings;
import dev.ft900.gateway.app.StartException;
import dev.ft900.protocol.name.BoardId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running chain. What was started is stopped in the opposite order, also when the start fails half-way. */
public final class Chain implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Chain.class);

    private static final int PROVISIONED_AT_ONCE = 4;
    private static final Duration ONLINE = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(10);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Map<BoardId, RunningBoard> boards = new LinkedHashMap<>();
    private Gateway gateway;

    private Chain() {}

    /**
     * Starts gateway and boards. Returns when all boards are online.
     *
     * @param ids of the boards; their folders lie in the state folder
     * @param say is told what happens, for people
     * @throws StartException the gateway cannot start
     * @throws IOException a board cannot start, be provisioned or get online
     */
    public static Chain start(GatewaySettings settings, List<BoardId> ids, Consumer<String> say)
            throws StartException, IOException {
        var chain = new Chain();
        try {
            chain.gateway = chain.keep(Gateway.start(settings));
            chain.startBoards(settings, ids, say);
            return chain;
        } catch (StartException | IOException | RuntimeException e) {
            chain.close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        started.push(part);
        return part;
    }

    private void startBoards(GatewaySettings settings, List<BoardId> ids, Consumer<String> say) throws IOException {
        var threads = keep(new BoardThreads(1));
        for (var id : ids) {
            var folder = new BoardFolder(settings.state().boards().resolve(id.value()));
            boards.put(id, keep(RunningBoard.open(folder, threads, RunningBoard.DEFAULT_BAUD, OptionalInt.empty())));
        }
        var provisioning = new VirtualBench(gateway);
        var workers = Executors.newFixedThreadPool(PROVISIONED_AT_ONCE);
        try {
            var jobs = new ArrayList<Future<?>>();
            boards.forEach((id, board) -> jobs.add(workers.submit(() -> {
                if (provisioning.provisionIfNeeded(id, board)) {
                    say.accept("Provisioned " + id + " over " + board.portName());
                }
                return null;
            })));
            for (var job : jobs) {
                await(job);
            }
        } finally {
            workers.shutdownNow();
        }
        awaitOnline(ids);
    }

    private static void await(Future<?> job) throws IOException {
        try {
            job.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while boards were starting", e);
        }
    }

    private void awaitOnline(List<BoardId> ids) throws IOException {
        long deadline = System.nanoTime() + ONLINE.toNanos();
        for (var id : ids) {
            while (!gateway.isOnline(id)) {
                if (deadline - System.nanoTime() < 0) {
                    throw new IOException("expected " + id + " to be online within " + ONLINE.toSeconds()
                            + " s; it is not. The log has the reason.");
                }
                try {
                    Thread.sleep(LOOK.toMillis());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted while boards were starting", e);
                }
            }
        }
    }

    public Gateway gateway() {
        return gateway;
    }

    /** A board by its id, for a bench to have its fingers on. */
    public RunningBoard board(BoardId id) {
        return boards.get(id);
    }

    @Override
    public void close() {
        if (gateway != null) {
            // While the boards still answer.
            gateway.drain();
        }
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                LOG.warn("a part did not stop in order", e);
            }
        }
    }
}
