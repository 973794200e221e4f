package dev.ft900.board.gdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.agent.flash.MemoryFlash;
import dev.ft900.board.gnusim.GnuSim;
import dev.ft900.board.gnusim.GnuSimDevices;
import dev.ft900.board.image.Image;
import dev.ft900.board.machine.Machine;
import dev.ft900.board.machine.MachineSettings;
import dev.ft900.board.machine.Outcome;
import dev.ft900.board.machine.Pace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What GDB sends and gets, packet by packet. */
class GdbServerTest {
    private static final int TIMEOUT_MILLIS = 30_000;

    private final Machine<GnuSimDevices> machine =
            new Machine<>(new GnuSim(c -> {}, () -> -1), new MemoryFlash(), MachineSettings.DEFAULT);
    private GdbServer server;
    private CompletableFuture<Outcome> outcome;
    private Socket gdb;

    @BeforeEach
    void connect() throws IOException {
        var words = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        words.putInt(0x64000005) // 00 ldk r0,5
                .putInt(0xBC000100) // 04 sta.l 0x100,r0
                .putInt(0x44004010) // 08 add r0,r0,1
                .putInt(0xBC000100) // 0c sta.l 0x100,r0
                .putInt(0xBC01FFFC) // 10 sta.l 0x1fffc,r0
                .putInt(0x00300005); // 14 jmp 0x14
        machine.start(new Image(0, List.of(new Image.Segment(0, words.array())), List.of(), List.of()));
        server = GdbServer.listen(0, machine, Long.MAX_VALUE, Pace.FREE);
        outcome = CompletableFuture.supplyAsync(() -> {
            try {
                return server.serve();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        gdb = new Socket(InetAddress.getLoopbackAddress(), server.port());
        gdb.setSoTimeout(TIMEOUT_MILLIS);
    }

    @AfterEach
    void disconnect() throws IOException {
        gdb.close();
        server.close();
    }

    @Test
    void registersComeInTheOrderOfTheDebugger() throws Exception {
        machine.core().state().r[29] = 0x11223344;
        machine.core().state().r[0] = 0x55;
        var registers = ask("g");
        assertThat(registers).hasSize(33 * 8).startsWith("44332211" + "00000000" + "55000000");
        assertThat(ask("P1f=7f000000")).isEqualTo("OK");
        assertThat(machine.core().state().r[30]).isEqualTo(0x7F);
        assertThat(ask("p20")).isEqualTo("00000000");
        assertThat(ask("p21")).isEqualTo("E01");
    }

    @Test
    void programAndDataHaveTheirOwnAddresses() throws Exception {
        assertThat(ask("m0,4")).isEqualTo("05000064");
        assertThat(ask("M800100,2:abcd")).isEqualTo("OK");
        assertThat(ask("m800100,4")).isEqualTo("abcd0000");
        assertThat(ask("m40000,4")).isEqualTo("E01");
        assertThat(ask("M700000,1:00")).isEqualTo("E01");
    }

    @Test
    void aBreakpointStopsBeforeItsInstructionAndTheProgramGoesOnFromIt() throws Exception {
        assertThat(ask("Z0,8,4")).isEqualTo("OK");
        assertThat(ask("c")).startsWith("T05swbreak");
        assertThat(machine.core().state().pc).isEqualTo(8);
        assertThat(ask("s")).isEqualTo("S05");
        assertThat(machine.core().state().pc).isEqualTo(0xC);
        assertThat(ask("c")).isEqualTo("W06");
        assertThat(outcome.get(30, TimeUnit.SECONDS)).isEqualTo(new Outcome.Exited(6));
    }

    @Test
    void aWatchpointStopsBehindTheStore() throws Exception {
        assertThat(ask("Z2,800100,4")).isEqualTo("OK");
        assertThat(ask("c")).isEqualTo("T05watch:800100;");
        assertThat(machine.core().state().pc).isEqualTo(8);
        assertThat(ask("z2,800100,4")).isEqualTo("OK");
        assertThat(ask("c")).isEqualTo("W06");
    }

    @Test
    void nonsenseIsAnsweredAndNotBelieved() throws Exception {
        for (var packet : List.of(
                "m", "mzz,1", "P", "Pff=00", "M0,4:0", "Z0", "pzz", "m0,ffffffff", "G12", "X", "vMustReplyEmpty")) {
            assertThat(ask(packet)).as(packet).isNotNull();
        }
        send("$g#00");
        assertThat(gdb.getInputStream().read()).isEqualTo('-');
        assertThat(ask("?")).isEqualTo("S05");
    }

    @Test
    void killingEndsTheRunAndDetachingLetsTheProgramGoOn() throws Exception {
        send(packet("D"));
        assertThat(outcome.get(30, TimeUnit.SECONDS)).isEqualTo(new Outcome.Exited(6));
    }

    private static String packet(String data) {
        int sum = data.chars().sum() & 0xFF;
        return String.format("$%s#%02x", data, sum);
    }

    private void send(String text) throws IOException {
        gdb.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        gdb.getOutputStream().flush();
    }

    private String ask(String data) throws IOException {
        send(packet(data));
        var in = gdb.getInputStream();
        assertThat(in.read()).isEqualTo('+');
        assertThat(in.read()).isEqualTo('$');
        var reply = new StringBuilder();
        for (int c = in.read(); c != '#'; c = in.read()) {
            assertThat(c).isGreaterThanOrEqualTo(0);
            reply.append((char) c);
        }
        in.read();
        in.read();
        send("+");
        return reply.toString();
    }
}
