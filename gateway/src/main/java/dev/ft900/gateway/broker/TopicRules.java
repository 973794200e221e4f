package dev.ft900.gateway.broker;

import dev.ft900.gateway.broker.BrokerAccess.Grant;
import dev.ft900.protocol.dialect.NativeTopic;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.GatewayName;
import java.util.List;

/** What each kind of client may do ({@code docs/protocol.md}, section 2). */
public final class TopicRules {
    private TopicRules() {}

    /** A board speaks for itself and hears what is meant for it. */
    public static Grant forBoard(BoardId id) {
        return forBoard(id.value());
    }

    /** The rules of all boards, for brokers that put each board's name in themselves. @param placeholder what they replace by it */
    public static Grant forBoard(String placeholder) {
        var own = NativeTopic.ROOT + "/" + placeholder + "/";
        return new Grant(
                List.of(own + "rep/+", own + "pout/+", own + "ev"),
                List.of(own + "up"),
                List.of(own + "req/+", own + "pin/+"));
    }

    /** A gateway speaks to all boards in its own name, and hears what is meant for it or for all. */
    public static Grant forGateway(GatewayName name) {
        var any = NativeTopic.ROOT + "/+/";
        return new Grant(
                List.of(any + "req/" + name, any + "pin/" + name),
                List.of(),
                List.of(any + "rep/" + name, any + "pout/" + name, any + "up", any + "ev"));
    }
}
