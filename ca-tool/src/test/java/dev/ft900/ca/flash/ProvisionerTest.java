package dev.ft900.ca.flash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.ca.link.SerialLink;
import dev.ft900.ca.link.SerialPort;
import dev.ft900.protocol.exchange.LinkException;
import dev.ft900.protocol.exchange.Ticker;
import dev.ft900.protocol.install.ProvisioningException;
import dev.ft900.protocol.install.ProvisioningListener;
import dev.ft900.protocol.install.Step;
import dev.ft900.protocol.name.BoardId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Boards that do not play along. How it goes with one that does is shown on a virtual board, by {@code ProvisioningIT}. */
class ProvisionerTest {
    private static final Certifier NOBODY = (id, request, facts) -> {
        throw new Certifier.CertifierException("nobody here signs");
    };

    /** A port at whose other end stands somebody who says what the test put there; waiting moves the clock and nothing else. */
    private static final class ScriptedPort implements SerialPort, Ticker {
        final Queue<byte[]> toCome = new ArrayDeque<>();
        final ByteArrayOutputStream heard = new ByteArrayOutputStream();
        long now;
        long firstWord = -1;
        boolean broken;

        /** At the only rate at which something is heard: what; empty for a port without rates. */
        Map<Integer, byte[]> atRate = Map.of();

        @Override
        public void write(byte[] bytes) {
            firstWord = firstWord < 0 ? now : firstWord;
            heard.writeBytes(bytes);
        }

        @Override
        public int read(byte[] buffer, Duration patience) throws LinkException {
            if (broken) {
                throw new LinkException("the serial port is gone");
            }
            if (toCome.isEmpty()) {
                now += patience.toNanos();
                return 0;
            }
            now += 1_000_000;
            var bytes = toCome.remove();
            System.arraycopy(bytes, 0, buffer, 0, bytes.length);
            return bytes.length;
        }

        @Override
        public boolean rate(int baud) {
            Optional.ofNullable(atRate.get(baud)).ifPresent(toCome::add);
            return !atRate.isEmpty();
        }

        @Override
        public void close() {}

        @Override
        public long nanos() {
            return now;
        }
    }

    private final ScriptedPort port = new ScriptedPort();

    private Provisioner provisioner() {
        return new Provisioner(
                new Station(new SerialLink(port, port), 115_200, port),
                NOBODY,
                Clock.systemUTC(),
                port,
                ProvisioningListener.NONE,
                Provisioner.Wishes.DEFAULT);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void saysNothingBeforeThreeSecondsOfSilence() {
        assertThatThrownBy(() -> provisioner().provision(new BoardId("board7")))
                .isInstanceOf(ProvisioningException.class);

        assertThat(Duration.ofNanos(port.firstWord)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void speaksAtOnceWhenTheBoardHasIntroducedItself() {
        port.toCome.add(text("\r\nFT900 toolkit agent 0.1.0, boot 01234567, no identity\r\n"));

        assertThatThrownBy(() -> provisioner().provision(new BoardId("board7")))
                .isInstanceOf(ProvisioningException.class);

        assertThat(Duration.ofNanos(port.firstWord)).isLessThan(Duration.ofMillis(10));
    }

    @Test
    void aSilentBoardIsReportedWithTheStepAndWhatToCheck() {
        assertThatThrownBy(() -> provisioner().provision(new BoardId("board7")))
                .hasMessageContaining("could not identify the board")
                .hasMessageContaining("did not answer")
                .hasMessageContaining("Check power and cable")
                .hasCauseInstanceOf(Station.NobodyException.class);
    }

    @Test
    void aBoardWithOtherFirmwareIsReportedWithWhatItSaid() {
        port.toCome.add(text("starting\r\nlwIP up\r\n"));
        port.toCome.add(text("press any key"));

        assertThatThrownBy(() -> provisioner().provision(new BoardId("board7")))
                .hasMessageContaining("press any key")
                .hasMessageContaining("not this toolkit's firmware");
    }

    @Test
    void aBoardThatNeverStopsTalkingIsSpokenToAllTheSame() {
        for (int i = 0; i < 100_000; i++) {
            port.toCome.add(text("."));
        }

        assertThatThrownBy(() -> provisioner().provision(new BoardId("board7")))
                .isInstanceOf(ProvisioningException.class);

        assertThat(Duration.ofNanos(port.firstWord)).isLessThanOrEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void aPortThatIsPulledOutIsReported() {
        port.broken = true;

        assertThatThrownBy(() -> provisioner().provision(new BoardId("board7")))
                .isInstanceOfSatisfying(
                        ProvisioningException.class, e -> assertThat(e.step()).isEqualTo(Step.LISTEN))
                .hasMessageContaining("is gone");
    }

    private void assertFound(Counterpart counterpart, String nextStep) {
        assertThatThrownBy(() -> provisioner().provision(new BoardId("board7")))
                .hasMessageContaining(nextStep)
                .cause()
                .isInstanceOfSatisfying(Station.NobodyException.class, e -> assertThat(e.counterpart())
                        .isEqualTo(counterpart));
    }

    @Test
    void theConsoleOfOlderFirmwareIsKnownAndNeverQuotedSinceItPrintsPasswords() {
        port.toCome.add(text("Copyright (C) Bridgetek Pte Ltd\r\n"));
        port.toCome.add(text("Waiting for configuration..\r\nUSER guest\r\nPASS hunter2\r\n"));

        assertFound(Counterpart.OLDER_FIRMWARE, "docs/provisioning.md");
        assertThatThrownBy(() -> provisioner().provision(new BoardId("board7")))
                .message()
                .doesNotContain("hunter2");
    }

    /** It speaks at 19,200 baud, where nobody looks first; its silence at ours is not taken for a missing board. */
    @Test
    void theConsoleOfOlderFirmwareIsFoundAtItsOwnRate() {
        port.atRate = Map.of(19_200, text("Waiting for configuration..\r\n"));

        assertFound(Counterpart.OLDER_FIRMWARE, "./ft900 ca export");
    }

    @Test
    void theVendorsBootLoaderIsKnownByItsPrompt() {
        port.toCome.add(text("\r\n> "));

        assertFound(Counterpart.BOOT_LOADER, "DTR and RTS low");
    }

    @Test
    void bytesThatAreNoTextAreAWrongRate() {
        port.toCome.add(new byte[] {(byte) 0x80, (byte) 0xE0, 0, (byte) 0xFE, 0x1C, (byte) 0xF8, 0, (byte) 0x80});

        assertFound(Counterpart.WRONG_RATE, "--baud 19200");
    }

    @Test
    void aBoardThatIntroducedItselfAndDoesNotAnswerHasAnOpenWire() {
        port.toCome.add(text("\r\nFT900 toolkit agent 0.1.0, boot 01234567, no identity\r\n"));

        assertFound(Counterpart.DEAF, "adapter's TX");
    }
}
