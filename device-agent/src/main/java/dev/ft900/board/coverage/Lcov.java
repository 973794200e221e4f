package dev.ft900.board.coverage;

import dev.ft900.board.image.Image;
import dev.ft900.board.image.ImageException;
import java.util.Map;
import java.util.TreeMap;

/** Reports in the format of lcov's tracefiles (geninfo(1)). */
public final class Lcov {
    private record Function(String name, int line, long count) {}

    private static final class Source {
        final TreeMap<Integer, Long> lines = new TreeMap<>();
        final TreeMap<Integer, Function> functions = new TreeMap<>();
    }

    private Lcov() {}

    /**
     * The report of one run. A line counts as often as the instruction of it that ran most often.
     *
     * @return empty if the image has no line information
     */
    public static String of(Image image, Coverage coverage) {
        try {
            return report(sources(image, new LineTable(image), coverage));
        } catch (ImageException e) {
            return "# " + e.getMessage() + "\n";
        }
    }

    private static Map<String, Source> sources(Image image, LineTable table, Coverage coverage) {
        var sources = new TreeMap<String, Source>();
        var rowAt = new TreeMap<Integer, LineTable.Row>();
        for (var row : table.rows()) {
            sources.computeIfAbsent(row.file(), name -> new Source())
                    .lines
                    .merge(row.line(), coverage.count(row.address()), Math::max);
            rowAt.putIfAbsent(row.address(), row);
        }
        for (var symbol : image.symbols()) {
            var row = symbol.function() ? rowAt.get(symbol.value()) : null;
            if (row != null) {
                sources.get(row.file())
                        .functions
                        .put(row.line(), new Function(symbol.name(), row.line(), coverage.count(symbol.value())));
            }
        }
        return sources;
    }

    private static String report(Map<String, Source> sources) {
        var text = new StringBuilder();
        sources.forEach((file, source) -> {
            text.append("TN:\nSF:").append(file).append('\n');
            for (var f : source.functions.values()) {
                text.append("FN:").append(f.line()).append(',').append(f.name()).append('\n');
                text.append("FNDA:")
                        .append(f.count())
                        .append(',')
                        .append(f.name())
                        .append('\n');
            }
            source.lines.forEach((line, count) ->
                    text.append("DA:").append(line).append(',').append(count).append('\n'));
            long hit = source.lines.values().stream().filter(count -> count > 0).count();
            text.append("LF:")
                    .append(source.lines.size())
                    .append("\nLH:")
                    .append(hit)
                    .append("\nend_of_record\n");
        });
        return text.toString();
    }
}
