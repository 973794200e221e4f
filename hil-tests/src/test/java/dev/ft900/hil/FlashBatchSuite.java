package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ft900.protocol.name.BoardId;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** {@code ./ft900 flash batch}, up to a hundred boards in one job. Run by {@code .ci/flash-suite}. */
class FlashBatchSuite extends StationSuite {
    private static final int MANY = 100;
    private static final int SLOW = 4_800;

    @Test
    void aBatchGoesOnWhereItWasCutOffAndPrintsLabels() throws IOException {
        var port = board("batch1").portName();
        var in = Files.writeString(
                dir.resolve("in.csv"),
                "id,port,label\nflash-batch-1," + port + ",left door\nflash-batch-2,/dev/ttyNOTTHERE,\n");
        var out = dir.resolve("out.csv");
        var labels = dir.resolve("labels.txt");
        var trace = dir.resolve("batch.trace");
        String[] job = {
            "flash",
            "batch",
            "--json",
            "--csv",
            in.toString(),
            "--out",
            out.toString(),
            "--labels",
            labels.toString(),
            "--state",
            state(),
            "--wait-board",
            "10",
            "--key",
            "host",
            "--trace",
            trace.toString()
        };

        var first = run(3, job);

        assertThat(first.path("done").asInt()).isEqualTo(1);
        assertThat(first.path("failed").asInt()).isEqualTo(1);
        assertThat(Files.readAllLines(out))
                .hasSize(3)
                .anyMatch(line -> line.startsWith("flash-batch-1,done,\"left door\""));
        assertThat(Files.readString(labels)).contains("flash-batch-1\nleft door\nMAC 02:F9:");
        assertThat(trace).content().contains(port + " > fd 01 ");

        Files.writeString(
                in,
                Files.readString(in).replace("/dev/ttyNOTTHERE", board("batch2").portName()));
        var second = run(0, job);

        assertThat(second.path("doneBefore").asInt()).isEqualTo(1);
        assertThat(second.path("done").asInt()).isEqualTo(1);
        TestClients.requireOnline(bench, "flash-batch-2");
    }

    /** So slow that the slot is on the wire for seconds when the job is killed. */
    @Test
    void aJobThatWasKilledGoesOnWhenItIsStartedAgain() throws IOException {
        var done = board("killed1", SLOW, OptionalInt.empty());
        var cut = board("killed2", SLOW, OptionalInt.empty());
        var in = Files.writeString(dir.resolve("killed.csv"), "id,port\nflash-killed-1," + done.portName() + "\n");
        var out = dir.resolve("killed-out.csv");
        String[] job = {
            "flash",
            "batch",
            "--json",
            "--csv",
            in.toString(),
            "--out",
            out.toString(),
            "--state",
            state(),
            "--baud",
            "" + SLOW,
            "--max-baud",
            "0"
        };
        assertThat(run(0, job).path("done").asInt()).isEqualTo(1);
        Files.writeString(in, Files.readString(in) + "flash-killed-2," + cut.portName() + "\n");
        var id = new BoardId("flash-killed-2");
        try (var killed = ToolkitProcess.ft900(dir, job)) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> !bench.chain()
                                    .gateway()
                                    .enrolment()
                                    .certificates(id)
                                    .isEmpty()
                            || !killed.isAlive());
            killed.kill();
        }
        assertThat(cut.board().id().join()).isEmpty();
        assertThat(Files.readAllLines(out)).hasSize(2);

        var again = run(0, job);

        assertThat(again.path("doneBefore").asInt()).isEqualTo(1);
        assertThat(again.path("done").asInt()).isEqualTo(1);
        assertThat(cut.board().id().join()).contains(id);
        assertThat(Files.readAllLines(out)).hasSize(3);
    }

    @Test
    void boardsAreChangedByHandAtOnePortAndLabelledInATable() throws IOException {
        var first = board("hand1", OptionalInt.of(0));
        var second = board("hand2", OptionalInt.of(0));
        var in = Files.writeString(
                dir.resolve("hand.csv"), "id,label\nflash-hand-1,left door\nflash-hand-2,\"b, right\"\n");
        var labels = dir.resolve("labels.csv");
        try (var port = new PortSwitch()) {
            port.plugIn(first.portName());
            try (var batch = ToolkitProcess.ft900(
                    dir,
                    "flash",
                    "batch",
                    "--json",
                    "--csv",
                    in.toString(),
                    "--out",
                    dir.resolve("hand-out.csv").toString(),
                    "--labels",
                    labels.toString(),
                    "--ports",
                    port.name(),
                    "--state",
                    state(),
                    "--wait-board",
                    "300")) {
                // "Connect the next board" alone is also said when the first one has not answered yet.
                await().atMost(PATIENCE).until(() -> batch.errors().contains("is done, as flash-hand-1"));
                assertThat(first.board().id().join()).contains(new BoardId("flash-hand-1"));
                port.plugIn(second.portName());

                assertThat(batch.exitCode(PATIENCE)).as(batch.errors()).isZero();
                assertThat(JSON.readTree(batch.line(PATIENCE)).path("done").asInt())
                        .isEqualTo(2);
            }
        }
        assertThat(second.board().id().join()).contains(new BoardId("flash-hand-2"));
        assertThat(Files.readAllLines(labels))
                .hasSize(3)
                .anyMatch(line -> line.contains("flash-hand-1") && line.contains("left door"))
                .anyMatch(line -> line.contains("flash-hand-2") && line.contains("\"b, right\""));
    }

    @Test
    void aHundredBoardsInOneJobGetAHundredKeysAndGetOnline() throws IOException {
        var csv = new StringBuilder("id,port\n");
        for (int i = 0; i < MANY; i++) {
            csv.append("flash-many-")
                    .append(i)
                    .append(',')
                    .append(board("many" + i, OptionalInt.of(0)).portName())
                    .append('\n');
        }
        var in = Files.writeString(dir.resolve("many.csv"), csv);

        var result = run(
                0,
                "flash",
                "batch",
                "--json",
                "--csv",
                in.toString(),
                "--out",
                dir.resolve("many-out.csv").toString(),
                "--state",
                state(),
                "--wait-online",
                "120");

        assertThat(result.path("done").asInt()).isEqualTo(MANY);
        var keys = new HashSet<String>();
        var enrolment = bench.chain().gateway().enrolment();
        for (var board : boards) {
            var id = board.board().id().join().orElseThrow();
            assertThat(enrolment.find(id).orElseThrow().serial())
                    .as("%s was online", id)
                    .isPresent();
            keys.add(enrolment.certificates(id).get(0).keyHash());
        }
        assertThat(keys).hasSize(MANY);
    }
}
