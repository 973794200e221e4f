package dev.ft900.protocol.pad;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** Finds the constant of a closed list that goes by a word. */
final class Words {
    private Words() {}

    static <E extends Enum<E>> Optional<E> find(E[] list, Function<E, String> wordOf, String word) {
        return Arrays.stream(list).filter(e -> wordOf.apply(e).equals(word)).findFirst();
    }
}
