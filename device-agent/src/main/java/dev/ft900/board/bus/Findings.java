package dev.ft900.board.bus;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects findings, equal ones once with a count. At most {@link #LIMIT} different ones; later ones are only counted. */
public final class Findings {
    /** How many different findings are kept. */
    public static final int LIMIT = 1000;

    private final boolean strict;
    private final Map<Finding, Long> counts = new LinkedHashMap<>();
    private long dropped;

    /** @param strict whether a finding throws {@link BusFault}, which stops the machine */
    public Findings(boolean strict) {
        this.strict = strict;
    }

    /** @throws BusFault if strict */
    public void report(Finding finding) {
        if (counts.size() < LIMIT || counts.containsKey(finding)) {
            counts.merge(finding, 1L, Long::sum);
        } else {
            dropped++;
        }
        if (strict) {
            throw new BusFault(finding);
        }
    }

    /** Each finding and how often it occurred, in the order of the first occurrences. */
    public Map<Finding, Long> counts() {
        return Collections.unmodifiableMap(counts);
    }

    /** How many findings came after the list was full. */
    public long dropped() {
        return dropped;
    }
}
