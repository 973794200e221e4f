package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.hil.SharedChain.Bench;
import dev.ft900.hil.cli.Ft900;
import dev.ft900.hil.measure.FleetMeasurement;
import dev.ft900.hil.measure.Measurement;
import dev.ft900.protocol.name.BoardId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** That the benchmark measures; what it measures is for {@code ./ft900 bench} on a quiet machine. */
@ExtendWith(SharedChain.class)
class MeasurementIT {
    @Test
    void everyFigureIsThereAndTheyFitOneAnother(Bench bench) throws IOException {
        TestClients.requireOnline(bench, "board2");
        var plan = new Measurement.Plan(50, 1, 200, Duration.ofSeconds(1));
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
                        "commandsPerSecond64",
                        "commandsPerSecond64Http2",
                        "writesPerSecond64",
                        "cpuMicrosPerCommand");
        assertThat(figures.byName().values())
                .allSatisfy(figure -> assertThat(figure).isPositive());
        assertThat(figures.restP99Ms()).isGreaterThanOrEqualTo(figures.restP50Ms());
        assertThat(figures.ratioP50()).isEqualTo(figures.restP50Ms() / figures.mqttP50Ms());
        assertThat(figures.commandsPerSecond64()).isGreaterThan(figures.commandsPerSecond1());
    }

    @Test
    void aFleetInAProcessOfItsOwnIsMeasured(Bench bench, @TempDir Path scratch) throws IOException {
        int boards = 20;
        var gateway = bench.chain().gateway();
        var plan = new FleetMeasurement.Plan(boards, 5, 50, 20, 100, Duration.ofSeconds(120));
        try {
            var figures = new FleetMeasurement(gateway, plan, words -> {}).run(Ft900.class.getName(), scratch);

            assertThat(figures.commands()).isEqualTo(100);
            assertThat(figures.otherAnswers()).isZero();
            assertThat(figures.restP50Ms()).isPositive().isLessThanOrEqualTo(figures.restP99Ms());
            assertThat(figures.onlineSeconds()).isGreaterThanOrEqualTo(figures.connectSeconds());
            assertThat(figures.simulatorResidentKiB()).isNotZero();
        } finally {
            for (int i = 0; i < boards; i++) {
                gateway.enrolment().remove(new BoardId("fleet" + i));
            }
        }
    }
}
