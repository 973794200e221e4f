package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.hil.SharedChain.Bench;
import dev.ft900.hil.measure.Measurement;
import dev.ft900.protocol.name.BoardId;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** That the benchmark measures; what it measures is for {@code ./ft900 bench} on a quiet machine. */
@ExtendWith(SharedChain.class)
class MeasurementIT {
    @Test
    void everyFigureIsThereAndTheyFitOneAnother(Bench bench) throws IOException {
        TestClients.requireOnline(bench, "board2");
        var plan = new Measurement.Plan(50, 1, 200, Duration.ofMillis(300));
        var measurement = new Measurement(bench.chain().gateway(), new BoardId("board2"), plan);

        measurement.warmUp();
        var figures = measurement.run();

        assertThat(figures.byName())
                .containsOnlyKeys(
                        "restP50Ms",
                        "restP99Ms",
                        "mqttP50Ms",
                        "mqttP99Ms",
                        "ratioP50",
                        "commandsPerSecond1",
                        "commandsPerSecond64");
        assertThat(figures.byName().values())
                .allSatisfy(figure -> assertThat(figure).isPositive());
        assertThat(figures.restP99Ms()).isGreaterThanOrEqualTo(figures.restP50Ms());
        assertThat(figures.ratioP50()).isEqualTo(figures.restP50Ms() / figures.mqttP50Ms());
        assertThat(figures.commandsPerSecond64()).isGreaterThan(figures.commandsPerSecond1());
    }
}
