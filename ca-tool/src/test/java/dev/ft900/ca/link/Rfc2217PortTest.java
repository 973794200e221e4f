package dev.ft900.ca.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A port behind a terminal server, played by the test. */
class Rfc2217PortTest {
    private static final int COM_PORT = 44;
    private static final int SET_BAUDRATE = 1;
    private static final int SET_CONTROL = 5;

    /** Answers settings, and echoes data. */
    private static final class TerminalServer implements AutoCloseable {
        final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        final List<String> settings = new CopyOnWriteArrayList<>();
        final boolean willing;
        private final Thread thread = new Thread(this::serve, "terminal-server");

        TerminalServer(boolean willing) throws IOException {
            this.willing = willing;
            thread.setDaemon(true);
            thread.start();
        }

        String port() {
            return "rfc2217://127.0.0.1:" + listening.getLocalPort();
        }

        private void serve() {
            try (var socket = listening.accept()) {
                var commands = new ArrayList<TelnetCodec.Command>();
                var telnet = new TelnetCodec(commands::add);
                var buffer = new byte[256];
                for (int got = socket.getInputStream().read(buffer);
                        got >= 0;
                        got = socket.getInputStream().read(buffer)) {
                    int data = telnet.decode(buffer, got);
                    for (var command : List.copyOf(commands)) {
                        answer(socket, command);
                    }
                    commands.clear();
                    var echo = new ByteArrayOutputStream();
                    echo.write(buffer, 0, data);
                    socket.getOutputStream().write(TelnetCodec.escape(echo.toByteArray()));
                }
            } catch (IOException e) {
                // The test is over.
                return;
            }
        }

        private void answer(Socket socket, TelnetCodec.Command command) throws IOException {
            var payload = command.payload();
            if (command.verb() == TelnetCodec.WILL && command.option() == COM_PORT) {
                send(socket, willing ? TelnetCodec.DO : TelnetCodec.DONT);
            } else if (willing && command.verb() == TelnetCodec.SB && payload[1] == SET_BAUDRATE) {
                settings.add("baud " + ByteBuffer.wrap(payload, 2, 4).getInt());
                var out = new ByteArrayOutputStream();
                out.writeBytes(
                        new byte[] {(byte) TelnetCodec.IAC, (byte) TelnetCodec.SB, COM_PORT, 100 + SET_BAUDRATE});
                out.writeBytes(TelnetCodec.escape(Arrays.copyOfRange(payload, 2, 6)));
                out.writeBytes(new byte[] {(byte) TelnetCodec.IAC, (byte) TelnetCodec.SE});
                socket.getOutputStream().write(out.toByteArray());
            } else if (command.verb() == TelnetCodec.SB && payload[1] == SET_CONTROL) {
                settings.add("control " + payload[2]);
            }
        }

        private static void send(Socket socket, int verb) throws IOException {
            socket.getOutputStream().write(new byte[] {(byte) TelnetCodec.IAC, (byte) verb, COM_PORT});
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }

    private static byte[] read(SerialPort port, int length) throws Exception {
        var all = new ByteArrayOutputStream();
        var buffer = new byte[64];
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (all.size() < length && deadline - System.nanoTime() > 0) {
            all.write(buffer, 0, port.read(buffer, Duration.ofSeconds(1)));
        }
        return all.toByteArray();
    }

    @Test
    void setsTheRateAndKeepsDtrAndRtsLow() throws Exception {
        try (var server = new TerminalServer(true);
                var port = SerialPorts.open(server.port(), PortSettings.at(115_200))) {
            assertThat(port.rate(921_600)).isTrue();

            assertThat(server.settings).contains("baud 115200", "control 9", "control 12", "baud 921600");
            assertThat(server.settings).doesNotContain("control 8", "control 11");
        }
    }

    @Test
    void carriesEveryByteBothWays() throws Exception {
        var all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        try (var server = new TerminalServer(true);
                var port = SerialPorts.open(server.port(), PortSettings.at(115_200))) {
            port.write(all);

            assertThat(read(port, all.length)).isEqualTo(all);
        }
    }

    @Test
    void aServerThatPassesBareBytesIsReportedWithTheNameToUse() throws Exception {
        try (var server = new TerminalServer(false)) {
            assertThatThrownBy(() -> SerialPorts.open(server.port(), PortSettings.at(115_200)))
                    .isInstanceOf(PortException.class)
                    .hasMessageContaining("socket://127.0.0.1");
        }
    }

    @Test
    void noBytesConfuseTheTelnetCodecForLong() {
        var random = new Random(1);
        for (int run = 0; run < 2_000; run++) {
            var data = new ByteArrayOutputStream();
            var telnet = new TelnetCodec(
                    command -> assertThat(command.payload().length).isLessThanOrEqualTo(64));
            var noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            data.write(noise, 0, telnet.decode(noise, noise.length));
            var end = new byte[] {(byte) TelnetCodec.IAC, (byte) TelnetCodec.SE, 0, 0, 'o', 'k'};
            int got = telnet.decode(end, end.length);

            assertThat(new String(end, 0, got, StandardCharsets.US_ASCII)).endsWith("ok");
        }
    }
}
