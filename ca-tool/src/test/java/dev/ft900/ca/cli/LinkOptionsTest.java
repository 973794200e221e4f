package dev.ft900.ca.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.ca.TestState;
import dev.ft900.protocol.exchange.Ticker;
import dev.ft900.protocol.frame.Frame;
import dev.ft900.protocol.frame.FrameParser;
import dev.ft900.protocol.frame.SerialFraming;
import dev.ft900.protocol.message.ClockState;
import dev.ft900.protocol.message.FirmwareVersion;
import dev.ft900.protocol.message.MacAddress;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.provisioning.BoardIdentity;
import dev.ft900.protocol.provisioning.BoardReply;
import dev.ft900.protocol.provisioning.BoardReplyCodec;
import dev.ft900.protocol.slot.SlotRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Which port is taken when nobody names one. */
class LinkOptionsTest {
    private static final String BOOT_LINE = "\r\nFT900 toolkit agent 0.1.0, boot 01234567, no identity\r\n";

    @TempDir
    Path dir;

    /** Somebody at the other end of a TCP port who says a line first, and then answers hello or does not. */
    private static final class Played implements AutoCloseable {
        private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final boolean answers;

        Played(boolean answers) throws IOException {
            this.answers = answers;
            var thread = new Thread(this::serve, "played board");
            thread.setDaemon(true);
            thread.start();
        }

        String port() {
            return "socket://127.0.0.1:" + listening.getLocalPort();
        }

        private void serve() {
            try (var socket = listening.accept()) {
                var out = socket.getOutputStream();
                out.write(BOOT_LINE.getBytes(StandardCharsets.US_ASCII));
                var asked = new ArrayList<Frame>();
                var parser = new FrameParser(item -> {
                    if (item instanceof FrameParser.Item.Parsed parsed) {
                        asked.add(parsed.frame());
                    }
                });
                var buffer = new byte[512];
                for (int got = socket.getInputStream().read(buffer);
                        got >= 0;
                        got = socket.getInputStream().read(buffer)) {
                    parser.accept(buffer, 0, got);
                    for (var frame : answers ? asked : List.<Frame>of()) {
                        out.write(SerialFraming.encode(
                                BoardReplyCodec.encode(frame, new BoardReply.HelloIs(identity()))));
                    }
                    asked.clear();
                }
            } catch (IOException e) {
                // The test is over.
                return;
            }
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }

    private static BoardIdentity identity() {
        return new BoardIdentity(
                4,
                SlotRecord.MAX_BYTES,
                0x09000002,
                true,
                TestState.facts(1).uid(),
                new MacAddress(0x02F900000001L),
                new BootId("9f12ab03"),
                new ClockState.Unset(),
                new FirmwareVersion("test 1"),
                Optional.empty(),
                0,
                false);
    }

    private static LinkOptions options(String... arguments) {
        return CommandLine.populateCommand(new LinkOptions(), arguments);
    }

    /** A port that somebody holds and at which nobody listens, so that no other test's server comes to be there. */
    private static final class Closed implements AutoCloseable {
        private final Socket held = new Socket();

        Closed() throws IOException {
            held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        }

        String port() {
            return "socket://127.0.0.1:" + held.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            held.close();
        }
    }

    @Test
    void theBoardBesideAPortThatCannotBeOpenedIsTakenAndTheBytesOfEachPortAreTraced() throws Exception {
        var trace = dir.resolve("trace");
        try (var closed = new Closed();
                var silent = new Played(false);
                var board = new Played(true)) {
            var ports = String.join(",", closed.port(), silent.port(), board.port());
            try (var open =
                    options("--among", ports, "--trace", trace.toString()).open(Ticker.SYSTEM)) {
                assertThat(open.port()).isEqualTo(board.port());
            }

            assertThat(trace)
                    .content()
                    .as("of the time when the board was looked for")
                    .contains(board.port() + " > fd ", board.port() + " < ", silent.port() + " > fd ");
        }
    }

    @Test
    void whyEachPortWasNotTakenIsSaidAndTraced() throws Exception {
        var trace = dir.resolve("trace");
        try (var closed = new Closed();
                var silent = new Played(false)) {
            var ports = closed.port() + "," + silent.port();

            assertThatThrownBy(() -> options("--among", ports, "--trace", trace.toString())
                            .open(Ticker.SYSTEM))
                    .isInstanceOfSatisfying(CommandException.class, e -> assertThat(e.getExitCode())
                            .isEqualTo(ExitCode.NO_ANSWER))
                    .hasMessageContaining(closed.port() + ": expected somebody to listen")
                    .hasMessageContaining(silent.port() + ": ");
            assertThat(trace).content().contains(silent.port() + " > fd ");
            assertThatThrownBy(() -> options("--among", closed.port()).open(Ticker.SYSTEM))
                    .isInstanceOfSatisfying(CommandException.class, e -> assertThat(e.getExitCode())
                            .isEqualTo(ExitCode.ENVIRONMENT));
        }
    }
}
