package dev.ft900.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.ca.store.StateFolder;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLockTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    Path dir;

    @Test
    void theSecondIsToldWhoIsTheFirstAndGetsItWhenTheFirstLetsGo() throws Exception {
        var state = new StateFolder(dir.resolve("state"));
        try (var held = ServerLock.take(state)) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> ServerLock.take(state))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("--state");
        }

        ServerLock.take(state).close();
    }

    @Test
    void aWantedPortIsTakenOrRefusedWithTheWayOut() throws Exception {
        try (var occupied = new ServerSocket(0, 1, LOOPBACK)) {
            var wanted = OptionalInt.of(occupied.getLocalPort());

            assertThatThrownBy(() -> Ports.choose(LOOPBACK, wanted, OptionalInt.empty(), 0, "--https-port"))
                    .hasMessageContaining("expected port " + occupied.getLocalPort())
                    .hasMessageContaining("--https-port 0");
            assertThat(Ports.choose(LOOPBACK, OptionalInt.empty(), wanted, 0, "--https-port"))
                    .isPositive()
                    .isNotEqualTo(occupied.getLocalPort());
        }
    }

    @Test
    void anyPortIsThatOfLastTimeIfItIsFree() throws Exception {
        int free = Ports.choose(LOOPBACK, OptionalInt.empty(), OptionalInt.empty(), 0, "--mqtt-port");

        assertThat(Ports.choose(LOOPBACK, OptionalInt.empty(), OptionalInt.of(free), 0, "--mqtt-port"))
                .isEqualTo(free);
        assertThat(Ports.choose(LOOPBACK, OptionalInt.empty(), OptionalInt.of(free), free, "--mqtt-port"))
                .as("but not if something else is to have it")
                .isNotEqualTo(free);
    }

    @Test
    void anAddressOfAnotherMachineIsRefused() throws Exception {
        var elsewhere = InetAddress.getByName("192.0.2.1");

        assertThatThrownBy(() -> Ports.choose(elsewhere, OptionalInt.empty(), OptionalInt.empty(), 0, "--mqtt-port"))
                .hasMessageContaining("--listen");
    }
}
