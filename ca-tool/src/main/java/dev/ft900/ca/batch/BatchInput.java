package dev.ft900.ca.batch;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.ft900.ca.file.InputFile;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.Quoted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The table of boards to provision: CSV with a header line, columns {@code id} and, if wanted, {@code port} and {@code label}. */
public final class BatchInput {
    private static final Set<String> COLUMNS = Set.of("id", "port", "label");
    private static final CsvMapper CSV = CsvMapper.builder()
            .enable(CsvParser.Feature.TRIM_SPACES)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();

    private BatchInput() {}

    /**
     * Reads a table.
     *
     * @throws BatchFormatException it has another form, or an id twice
     * @throws IOException it cannot be read
     */
    public static List<BatchRow> read(Path file) throws IOException, BatchFormatException {
        var rows = new ArrayList<BatchRow>();
        var ids = new HashSet<BoardId>();
        for (var fields : table(file)) {
            if (!COLUMNS.containsAll(fields.keySet()) || !fields.containsKey("id")) {
                throw new BatchFormatException("expected the columns id and, if wanted, port and label in " + file
                        + "; got " + fields.keySet());
            }
            var id = BoardId.from(fields.get("id"))
                    .orElseThrow(() -> new BatchFormatException("expected an id in row " + (rows.size() + 1) + " of "
                            + file + " (" + BoardId.RULE + "); got " + Quoted.of(fields.get("id"))));
            if (!ids.add(id)) {
                throw new BatchFormatException("expected each id once in " + file + "; " + id + " is there twice");
            }
            rows.add(new BatchRow(
                    id,
                    Optional.ofNullable(fields.get("port")).filter(port -> !port.isEmpty()),
                    fields.getOrDefault("label", "")));
        }
        return rows;
    }

    /** The rows of any table with a header line. */
    static List<Map<String, String>> table(Path file) throws IOException, BatchFormatException {
        var text = withoutMark(InputFile.text(file, "a table with a header line"));
        try (var rows = CSV.readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .<Map<String, String>>readValues(text)) {
            return rows.readAll();
        } catch (JacksonException e) {
            throw new BatchFormatException(
                    "expected a table with a header line in " + file + "; " + e.getOriginalMessage(), e);
        }
    }

    /** Spreadsheets begin a table in UTF-8 with a byte order mark. */
    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
