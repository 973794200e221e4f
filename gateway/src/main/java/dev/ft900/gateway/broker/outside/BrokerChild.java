package dev.ft900.gateway.broker.outside;

import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.broker.BrokerException;
import dev.ft900.gateway.broker.BrokerKind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker as a child process of the gateway, on a kit. One that ends unasked is started again after a moment. Which process it is stands
 * in the kit, so that a gateway that was killed leaves nothing behind that the next one does not find.
 */
public final class BrokerChild implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerChild.class);

    private static final String PROCESS = "process";
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration STOP = Duration.ofSeconds(15);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration PAUSE_BEFORE_RESTART = Duration.ofSeconds(1);
    private static final int CONNECT_MILLIS = 500;
    private static final int LAST_LINES = 12;
    private static final Path SET_SESSION = Path.of("/usr/bin/setsid");

    private final BrokerKind kind;
    private final Path kit;
    private final InetSocketAddress address;
    private Process process;
    private boolean isReady;
    private boolean closed;

    private BrokerChild(BrokerKind kind, Path kit, InetSocketAddress address) {
        this.kind = kind;
        this.kit = kit;
        this.address = address;
    }

    /**
     * Starts a broker. Returns when it accepts connections.
     *
     * @throws BrokerException its program is not installed, or it does not start; the message says why
     */
    public static BrokerChild start(BrokerKind kind, Path kit, InetSocketAddress address) throws BrokerException {
        var child = new BrokerChild(kind, kit, address);
        try {
            child.launch();
            child.awaitReady();
            return child;
        } catch (IOException e) {
            child.close();
            throw new BrokerException("expected " + kind.title() + " to start; " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            child.close();
            throw new BrokerException("interrupted while " + kind.title() + " was starting", e);
        } catch (BrokerException e) {
            child.close();
            throw e;
        }
    }

    /** Ends the broker that a gateway which was killed left running on a kit; returns when it has ended. */
    public static void stopLeftOver(Path kit) throws IOException {
        var file = kit.resolve(PROCESS);
        if (!Files.exists(file)) {
            return;
        }
        var words = Files.readString(file).strip().split(" ");
        if (words.length == 2) {
            long pid = Long.parseLong(words[0]);
            var handle = ProcessHandle.of(pid);
            boolean isSame =
                    handle.flatMap(there -> there.info().startInstant()).equals(Optional.of(Instant.parse(words[1])));
            if (isSame) {
                LOG.info("ending process {}, a broker that an earlier run left behind", pid);
                end(handle.get());
            } else if (handle.isEmpty()) {
                killGroup(pid);
            }
        }
        Files.deleteIfExists(file);
    }

    private synchronized void launch() throws IOException {
        if (closed) {
            return;
        }
        var command = new ArrayList<String>();
        if (Files.isExecutable(SET_SESSION)) {
            // So that Ctrl-C in a terminal reaches the gateway alone, which then stops the broker in order.
            command.add(SET_SESSION.toString());
        }
        command.addAll(List.of("/bin/sh", kit.resolve(KitFiles.START).toString()));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        process = builder.start();
        var started = process.info().startInstant().orElse(Instant.EPOCH);
        StateFolder.write(
                kit.resolve(PROCESS), (process.pid() + " " + started + "\n").getBytes(StandardCharsets.US_ASCII));
        process.onExit().thenAccept(this::ended);
    }

    private Path log() {
        return kit.resolve("log").resolve("broker.log");
    }

    /** On a thread of the platform's: the broker is gone. */
    private void ended(Process gone) {
        synchronized (this) {
            if (closed || process != gone || !isReady) {
                return;
            }
        }
        LOG.error(
                "{} ended with {}; starting it again. Its last words:\n{}",
                kind.title(),
                gone.exitValue(),
                lastLines());
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_BEFORE_RESTART.toMillis());
            launch();
        } catch (IOException e) {
            LOG.error("{} cannot be started again", kind.title(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady() throws BrokerException, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!accepts()) {
            if (!process.isAlive()) {
                throw new BrokerException(
                        "expected " + kind.title() + " to start; it ended with " + process.exitValue()
                                + ". Its last words:\n" + lastLines(),
                        null);
            }
            if (deadline - System.nanoTime() < 0) {
                throw new BrokerException(
                        "expected " + kind.title() + " to listen on " + address + " within " + START.toSeconds()
                                + " s; it does not. Its last words:\n" + lastLines(),
                        null);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
        }
        synchronized (this) {
            isReady = true;
        }
    }

    private boolean accepts() {
        try (var socket = new Socket()) {
            socket.connect(address, CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String lastLines() {
        try {
            var lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return "(" + log() + " cannot be read)";
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        if (process != null) {
            end(process.toHandle());
        }
    }

    /** In order, and by force where that takes too long. */
    private static void end(ProcessHandle handle) {
        var all = new ArrayList<>(handle.descendants().toList());
        all.add(handle);
        handle.destroy();
        long deadline = System.nanoTime() + STOP.toNanos();
        try {
            while (all.stream().anyMatch(ProcessHandle::isAlive) && deadline - System.nanoTime() > 0) {
                TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
        killGroup(handle.pid());
    }

    /** Ends what is left of a start script's children; there is none when it ended in order. */
    private static void killGroup(long leader) {
        if (!Files.isExecutable(SET_SESSION)) {
            return;
        }
        try {
            new ProcessBuilder("/bin/kill", "-KILL", "--", "-" + leader)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(CONNECT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            LOG.debug("there is no kill on this machine", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
