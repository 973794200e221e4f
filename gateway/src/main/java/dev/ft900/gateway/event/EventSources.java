package dev.ft900.gateway.event;

import dev.ft900.gateway.device.CommandRecord;
import dev.ft900.gateway.device.PresenceTracker;
import dev.ft900.protocol.message.PadEdge;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.name.BoardId;

/** Tells the hub what the core sees. Reads are not told: they change nothing, and would push out what does. */
public final class EventSources implements PresenceTracker.Listener, CommandRecord.Listener {
    private final EventHub hub;

    public EventSources(EventHub hub) {
        this.hub = hub;
    }

    @Override
    public void online(BoardId id, Presence.Up birth) {
        hub.publish(id, new Happening.CameOnline(birth));
    }

    @Override
    public void offline(BoardId id) {
        hub.publish(id, new Happening.WentOffline());
    }

    /** An input of a board changed. */
    public void edge(BoardId id, PadEdge edge) {
        hub.publish(id, new Happening.EdgeSeen(edge));
    }

    @Override
    public void ended(CommandRecord ended) {
        if (ended.command().changesTheBoard()) {
            hub.publish(ended.board(), new Happening.CommandEnded(ended));
        }
    }
}
