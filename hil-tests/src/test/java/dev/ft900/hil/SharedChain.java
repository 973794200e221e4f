package dev.ft900.hil;

import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.app.GatewaySettings;
import dev.ft900.hil.bench.Dut;
import dev.ft900.hil.bench.VirtualDut;
import dev.ft900.hil.chain.Chain;
import dev.ft900.hil.rest.RestClient;
import dev.ft900.protocol.name.BoardId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One whole chain for all tests of the suite, started by the first that asks and stopped when all are done. Tests get it as a parameter
 * of type {@link Bench}. Each class of tests uses a board of its own.
 */
public final class SharedChain implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedChain.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Bench.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Bench.class, type -> new Bench(), Bench.class);
    }

    /** The chain, and what tests need of it. */
    public static final class Bench implements AutoCloseable {
        /** How long a board may take to answer in these tests: long enough for a busy machine, short enough to wait for. */
        public static final Duration COMMAND_PATIENCE = Duration.ofSeconds(3);

        private static final int BOARDS = 3;

        private final StateFolder state;
        private final Chain chain;
        private final RestClient rest;

        private Bench() {
            try {
                state = new StateFolder(Files.createTempDirectory("ft900-suite"));
                var settings = GatewaySettings.onLoopback(state, 0, 0)
                        .withPatience(COMMAND_PATIENCE, Duration.ofSeconds(10))
                        .withBroker(TestBroker.choice());
                var ids = IntStream.rangeClosed(1, BOARDS)
                        .mapToObj(n -> new BoardId("board" + n))
                        .toList();
                chain = Chain.start(settings, ids, words -> {});
                var anchor = Pem.readCertificates(state.rootCertificate()).get(0);
                rest = new RestClient(
                                chain.gateway().endpoints().gateway(),
                                chain.gateway().token(),
                                anchor)
                        .watchedBy(Contract.ofGateway());
            } catch (Exception e) {
                throw new IllegalStateException(
                        "the chain did not start; every test that needs it fails for this one reason", e);
            }
        }

        public Chain chain() {
            return chain;
        }

        public StateFolder state() {
            return state;
        }

        /** Calls with the developer's token, and holds every answer to the contract. */
        public RestClient rest() {
            return rest;
        }

        /** One of the boards, {@code board1} to {@code board3}. */
        public Dut dut(String id) {
            var board = new BoardId(id);
            return new VirtualDut(board, chain.board(board));
        }

        /** Ends the broker's processes as {@code kill -9} does. Not for the embedded one. */
        public void killBroker() throws IOException {
            TestBroker.kill(state.path().resolve("broker"));
        }

        @Override
        public void close() throws IOException {
            chain.close();
            delete(state.path());
        }

        private static void delete(Path folder) throws IOException {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
