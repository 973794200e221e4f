package dev.ft900.gateway.device;

import dev.ft900.protocol.message.BoardStatus;
import dev.ft900.protocol.message.ClockState;
import dev.ft900.protocol.message.NetworkInfo;
import dev.ft900.protocol.message.PadEdge;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.pad.Edge;
import dev.ft900.protocol.pad.Pad;
import dev.ft900.protocol.pad.PadState;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What boards last said of themselves, with the moment when they said it. Never shown unless it is asked for as such: the board is the
 * truth. In memory only. Safe for use by several threads.
 */
public final class LastKnown {
    private final Map<BoardId, Memory> byBoard = new ConcurrentHashMap<>();
    private final Clock clock;

    public LastKnown(Clock clock) {
        this.clock = clock;
    }

    /** Something that a board said, and when. */
    public record Seen<T>(T value, Instant at) {}

    private enum Fact {
        CLOCK,
        STATUS,
        NETWORK
    }

    private static final class Memory {
        private final Map<Pad, Seen<PadState>> pads = new TreeMap<>();
        private final Map<Fact, Seen<?>> facts = new EnumMap<>(Fact.class);
    }

    /** A board answered. */
    public void result(BoardId board, Result result) {
        var now = clock.instant();
        var memory = byBoard.computeIfAbsent(board, id -> new Memory());
        synchronized (memory) {
            if (result instanceof Result.OnePad one) {
                memory.pads.put(one.state().pad(), new Seen<>(one.state(), now));
            } else if (result instanceof Result.AllPads all) {
                remember(memory, all, now);
            } else if (result instanceof Result.Clock read) {
                memory.facts.put(Fact.CLOCK, new Seen<>(read.state(), now));
            } else if (result instanceof Result.Status read) {
                memory.facts.put(Fact.STATUS, new Seen<>(read.status(), now));
            } else if (result instanceof Result.Network read) {
                memory.facts.put(Fact.NETWORK, new Seen<>(read.network(), now));
            }
        }
    }

    private static void remember(Memory memory, Result.AllPads all, Instant now) {
        var state = all.state();
        for (int n = 0; n < Pad.COUNT; n++) {
            var pad = new Pad(n);
            var before = memory.pads.get(pad);
            // A list of all pads does not tell which edges are reported.
            var edge = before == null ? Edge.NONE : before.value().edge();
            memory.pads.put(
                    pad,
                    new Seen<>(
                            new PadState(
                                    pad,
                                    state.direction(pad),
                                    state.pull(pad),
                                    edge,
                                    state.level(pad),
                                    state.reserved().contains(pad)),
                            now));
        }
    }

    /** A board reported an edge. */
    public void edge(BoardId board, PadEdge edge) {
        var memory = byBoard.get(board);
        if (memory == null) {
            return;
        }
        var now = clock.instant();
        synchronized (memory) {
            memory.pads.computeIfPresent(edge.pad(), (pad, before) -> {
                var old = before.value();
                return new Seen<>(
                        new PadState(pad, old.direction(), old.pull(), old.edge(), edge.level(), old.reserved()), now);
            });
        }
    }

    /** Forgets a board. */
    public void forget(BoardId board) {
        byBoard.remove(board);
    }

    public Optional<Seen<PadState>> pad(BoardId board, Pad pad) {
        var memory = byBoard.get(board);
        if (memory == null) {
            return Optional.empty();
        }
        synchronized (memory) {
            return Optional.ofNullable(memory.pads.get(pad));
        }
    }

    /** The pads of which anything is known, in ascending order. */
    public List<Seen<PadState>> pads(BoardId board) {
        var memory = byBoard.get(board);
        if (memory == null) {
            return List.of();
        }
        synchronized (memory) {
            return List.copyOf(memory.pads.values());
        }
    }

    public Optional<Seen<ClockState>> clock(BoardId board) {
        return fact(board, Fact.CLOCK, ClockState.class);
    }

    public Optional<Seen<BoardStatus>> status(BoardId board) {
        return fact(board, Fact.STATUS, BoardStatus.class);
    }

    public Optional<Seen<NetworkInfo>> network(BoardId board) {
        return fact(board, Fact.NETWORK, NetworkInfo.class);
    }

    private <T> Optional<Seen<T>> fact(BoardId board, Fact fact, Class<T> kind) {
        var memory = byBoard.get(board);
        if (memory == null) {
            return Optional.empty();
        }
        synchronized (memory) {
            var seen = memory.facts.get(fact);
            return seen == null ? Optional.empty() : Optional.of(new Seen<>(kind.cast(seen.value()), seen.at()));
        }
    }
}
