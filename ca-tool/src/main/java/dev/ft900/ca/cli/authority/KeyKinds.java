package dev.ft900.ca.cli.authority;

import dev.ft900.ca.authority.KeyKind;
import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Kinds of keys as an option: {@code P-256} or {@code RSA-2048}. */
final class KeyKinds implements ITypeConverter<KeyKind>, Iterable<String> {
    @Override
    public KeyKind convert(String word) {
        return KeyKind.from(word)
                .orElseThrow(() -> new TypeConversionException("expected P-256 or RSA-2048; got " + word));
    }

    /** For completion. */
    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(KeyKind.values()).map(KeyKind::word).iterator();
    }
}
