package dev.ft900.agent.serial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ft900.agent.board.BoardConfig;
import dev.ft900.agent.board.VirtualBoard;
import dev.ft900.agent.flash.MemoryFlash;
import dev.ft900.agent.mqtt.BoardThreads;
import dev.ft900.protocol.frame.Frame;
import dev.ft900.protocol.frame.FrameParser;
import dev.ft900.protocol.frame.SerialFraming;
import dev.ft900.protocol.provisioning.StationRequest;
import dev.ft900.protocol.provisioning.StationRequestCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SerialCableTest {
    @TempDir
    Path dir;

    private final BoardThreads threads = new BoardThreads(1);
    private final VirtualBoard board = newBoard();

    private VirtualBoard newBoard() {
        var place = threads.place();
        var config = new BoardConfig(new MemoryFlash(), new byte[64], Clock.systemUTC(), Duration.ofMillis(10));
        return new VirtualBoard(config, place.loop(), place.network());
    }

    @AfterEach
    void end() {
        threads.close();
    }

    /** A program at the other end of the cable: collects text and frames. */
    private static final class Program {
        final ByteArrayOutputStream text = new ByteArrayOutputStream();
        final List<Frame> frames = new CopyOnWriteArrayList<>();

        void read(InputStream in) {
            var parser = new FrameParser(item -> {
                if (item instanceof FrameParser.Item.Parsed parsed) {
                    frames.add(parsed.frame());
                } else if (item instanceof FrameParser.Item.Text some) {
                    synchronized (text) {
                        text.writeBytes(some.bytes());
                    }
                }
            });
            var buffer = new byte[256];
            try {
                for (int got = in.read(buffer); got > 0; got = in.read(buffer)) {
                    parser.accept(buffer, 0, got);
                }
            } catch (IOException e) {
                // The cable was unplugged: so ends every test.
                return;
            }
        }

        void hello(OutputStream out) throws IOException {
            out.write(SerialFraming.encode(StationRequestCodec.encode(7, new StationRequest.Hello())));
            await().until(() -> !frames.isEmpty());
            assertThat(frames.get(0).sequence()).isEqualTo(7);
        }

        String text() {
            synchronized (text) {
                return text.toString(UTF_8);
            }
        }

        void start(InputStream in) {
            var thread = new Thread(() -> read(in), "program");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no pseudo-terminals")
    void anyProgramOpensThePseudoTerminalByItsNameThatStays() throws IOException {
        var link = dir.resolve("tty");
        try (var cable = SerialCable.connect(
                board, new SerialCable.Socket.Terminal(Optional.of(link)), SerialCable.Wire.of(115_200))) {
            assertThat(cable.portName()).isEqualTo(link.toString());
            try (var in = Files.newInputStream(link);
                    var out = Files.newOutputStream(link, StandardOpenOption.WRITE)) {
                var program = new Program();
                program.start(in);
                board.powerOn();

                await().until(() -> program.text().contains("no identity"));
                program.hello(out);
            }
            // A second program after the first has closed the port.
            try (var in = Files.newInputStream(link);
                    var out = Files.newOutputStream(link, StandardOpenOption.WRITE)) {
                var program = new Program();
                program.start(in);
                program.hello(out);
            }
        }
        assertThat(link).doesNotExist();
    }

    @Test
    void aTcpPortServesWhereThereAreNoTerminals() throws IOException {
        try (var cable = SerialCable.connect(board, new SerialCable.Socket.Tcp(0), SerialCable.Wire.of(115_200))) {
            var uri = URI.create(cable.portName());
            board.powerOn().join();
            for (int program = 0; program < 2; program++) {
                try (var socket = new Socket(InetAddress.getByName(uri.getHost()), uri.getPort())) {
                    var at = new Program();
                    at.start(socket.getInputStream());
                    board.pressReset();
                    await().until(() -> at.text().contains("no identity"));
                    at.hello(socket.getOutputStream());
                }
            }
        }
    }

    @Test
    void noByteIsFasterThanTheWire() throws IOException {
        int baud = 9_600;
        try (var cable = SerialCable.connect(board, new SerialCable.Socket.Tcp(0), SerialCable.Wire.of(baud))) {
            var uri = URI.create(cable.portName());
            board.powerOn().join();
            try (var socket = new Socket(InetAddress.getByName(uri.getHost()), uri.getPort())) {
                var program = new Program();
                program.start(socket.getInputStream());
                board.pressReset();
                await().until(() -> program.text().contains("no identity"));
                var hello = SerialFraming.encode(StationRequestCodec.encode(7, new StationRequest.Hello()));
                long start = System.nanoTime();
                socket.getOutputStream().write(hello);
                await().pollInterval(Duration.ofMillis(1)).until(() -> !program.frames.isEmpty());
                long took = System.nanoTime() - start;

                int bytes = hello.length + SerialFraming.encode(program.frames.get(0)).length;
                assertThat(took).isGreaterThanOrEqualTo(10_000_000_000L / baud * bytes);
            }
        }
    }
}
