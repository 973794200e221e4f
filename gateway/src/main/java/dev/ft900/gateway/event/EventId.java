package dev.ft900.gateway.event;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names an event, so that a listener that lost its connection can say how far it had come.
 *
 * @param run of the gateway, drawn at random at its start: numbers of another run say nothing about this one's
 * @param number counts the events of a run from 1
 */
public record EventId(String run, long number) {
    private static final Pattern FORM = Pattern.compile("([0-9a-f]{8})-([0-9]{1,18})");

    /** The event that goes by this text; empty when none can. */
    public static Optional<EventId> from(String text) {
        var matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new EventId(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return run + "-" + number;
    }
}
