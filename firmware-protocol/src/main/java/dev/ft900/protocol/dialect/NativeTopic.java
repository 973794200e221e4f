package dev.ft900.protocol.dialect;

import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.GatewayName;
import java.util.Optional;

/**
 * The topics of the native dialect ({@code docs/protocol.md}, section 2). The last level of the directed ones names the
 * gateway, so that a broker can hold each gateway to its own name and a reply finds who asked.
 */
public sealed interface NativeTopic {
    /** First level of every native topic. */
    String ROOT = "ft900";

    BoardId board();

    /** The topic's name as MQTT knows it, at most {@link Limits#MAX_TOPIC_BYTES} bytes. */
    String name();

    /** Commands from one gateway to one board: {@code ft900/ID/req/GW}. */
    record Requests(BoardId board, GatewayName gateway) implements NativeTopic {
        @Override
        public String name() {
            return directed(board, "req", gateway);
        }
    }

    /** Replies from one board to the gateway that asked: {@code ft900/ID/rep/GW}. */
    record Replies(BoardId board, GatewayName gateway) implements NativeTopic {
        @Override
        public String name() {
            return directed(board, "rep", gateway);
        }
    }

    /** Provisioning frames to a board: {@code ft900/ID/pin/GW}. */
    record FramesIn(BoardId board, GatewayName gateway) implements NativeTopic {
        @Override
        public String name() {
            return directed(board, "pin", gateway);
        }
    }

    /** Provisioning frames from a board: {@code ft900/ID/pout/GW}. */
    record FramesOut(BoardId board, GatewayName gateway) implements NativeTopic {
        @Override
        public String name() {
            return directed(board, "pout", gateway);
        }
    }

    /** Birth and last will of a board, retained: {@code ft900/ID/up}. */
    record Presences(BoardId board) implements NativeTopic {
        @Override
        public String name() {
            return ROOT + "/" + board + "/up";
        }
    }

    /** Events of a board: {@code ft900/ID/ev}. */
    record Events(BoardId board) implements NativeTopic {
        @Override
        public String name() {
            return ROOT + "/" + board + "/ev";
        }
    }

    /** What a board subscribes to for its commands: {@code ft900/ID/req/+}. */
    static String requestFilter(BoardId board) {
        return ROOT + "/" + board + "/req/+";
    }

    /** What a board subscribes to for provisioning frames: {@code ft900/ID/pin/+}. */
    static String frameFilter(BoardId board) {
        return ROOT + "/" + board + "/pin/+";
    }

    /** What a gateway subscribes to for all replies to it: {@code ft900/+/rep/GW}. */
    static String replyFilter(GatewayName gateway) {
        return ROOT + "/+/rep/" + gateway;
    }

    /** What a gateway subscribes to for all frames to it: {@code ft900/+/pout/GW}. */
    static String frameReplyFilter(GatewayName gateway) {
        return ROOT + "/+/pout/" + gateway;
    }

    /** What a gateway subscribes to for the events of all boards: {@code ft900/+/ev}. */
    static String eventFilter() {
        return ROOT + "/+/ev";
    }

    /** Parses a topic name that comes from a broker; empty when it is not a native topic. */
    static Optional<NativeTopic> parse(String name) {
        if (name.length() > Limits.MAX_TOPIC_BYTES) {
            return Optional.empty();
        }
        var levels = name.split("/", -1);
        if (levels.length < 3 || levels.length > 4 || !levels[0].equals(ROOT)) {
            return Optional.empty();
        }
        var board = BoardId.from(levels[1]);
        return levels.length == 3
                ? board.flatMap(b -> undirected(b, levels[2]))
                : board.flatMap(b -> GatewayName.from(levels[3]).flatMap(g -> directed(b, g, levels[2])));
    }

    private static Optional<NativeTopic> undirected(BoardId board, String kind) {
        return Optional.ofNullable(
                switch (kind) {
                    case "up" -> new Presences(board);
                    case "ev" -> new Events(board);
                    default -> null;
                });
    }

    private static Optional<NativeTopic> directed(BoardId board, GatewayName gateway, String kind) {
        return Optional.ofNullable(
                switch (kind) {
                    case "req" -> new Requests(board, gateway);
                    case "rep" -> new Replies(board, gateway);
                    case "pin" -> new FramesIn(board, gateway);
                    case "pout" -> new FramesOut(board, gateway);
                    default -> null;
                });
    }

    private static String directed(BoardId board, String kind, GatewayName gateway) {
        return ROOT + "/" + board + "/" + kind + "/" + gateway;
    }
}
