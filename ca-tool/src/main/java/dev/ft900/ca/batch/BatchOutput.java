package dev.ft900.ca.batch;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.ft900.ca.flash.Provisioned;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.Quoted;
import dev.ft900.protocol.provisioning.Uid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The table of results, written anew by rename after every board: a job that is cut off, however, leaves a whole table of what was done.
 * Safe for use by several threads.
 */
public final class BatchOutput {
    private static final List<String> COLUMNS = List.of(
            "id",
            "result",
            "label",
            "port",
            "uid",
            "mac",
            "serial",
            "keyHash",
            "generation",
            "seconds",
            "warnings",
            "error");
    private static final String DONE = "done";
    private static final CsvMapper CSV = new CsvMapper();
    private static final CsvSchema SCHEMA = COLUMNS.stream()
            .reduce(CsvSchema.builder(), CsvSchema.Builder::addColumn, (one, other) -> one)
            .build()
            .withHeader();

    private final Path file;
    private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    private final Map<Uid, BoardId> boards = new LinkedHashMap<>();

    private BatchOutput(Path file) {
        this.file = file;
    }

    /**
     * Opens a table, with what an earlier job wrote into it.
     *
     * @throws BatchFormatException something else is in that file
     */
    public static BatchOutput open(Path file) throws IOException, BatchFormatException {
        var output = new BatchOutput(file);
        if (Files.exists(file)) {
            for (var row : BatchInput.table(file)) {
                if (!row.containsKey("id") || !row.containsKey("result")) {
                    throw new BatchFormatException("expected the results of an earlier job in " + file
                            + ", or no such file; got a table with " + row.keySet());
                }
                output.rows.put(row.get("id"), row);
                output.note(row);
            }
        }
        return output;
    }

    /** The boards that are done. */
    public synchronized Set<BoardId> done() {
        return rows.values().stream()
                .filter(row -> DONE.equals(row.get("result")))
                .flatMap(row -> BoardId.from(row.get("id")).stream())
                .collect(Collectors.toSet());
    }

    private void note(Map<String, String> row) throws BatchFormatException {
        var id = BoardId.from(row.get("id"));
        var uid = row.getOrDefault("uid", "");
        if (!DONE.equals(row.get("result")) || id.isEmpty() || uid.isEmpty()) {
            return;
        }
        boards.putIfAbsent(
                Uid.from(uid)
                        .orElseThrow(() -> new BatchFormatException("expected the UID of " + id.get() + " in " + file
                                + " to be " + Uid.RULE + "; got " + Quoted.of(uid)
                                + ". Put it right, so that the board is known when it is still plugged in:"
                                + " ./ft900 ca show --id " + id.get() + " has it.")),
                id.get());
    }

    /** Which boards earlier jobs did, and under which ids, as far as the table says so. */
    public Map<Uid, BoardId> boards() {
        return Map.copyOf(boards);
    }

    /** Adds a result, or replaces that of an earlier try. On disk when this returns. */
    public synchronized void add(BatchResult result) throws IOException {
        rows.put(result.id().value(), row(result));
        var complete = new ArrayList<Map<String, String>>();
        rows.values().forEach(row -> {
            var all = new LinkedHashMap<String, String>();
            COLUMNS.forEach(column -> all.put(column, row.getOrDefault(column, "")));
            complete.add(all);
        });
        StateFolder.write(file, CSV.writer(SCHEMA).writeValueAsString(complete).getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> row(BatchResult result) {
        var row = new LinkedHashMap<String, String>();
        row.put("id", result.id().value());
        row.put("result", result.isDone() ? DONE : "failed");
        row.put("label", result.label());
        row.put("port", result.port());
        result.board().ifPresent(board -> {
            row.put("uid", board.facts().uid().toString());
            row.put("mac", board.facts().mac().toString());
            row.put("serial", board.serial());
            row.put("keyHash", board.keyHash());
            row.put("generation", Long.toString(board.generation()));
            row.put("seconds", seconds(board));
            row.put("warnings", String.join(" ", board.warnings()));
        });
        result.error().ifPresent(error -> row.put("error", error));
        return row;
    }

    private static String seconds(Provisioned board) {
        var all = board.timings().values().stream().map(timing -> timing.took()).reduce(Duration.ZERO, Duration::plus);
        return String.format(Locale.ROOT, "%.2f", all.toMillis() / 1000.0);
    }

    /** Writes a label for every board that is done: CSV when the name ends so, else text, a blank line between two. */
    public synchronized void writeLabels(Path labels) throws IOException {
        var text = new StringBuilder();
        boolean csv = labels.toString().endsWith(".csv");
        if (csv) {
            text.append("id,label,mac,uid\n");
        }
        for (var row : rows.values()) {
            if (DONE.equals(row.get("result"))) {
                text.append(csv ? csvLabel(row) : textLabel(row));
            }
        }
        StateFolder.write(labels, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String csvLabel(Map<String, String> row) {
        return row.get("id") + ",\"" + row.getOrDefault("label", "").replace("\"", "\"\"") + "\"," + row.get("mac")
                + "," + row.get("uid") + "\n";
    }

    private static String textLabel(Map<String, String> row) {
        var label = row.getOrDefault("label", "");
        return row.get("id") + "\n" + (label.isEmpty() ? "" : label + "\n") + "MAC " + row.get("mac") + "\nUID "
                + row.get("uid") + "\n\n";
    }
}
