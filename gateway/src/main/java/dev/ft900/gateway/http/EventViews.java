package dev.ft900.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ft900.gateway.event.Event;
import dev.ft900.gateway.event.Happening;
import java.util.LinkedHashMap;
import java.util.Map;

/** How events look on a stream (WHATWG HTML, server-sent events). */
final class EventViews {
    private static final JsonMapper JSON = new JsonMapper();

    private EventViews() {}

    static String text(Event event) {
        var view = new LinkedHashMap<String, Object>();
        view.put("device", event.board().value());
        view.put("at", event.at().toString());
        var kind = fill(view, event.happening());
        return message(event.id().toString(), kind, view);
    }

    /**
     * What tells a listener that it has missed events for good.
     *
     * @param before the id after which it is told everything again
     */
    static String gap(String before) {
        return message(
                before,
                "gap",
                Map.of("detail", "events were missed that nobody remembers any more; read the state anew"));
    }

    private static String message(String id, String kind, Map<String, Object> data) {
        try {
            return "id: " + id + "\nevent: " + kind + "\ndata: " + JSON.writeValueAsString(data) + "\n\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a view holds strings and numbers", e);
        }
    }

    private static String fill(Map<String, Object> view, Happening happening) {
        if (happening instanceof Happening.EdgeSeen seen) {
            var edge = seen.edge();
            view.put("pin", edge.pad().number());
            view.put("value", edge.level().bit());
            view.put("bootId", edge.boot().value());
            view.put("sequence", edge.sequence());
            view.put("uptimeMs", edge.uptimeMillis());
            return "edge";
        } else if (happening instanceof Happening.CameOnline online) {
            view.put("bootId", online.birth().boot().value());
            view.put("cause", online.birth().cause().word());
            view.put("firmware", online.birth().firmware().value());
            return "online";
        } else if (happening instanceof Happening.CommandEnded ended) {
            view.put("command", CommandViews.ended(ended.command()));
            return "command";
        }
        return "offline";
    }
}
