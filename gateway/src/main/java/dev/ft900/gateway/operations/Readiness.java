package dev.ft900.gateway.operations;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Whether everything that the gateway needs to work is there.
 *
 * @param dependencies by name; each says whether it is there now
 * @param draining whether the gateway is about to stop
 */
public record Readiness(Map<String, BooleanSupplier> dependencies, BooleanSupplier draining) {
    /** Looks at each dependency now. */
    public Map<String, Boolean> check() {
        var found = new LinkedHashMap<String, Boolean>();
        dependencies.forEach((name, isThere) -> found.put(name, isThere.getAsBoolean()));
        return found;
    }
}
