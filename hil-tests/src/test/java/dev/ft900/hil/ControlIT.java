package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ft900.ca.link.PortSettings;
import dev.ft900.ca.link.SerialPorts;
import dev.ft900.hil.SharedChain.Bench;
import dev.ft900.hil.bench.Dut;
import dev.ft900.hil.rest.RestClient;
import dev.ft900.hil.rest.RestClient.Answer;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a person controls over REST happens on the board, through TLS, gateway, broker and TLS again; the pad itself is the oracle. */
@ExtendWith(SharedChain.class)
class ControlIT {
    private static final String DEVICE = "/api/v1/devices/board1";

    private Dut dut;
    private RestClient rest;

    @BeforeEach
    void takeBoard(Bench bench) throws IOException {
        dut = bench.dut("board1");
        rest = bench.rest();
        await().until(this::isOnline);
        // A board that lost its power a moment ago may still pass for online: then the answer is an honest 504.
        await().until(() -> rest.post(DEVICE + "/reset", "").status() == 200);
    }

    private boolean isOnline() throws IOException {
        return rest.get(DEVICE).body().path("online").asBoolean();
    }

    private static Answer ok(Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer;
    }

    @Test
    void aPinSetOverRestChangesThePad() throws IOException {
        assertThat(dut.pins().level(new Pad(12))).isEqualTo(Level.LOW);

        var answer = ok(rest.put(DEVICE + "/gpio/12", "{\"direction\":\"out\",\"value\":1}"));

        assertThat(dut.pins().level(new Pad(12))).isEqualTo(Level.HIGH);
        assertThat(answer.body().path("pin").asInt()).isEqualTo(12);
        assertThat(answer.body().path("direction").asText()).isEqualTo("out");
        assertThat(answer.body().path("value").asInt()).isEqualTo(1);

        ok(rest.put(DEVICE + "/gpio/12", "{\"value\":0}"));

        assertThat(dut.pins().level(new Pad(12))).isEqualTo(Level.LOW);
    }

    @Test
    void aPadDrivenAtTheBenchIsReadOverRest() throws IOException {
        for (var level : new Level[] {Level.HIGH, Level.LOW, Level.HIGH}) {
            dut.pins().drive(new Pad(20), level);

            var pin = ok(rest.get(DEVICE + "/gpio/20")).body();

            assertThat(pin.path("value").asInt()).isEqualTo(level.bit());
            assertThat(pin.path("direction").asText()).isEqualTo("in");
        }
        dut.pins().release(new Pad(20));
        assertThat(ok(rest.get(DEVICE + "/gpio/20")).body().path("value").asInt())
                .isZero();
    }

    @Test
    void everyPinThatIsNotReservedCanBeDrivenAndNoOtherMoves() throws IOException {
        for (int pin = 0; pin < Pad.COUNT; pin++) {
            var answer = rest.put(DEVICE + "/gpio/" + pin, "{\"direction\":\"out\",\"value\":1}");
            boolean reserved = ok(rest.get(DEVICE + "/gpio/" + pin))
                    .body()
                    .path("reserved")
                    .asBoolean();

            assertThat(answer.status()).as("pin %d", pin).isEqualTo(reserved ? 409 : 200);
        }

        var pads = ok(rest.get(DEVICE + "/gpio")).body().path("pads");

        assertThat(pads).hasSize(Pad.COUNT).allSatisfy(pad -> {
            var level = dut.pins().level(new Pad(pad.path("pin").asInt()));
            assertThat(pad.path("value").asInt()).isEqualTo(level.bit());
            assertThat(pad.path("direction").asText())
                    .isEqualTo(pad.path("reserved").asBoolean() ? "in" : "out");
        });
        assertThat(pads).filteredOn(pad -> pad.path("reserved").asBoolean()).hasSize(8);
    }

    @Test
    void aPullIsSetOverRestAndHoldsThePad() throws IOException {
        ok(rest.put(DEVICE + "/gpio/30", "{\"pull\":\"up\"}"));

        assertThat(dut.pins().level(new Pad(30))).isEqualTo(Level.HIGH);
    }

