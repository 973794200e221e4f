package dev.ft900.agent.board;

import dev.ft900.protocol.name.CommandId;
import dev.ft900.protocol.name.GatewayName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The last commands and what was answered, so that a command that arrives twice is obeyed once and answered twice. */
final class RecentReplies {
    /** How many are kept: what a microcontroller has room for. */
    static final int KEPT = 8;

    private final Map<Key, byte[]> replies = new LinkedHashMap<>();

    private record Key(GatewayName gateway, CommandId id) {}

    Optional<byte[]> find(GatewayName gateway, CommandId id) {
        return Optional.ofNullable(replies.get(new Key(gateway, id)));
    }

    void keep(GatewayName gateway, CommandId id, byte[] reply) {
        if (replies.size() == KEPT) {
            replies.remove(replies.keySet().iterator().next());
        }
        replies.put(new Key(gateway, id), reply);
    }

    void forget() {
        replies.clear();
    }
}
