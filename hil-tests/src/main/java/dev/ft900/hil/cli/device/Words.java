package dev.ft900.hil.cli.device;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Puts the gateway's JSON into words for people. */
final class Words {
    private static final Pattern FINER_THAN_MILLIS =
            Pattern.compile("^(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3})\\d+Z$");

    private Words() {}

    /** One line for every member, nested ones with their names joined. */
    static String members(JsonNode node) {
        var rows = new ArrayList<String[]>();
        node.properties().forEach(member -> {
            if (member.getValue().isValueNode()) {
                rows.add(new String[] {spaced(member.getKey()), text(member.getValue())});
            }
        });
        int width = rows.stream().mapToInt(row -> row[0].length()).max().orElse(0);
        return rows.stream()
                .map(row -> row[0] + " ".repeat(width - row[0].length() + 2) + row[1])
                .collect(Collectors.joining("\n"));
    }

    /** {@code slotGeneration} as {@code slot generation}. */
    private static String spaced(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    }

    /** A moment to the millisecond, which is as much as a person reads. */
    static String time(JsonNode moment) {
        return moment.isMissingNode() || moment.isNull() ? "-" : text(moment);
    }

    private static String text(JsonNode value) {
        return FINER_THAN_MILLIS.matcher(value.asText()).replaceFirst("$1Z");
    }

    static String presence(JsonNode device) {
        return device.path("online").asBoolean() ? "online" : "offline";
    }

    static String level(JsonNode pad) {
        return pad.path("value").asInt() == 1 ? "high" : "low";
    }

    /** {@code time=..., pin=12}: the members as a person writes them, without those that are objects. */
    static String arguments(JsonNode node) {
        return node.properties().stream()
                .map(member -> member.getKey() + "="
                        + (member.getValue().isValueNode()
                                ? member.getValue().asText()
                                : member.getValue().toString()))
                .collect(Collectors.joining(" "));
    }

    static String millis(JsonNode value) {
        return value.isNumber() ? String.format(Locale.ROOT, "%.2f", value.asDouble()) : "-";
    }
}
