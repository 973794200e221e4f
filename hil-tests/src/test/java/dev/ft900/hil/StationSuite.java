package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ft900.agent.app.BoardFolder;
import dev.ft900.agent.app.RunningBoard;
import dev.ft900.agent.mqtt.BoardThreads;
import dev.ft900.hil.SharedChain.Bench;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Boards at ports, and the commands of the station as processes of their own, as somebody at a bench has them. */
@ExtendWith(SharedChain.class)
abstract class StationSuite {
    static final Duration PATIENCE = Duration.ofMinutes(10);
    static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path dir;

    final List<RunningBoard> boards = new ArrayList<>();
    Bench bench;
    private final BoardThreads threads = new BoardThreads(1);

    @BeforeEach
    void take(Bench shared) {
        bench = shared;
    }

    @AfterEach
    void putAway() throws IOException {
        for (var board : boards) {
            board.close();
        }
        threads.close();
    }

    /** A board that is switched on, at a pseudo-terminal or a TCP port. */
    final RunningBoard board(String folder, OptionalInt tcp) throws IOException {
        return board(folder, RunningBoard.DEFAULT_BAUD, tcp);
    }

    final RunningBoard board(String folder) throws IOException {
        return board(folder, OptionalInt.empty());
    }

    final RunningBoard board(String folder, int baud, OptionalInt tcp) throws IOException {
        var board = RunningBoard.open(new BoardFolder(dir.resolve(folder)), threads, baud, tcp);
        boards.add(board);
        board.board().powerOn().join();
        return board;
    }

    final String state() {
        return bench.state().path().toString();
    }

    /** Runs {@code ./ft900} with these arguments. @return the JSON that it prints */
    final JsonNode run(int exitCode, String... arguments) throws IOException {
        try (var process = ToolkitProcess.ft900(dir, arguments)) {
            assertThat(process.exitCode(PATIENCE)).as(process.errors()).isEqualTo(exitCode);
            return JSON.readTree(process.line(PATIENCE));
        }
    }
}
