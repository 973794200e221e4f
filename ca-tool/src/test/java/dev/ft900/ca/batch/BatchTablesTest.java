package dev.ft900.ca.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.ca.flash.Provisioned;
import dev.ft900.ca.store.BoardFacts;
import dev.ft900.protocol.install.Step;
import dev.ft900.protocol.install.Steps;
import dev.ft900.protocol.install.Traffic;
import dev.ft900.protocol.message.FirmwareVersion;
import dev.ft900.protocol.message.MacAddress;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.provisioning.Uid;
import dev.ft900.protocol.slot.BrokerAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTablesTest {
    @TempDir
    Path dir;

    private Path table(String text) throws IOException {
        return Files.writeString(dir.resolve("in.csv"), text);
    }

    private static BatchResult done(String id, String label) {
        var board = new Provisioned(
                new BoardId(id),
                new BoardFacts(
                        new Uid(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2}),
                        new MacAddress(0x02F900000001L),
                        "09000002",
                        new FirmwareVersion("agent 0.1.0")),
                "12ab",
                "34cd",
                1,
                new BrokerAddress("broker.example", 8883, "broker.example"),
                1_000,
                115_200,
                true,
                List.of(),
                Map.of(Step.WRITE, new Steps.Timing(Duration.ofMillis(1_230), new Traffic(0, 0))));
        return new BatchResult(board.id(), label, "/dev/ttyUSB0", Optional.of(board), Optional.empty());
    }

    @Test
    void readsIdsWithPortsAndLabelsWhereThereAreAny() throws Exception {
        assertThat(BatchInput.read(table("id,port,label\na,COM7,\"left, upper\"\nb,,\n")))
                .containsExactly(
                        new BatchRow(new BoardId("a"), Optional.of("COM7"), "left, upper"),
                        new BatchRow(new BoardId("b"), Optional.empty(), ""));
    }

    @Test
    void readsATableThatASpreadsheetBeganWithAByteOrderMark() throws Exception {
        assertThat(BatchInput.read(table("\uFEFFid,label\na,left\n")))
                .containsExactly(new BatchRow(new BoardId("a"), Optional.empty(), "left"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name\na\n", "id,colour\na,red\n", "id\nUPPER\n", "id\na\na\n"})
    void refusesTablesThatMeanSomethingElse(String text) throws IOException {
        var table = table(text);

        assertThatThrownBy(() -> BatchInput.read(table))
                .isInstanceOf(BatchFormatException.class)
                .hasMessageContaining("expected");
    }

    @Test
    void aLaterJobKnowsWhatAnEarlierOneDid() throws Exception {
        var file = dir.resolve("out.csv");
        var first = BatchOutput.open(file);
        first.add(done("a", "left, \"upper\""));
        first.add(new BatchResult(new BoardId("b"), "", "COM7", Optional.empty(), Optional.of("no, \"not\" this one")));

        var second = BatchOutput.open(file);
        assertThat(second.done()).containsExactly(new BoardId("a"));
        second.add(done("b", ""));

        assertThat(BatchOutput.open(file).done()).containsExactlyInAnyOrder(new BoardId("a"), new BoardId("b"));
        assertThat(Files.readAllLines(file)).hasSize(3);
        second.writeLabels(dir.resolve("labels.txt"));
        assertThat(Files.readString(dir.resolve("labels.txt")))
                .startsWith("a\nleft, \"upper\"\nMAC 02:F9:00:00:00:01\nUID 01");
        second.writeLabels(dir.resolve("labels.csv"));
        assertThat(Files.readString(dir.resolve("labels.csv")))
                .contains("a,\"left, \"\"upper\"\"\",02:F9:00:00:00:01,01");
    }

    @Test
    void secondsHaveAPointWhereverTheStationIs() throws Exception {
        var file = dir.resolve("out.csv");
        var here = Locale.getDefault();

        try {
            Locale.setDefault(Locale.GERMANY);
            BatchOutput.open(file).add(done("a", ""));
        } finally {
            Locale.setDefault(here);
        }

        assertThat(BatchInput.table(file).get(0)).containsEntry("seconds", "1.23");
    }

    @Test
    void aLaterJobKnowsTheBoardsOfAnEarlierOneByTheirUid() throws Exception {
        var file = dir.resolve("out.csv");
        BatchOutput.open(file).add(done("a", ""));

        assertThat(BatchOutput.open(file).boards())
                .containsExactly(
                        Map.entry(Uid.from("01000000000000000000000000000002").orElseThrow(), new BoardId("a")));
    }

    /** What a spreadsheet makes of a number with so many digits. */
    @Test
    void aUidThatASpreadsheetHasSpoiltIsSaid() throws IOException {
        var file = Files.writeString(dir.resolve("out.csv"), "id,result,uid\na,done,1E+30\n");

        assertThatThrownBy(() -> BatchOutput.open(file))
                .isInstanceOf(BatchFormatException.class)
                .hasMessageContaining("expected the UID of a")
                .hasMessageContaining("1E+30");
    }

    @Test
    void aTableOfSomethingElseIsNotOverwritten() throws IOException {
        var file = Files.writeString(dir.resolve("out.csv"), "colour\nred\n");

        assertThatThrownBy(() -> BatchOutput.open(file)).hasMessageContaining("or no such file");
    }
}
