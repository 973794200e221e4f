package dev.ft900.gateway.access;

import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.Quoted;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * For which boards somebody may do what the role allows.
 *
 * @param names ids of boards, and groups as {@code group:NAME}; empty for all boards
 */
public record Scope(Set<String> names) {
    /** All boards. */
    public static final Scope ALL = new Scope(Set.of());

    private static final String GROUP = "group:";
    private static final Pattern GROUP_NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");

    public Scope {
        names = Set.copyOf(names);
    }

    /** @throws IllegalArgumentException one of them is neither */
    public static Scope of(List<String> names) {
        for (var name : names) {
            boolean group = name.startsWith(GROUP) && isGroup(name.substring(GROUP.length()));
            if (!group && BoardId.from(name).isEmpty()) {
                throw new IllegalArgumentException("expected the id of a board or group:NAME; got " + Quoted.of(name));
            }
        }
        return new Scope(new TreeSet<>(names));
    }

    /** Whether this can be the name of a group. */
    public static boolean isGroup(String name) {
        return GROUP_NAME.matcher(name).matches();
    }

    /** What {@link #stored} gave. */
    static Scope from(Optional<String> stored) {
        return stored.map(text -> new Scope(Arrays.stream(text.split(" ")).collect(Collectors.toSet())))
                .orElse(ALL);
    }

    /** For the database; empty for all boards. */
    Optional<String> stored() {
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", new TreeSet<>(names)));
    }

    public boolean isAll() {
        return names.isEmpty();
    }

    /** @param groups the groups of a board */
    public boolean includes(BoardId board, Function<BoardId, Set<String>> groups) {
        return isAll()
                || names.contains(board.value())
                || groups.apply(board).stream().anyMatch(group -> names.contains(GROUP + group));
    }
}
