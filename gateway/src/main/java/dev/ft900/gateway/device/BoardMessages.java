package dev.ft900.gateway.device;

import dev.ft900.protocol.dialect.Decoded;
import dev.ft900.protocol.dialect.EventCodec;
import dev.ft900.protocol.dialect.NativeTopic;
import dev.ft900.protocol.dialect.PresenceCodec;
import dev.ft900.protocol.dialect.ReplyCodec;
import dev.ft900.protocol.message.PadEdge;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.name.BoardId;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Hands each message from a board to whom it concerns. For the one thread that brings messages. */
public final class BoardMessages {
    private final PresenceTracker presence;
    private final CommandService commands;
    private final HintChecks checks;
    private final RollCall rollCall;
    private final SilenceWatch silence;
    private final BiConsumer<BoardId, PadEdge> events;
    private final BiConsumer<BoardId, byte[]> frames;
    private final DropLog drops;

    /**
     * @param timer for asking again; its work is short
     * @param events wants to know of pin edges
     * @param frames wants provisioning frames, in their plain form
     * @param nanos monotonic time
     */
    public BoardMessages(
            PresenceTracker presence,
            CommandService commands,
            ScheduledExecutorService timer,
            BiConsumer<BoardId, PadEdge> events,
            BiConsumer<BoardId, byte[]> frames,
            LongSupplier nanos) {
        this.drops = new DropLog(nanos);
        this.frames = frames;
        this.presence = presence;
        this.commands = commands;
        var probes = new Probes(commands, timer);
        this.checks = new HintChecks(probes, presence, timer);
        this.rollCall = new RollCall(probes, presence, timer);
        this.silence = new SilenceWatch(probes, checks, presence, timer);
        this.events = events;
    }

    /** The connection to a broker stands that may not know which boards are there. */
    public void callTheRoll() {
        rollCall.begin();
    }

    /** The broker may lose boards without a word of it: they are looked after from now on. */
    public void watchForSilence() {
        commands.addListener(silence);
        silence.begin();
    }

    /** A board is followed from now on. */
    public void joined(BoardId board) {
        rollCall.join(board);
    }

    /** A message came from the broker. */
    public void received(String topic, byte[] payload, boolean retained) {
        var parsed = NativeTopic.parse(topic);
        if (parsed.isEmpty()) {
            drops.dropped("other senders", topic, "no board sends on such a topic");
            return;
        }
        if (retained && !(parsed.get() instanceof NativeTopic.Presences)) {
            // Not every broker can forbid a board to leave one; it says nothing about now.
            drops.dropped(parsed.get().board().value(), topic, "it was retained");
            return;
        }
        var board = parsed.get().board();
        if (parsed.get() instanceof NativeTopic.Replies) {
            take(board, topic, ReplyCodec.decode(payload), reply -> {
                commands.replied(board, reply);
                rollCall.replied(board, reply);
            });
        } else if (parsed.get() instanceof NativeTopic.Presences) {
            take(board, topic, PresenceCodec.decode(payload), message -> presence(board, message, retained));
        } else if (parsed.get() instanceof NativeTopic.Events) {
            take(board, topic, EventCodec.decode(payload), edge -> events.accept(board, edge));
        } else if (parsed.get() instanceof NativeTopic.FramesOut) {
            frames.accept(board, payload);
        }
    }

    private void presence(BoardId board, Presence message, boolean retained) {
        presence.heard(board, message, retained);
        if (presence.standing(board).orElse(null) instanceof Standing.Hinted hinted) {
            checks.check(board, hinted.birth());
        }
    }

    private <T> void take(BoardId board, String topic, Decoded<T> decoded, Consumer<T> taker) {
        if (decoded instanceof Decoded.Malformed<T> malformed) {
            drops.dropped(board.value(), topic, malformed.why());
        } else {
            decoded.asOptional().ifPresent(taker);
        }
    }
}