    @Test
    void theClockIsSetReadAndCounts() throws IOException {
        ok(rest.put(DEVICE + "/rtc", "{\"time\":\"2026-11-22T19:03:00Z\"}"));
        var set = Instant.parse("2026-11-22T19:03:00Z");
        assertThat(Instant.parse(
                        ok(rest.get(DEVICE + "/rtc")).body().path("time").asText()))
                .isBetween(set, set.plusSeconds(2));

        await().until(() -> ok(rest.get(DEVICE + "/rtc")).body().path("epoch").asLong() > set.getEpochSecond());

        assertThat(ok(rest.put(DEVICE + "/rtc", "{\"epoch\":1795374180}"))
                        .body()
                        .path("time")
                        .asText())
                .isEqualTo("2026-11-22T19:03:00Z");
    }

    @Test
    void aClockThatLostItsPowerIsUnsetUntilItIsSet() throws IOException {
        dut.power().cycle();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> rest.get(DEVICE + "/rtc").status() != 504);
        await().until(() -> rest.get(DEVICE + "/rtc").problem().equals("clock-unset"));

        assertThat(rest.get(DEVICE + "/rtc").status()).isEqualTo(409);
        ok(rest.put(DEVICE + "/rtc", "{\"epoch\":1795374180}"));
        ok(rest.get(DEVICE + "/rtc"));
    }

    @Test
    void aResetBringsANewBootAndAnswersWhenTheBoardIsBack() throws IOException {
        var before = rest.get(DEVICE).body().path("bootId").asText();
        ok(rest.put(DEVICE + "/gpio/12", "{\"direction\":\"out\",\"value\":1}"));

        var back = ok(rest.post(DEVICE + "/reset", "")).body();

        assertThat(back.path("bootId").asText()).matches("[0-9a-f]{8}").isNotEqualTo(before);
        assertThat(back.path("cause").asText()).isEqualTo("command");
        assertThat(back.path("downtimeMs").asLong()).isBetween(50L, 10_000L);
        assertThat(rest.get(DEVICE).body().path("bootId")).isEqualTo(back.path("bootId"));
        assertThat(dut.pins().level(new Pad(12))).isEqualTo(Level.LOW);
        assertThat(ok(rest.get(DEVICE + "/status")).body().path("cause").asText())
                .isEqualTo("command");
    }

    @Test
    void aBoardResetByItsButtonComesBackByItself() throws IOException {
        var before = rest.get(DEVICE).body().path("bootId").asText();

        dut.pressReset();

        await().until(() ->
                !rest.get(DEVICE).body().path("bootId").asText(before).equals(before));
        assertThat(ok(rest.get(DEVICE + "/status")).body().path("cause").asText())
                .isEqualTo("pin");
    }

    @Test
    void statusAndNetworkAreTheBoardsOwn() throws IOException {
        var status = ok(rest.get(DEVICE + "/status")).body();
        var network = ok(rest.get(DEVICE + "/network")).body();

        assertThat(status.path("firmware").asText()).startsWith("agent");
        assertThat(status.path("chipId").asText()).isEqualTo("09000002");
        assertThat(status.path("onTrial").asBoolean()).isFalse();
        assertThat(network.path("address").asText()).isEqualTo("127.0.0.1");
        assertThat(network.path("mac")).isEqualTo(rest.get(DEVICE).body().path("mac"));
    }

    @Test
    void textWrittenOverRestComesOutOfTheSerialPort() throws Exception {
        try (var port = SerialPorts.open(dut.serialPort(), PortSettings.at(115_200))) {
            assertThat(ok(rest.post(DEVICE + "/uart", "{\"text\":\"hello, console °\\r\\n\"}"))
                            .body()
                            .path("bytes")
                            .asInt())
                    .isEqualTo(19);

            var heard = new StringBuilder();
            var buffer = new byte[256];
            await().until(() -> {
                int got = port.read(buffer, Duration.ofMillis(100));
                heard.append(new String(buffer, 0, got, StandardCharsets.UTF_8));
                return heard.indexOf("hello, console °\r\n") >= 0;
            });
        }
    }
}
