package dev.ft900.board.trace;

import dev.ft900.board.image.Image;
import java.util.TreeMap;

/** Names of code addresses. */
public final class SymbolTable {
    private final TreeMap<Integer, String> names = new TreeMap<>();

    /** The functions of an image. */
    public SymbolTable(Image image) {
        for (var symbol : image.symbols()) {
            boolean code = symbol.value() >= 0 && symbol.value() < Image.RAM_BIAS;
            if (code && symbol.function()) {
                names.put(symbol.value(), symbol.name());
            }
        }
    }

    /** The function at an address, with the distance from its start: {@code main+0x10}. Without one, the address. */
    public String nameAt(int address) {
        var entry = names.floorEntry(address);
        if (entry == null) {
            return "0x" + Hex.of(address, 5);
        }
        int offset = address - entry.getKey();
        return offset == 0 ? entry.getValue() : entry.getValue() + "+0x" + Integer.toHexString(offset);
    }
}
