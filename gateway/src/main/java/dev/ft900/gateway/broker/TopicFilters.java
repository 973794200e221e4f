package dev.ft900.gateway.broker;

/** Topic filters of MQTT (version 3.1.1, section 4.7). */
public final class TopicFilters {
    private static final String ONE_LEVEL = "+";
    private static final String ALL_BELOW = "#";

    private TopicFilters() {}

    /**
     * Whether everything that one filter matches is matched by another as well.
     *
     * @param granted what is allowed; {@code +} may stand in it, {@code #} not
     * @param wanted a topic's name, or a filter with any wildcards
     */
    public static boolean covers(String granted, String wanted) {
        var allowed = granted.split("/", -1);
        var asked = wanted.split("/", -1);
        if (allowed.length != asked.length) {
            return false;
        }
        for (int i = 0; i < allowed.length; i++) {
            boolean any = allowed[i].equals(ONE_LEVEL) && !asked[i].equals(ALL_BELOW);
            if (!any && !allowed[i].equals(asked[i]) || asked[i].equals(ALL_BELOW)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a topic's name holds a wildcard, as only filters may. */
    public static boolean hasWildcard(String topic) {
        return topic.contains(ONE_LEVEL) || topic.contains(ALL_BELOW);
    }
}
