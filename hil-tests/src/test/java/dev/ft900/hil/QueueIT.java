package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ft900.hil.SharedChain.Bench;
import dev.ft900.hil.bench.Dut;
import dev.ft900.hil.rest.RestClient;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A board that is not there: what waits for it, how its pins are to be, and what was last known, each under its own name. */
@ExtendWith(SharedChain.class)
class QueueIT {
    private static final String DEVICE = "/api/v1/devices/board2";
    private static final Duration LONG = Duration.ofSeconds(60);

    private Dut dut;
    private RestClient rest;

    @BeforeEach
    void takeBoard(Bench bench) throws IOException {
        dut = bench.dut("board2");
        rest = bench.rest();
        online();
    }

    @AfterEach
    void powerUp() throws IOException {
        dut.power().on();
        online();
    }

    private void online() throws IOException {
        await().atMost(LONG).until(() -> rest.get(DEVICE).body().path("online").asBoolean());
    }

    private void powerDown() {
        dut.power().off();
        await().atMost(LONG).until(() -> !rest.get(DEVICE).body().path("online").asBoolean());
    }

    /** One story, because a board that falls silent is missed only after half a minute. */
    @Test
    @Tag("slow")
    @Tag("any-broker")
    void aBoardThatIsAwayGetsWhatWaitsAndWhatIsDesiredWhenItComes() throws IOException {
        assertThat(rest.put(DEVICE + "/gpio/42", "{\"direction\":\"out\",\"value\":1}")
                        .status())
                .isEqualTo(200);
        powerDown();
        assertThat(rest.put(DEVICE + "/gpio/40", "{\"direction\":\"out\",\"value\":1}")
                        .problem())
                .isEqualTo("board-offline");

        var last = rest.get(DEVICE + "/gpio/42?view=last").body();
        assertThat(last.path("view").asText()).isEqualTo("last");
        assertThat(last.path("value").asInt()).isEqualTo(1);
        assertThat(last.path("ageMs").asLong(-1)).isNotNegative();
        assertThat(Instant.parse(last.path("asOf").asText())).isBeforeOrEqualTo(Instant.now());

        var expiring = rest.post(DEVICE + "/reset?queue=50ms", "");
        var kept = rest.put(DEVICE + "/gpio/40?queue=300s", "{\"direction\":\"out\",\"value\":1}");
        assertThat(kept.status()).isEqualTo(202);
        assertThat(kept.body().path("state").asText()).isEqualTo("queued");
        var place = DEVICE + "/queue/" + kept.body().path("id").asText();
        assertThat(kept.headers().firstValue("Location").orElse("")).endsWith(place);
        var pending = rest.put(DEVICE + "/desired/41", "{\"direction\":\"out\",\"value\":1}");
        assertThat(pending.body().path("state").asText()).isEqualTo("pending");
        var expired = DEVICE + "/queue/" + expiring.body().path("id").asText();
        await().atMost(LONG)
                .until(() -> rest.get(expired).body().path("state").asText().equals("expired"));

        dut.power().on();

        assertThat(rest.get(DEVICE + "/status?connectTimeout=60000").status()).isEqualTo(200);
        await().atMost(LONG)
                .until(() -> rest.get(place).body().path("state").asText().equals("done"));
        await().atMost(LONG).until(() -> rest.get(DEVICE + "/desired")
                .body()
                .path("pins")
                .path(0)
                .path("state")
                .asText()
                .equals("applied"));
        assertThat(dut.pins().level(new Pad(40))).isEqualTo(Level.HIGH);
        assertThat(dut.pins().level(new Pad(41))).isEqualTo(Level.HIGH);
        assertThat(rest.delete(DEVICE + "/desired/41").status()).isEqualTo(204);
        assertThat(rest.delete(DEVICE + "/desired/41").problem()).isEqualTo("nothing-desired");
    }

    @Test
    void aResetThatNobodyWaitsForIsAnsweredWhenTheBoardHasAgreed() throws IOException {
        var before = rest.get(DEVICE).body().path("bootId").asText();

        assertThat(rest.post(DEVICE + "/reset?wait=false", "").status()).isEqualTo(202);

        await().atMost(LONG).until(() -> {
            var now = rest.get(DEVICE).body();
            return now.path("online").asBoolean()
                    && !now.path("bootId").asText().equals(before);
        });
    }

    @Test
    void theClockIsShownBesideTheGateways() throws IOException {
        assertThat(rest.put(DEVICE + "/rtc", "{\"time\":\"now\"}").status()).isEqualTo(200);

        var clock = rest.get(DEVICE + "/rtc").body();

        assertThat(clock.path("offsetSeconds").asLong(99)).isBetween(-3L, 3L);
        assertThat(Instant.parse(clock.path("gatewayTime").asText())).isNotNull();
    }

    @Test
    void valuesOutsideTheirBoundsAreRefused() throws IOException {
        for (var query : new String[] {
            "queue=forever", "queue=25h", "responseTimeout=9", "responseTimeout=60001", "connectTimeout=-1", "view=old"
        }) {
            var path = query.startsWith("view") ? "/gpio/1?" : "/status?";
            var answer = query.startsWith("queue")
                    ? rest.post(DEVICE + "/reset?" + query, "")
                    : rest.get(DEVICE + path + query);
            assertThat(answer.problem()).as(query).isEqualTo("bad-value");
        }
    }
}
