package dev.ft900.gateway.http;

import dev.ft900.gateway.device.Hops;
import java.util.LinkedHashMap;
import java.util.Map;

/** The times of a command's hops, as callers see them: in milliseconds, those that are known. */
final class Timings {
    private static final long MICROS = 1_000;

    private Timings() {}

    /** For the header {@code Server-Timing} (W3C Server Timing). */
    static String header(Hops hops) {
        var text = new StringBuilder(96);
        append(text, "queue", hops.queue());
        append(text, "broker-out", hops.brokerOut());
        append(text, "board", hops.board());
        append(text, "broker-back", hops.brokerBack());
        return text.toString();
    }

    private static void append(StringBuilder text, String name, long micros) {
        if (micros == Hops.UNKNOWN) {
            return;
        }
        if (text.length() > 0) {
            text.append(", ");
        }
        text.append(name).append(";dur=").append(micros / MICROS).append('.');
        long rest = micros % MICROS;
        if (rest < 100) {
            text.append('0');
        }
        if (rest < 10) {
            text.append('0');
        }
        text.append(rest);
    }

    static Map<String, Object> view(Hops hops) {
        var view = new LinkedHashMap<String, Object>();
        put(view, "queueMs", hops.queue());
        put(view, "brokerOutMs", hops.brokerOut());
        put(view, "boardMs", hops.board());
        put(view, "brokerBackMs", hops.brokerBack());
        return view;
    }

    private static void put(Map<String, Object> view, String name, long micros) {
        if (micros != Hops.UNKNOWN) {
            view.put(name, micros / (double) MICROS);
        }
    }
}
