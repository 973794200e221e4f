package dev.ft900.gateway.device;

import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * Who is there. Only registered boards are followed. Safe for use by several threads; listeners are called on the thread that brings the
 * news.
 *
 * <pre>
 *            birth                        retained birth
 *   Offline ───────► Online ◄───────────── Hinted ◄────────── Offline
 *      ▲               │         answer       │
 *      └───────────────┴──────────────────────┘  last will of this very connection; no answer to a check
 * </pre>
 *
 * A board that did not answer a check is asked again ({@link HintChecks}); its answer, however late, makes it Online. Nor do all brokers
 * remember births: boards that are Offline are asked when the connection to the broker stands ({@link RollCall}), and an answer makes them Online.
 */
public final class PresenceTracker {
    private final Map<BoardId, Standing> standings = new ConcurrentHashMap<>();
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final Clock clock;

    /** Wants to know of births. */
    public interface Listener {
        /** A board told that it is there; or one that was only hinted at answered. */
        void online(BoardId id, Presence.Up birth);

        /** A board is gone, or the broker that brought news of it. */
        void offline(BoardId id);
    }

    public PresenceTracker(Clock clock) {
        this.clock = clock;
    }

    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    public void removeListener(Listener listener) {
        listeners.remove(listener);
    }

    /** Empty for a board that is not followed. */
    public Optional<Standing> standing(BoardId id) {
        return Optional.ofNullable(standings.get(id));
    }

    /** The boards that are followed. */
    public Set<BoardId> followed() {
        return new HashSet<>(standings.keySet());
    }

    /** How many boards are connected. */
    public long online() {
        return standings.values().stream().filter(Standing::isOnline).count();
    }

    /** Begins to follow a board. @return false when it was followed already */
    public boolean follow(BoardId id) {
        return standings.putIfAbsent(id, new Standing.Offline(clock.instant())) == null;
    }

    /** Stops following a board. @return false when it was not followed */
    public boolean forget(BoardId id) {
        return standings.remove(id) != null;
    }

    /**
     * Forgets all that is known of all boards: the connection to the broker is gone. Nothing can be sent to them, so they count as
     * offline until they are heard of again.
     */
    public void forgetStandings() {
        var gone = new HashSet<BoardId>();
        standings.replaceAll((id, standing) -> {
            if (birth(standing).isPresent()) {
                gone.add(id);
            }
            return new Standing.Offline(clock.instant());
        });
        gone.forEach(id -> listeners.forEach(listener -> listener.offline(id)));
    }

    /**
     * A presence message came.
     *
     * @param retained whether the broker had kept it from before we listened
     */
    public void heard(BoardId id, Presence presence, boolean retained) {
        var now = clock.instant();
        var was = new AtomicReference<Standing>();
        var after = standings.computeIfPresent(id, (board, before) -> {
            was.set(before);
            return next(before, presence, retained, now);
        });
        if (after != null) {
            tell(id, was.get(), presence, retained, after);
        }
    }

    private static Standing next(Standing before, Presence presence, boolean retained, Instant now) {
        if (presence instanceof Presence.Up up) {
            return retained ? (isOf(before, up) ? before : new Standing.Hinted(up)) : new Standing.Online(up, now);
        }
        return isOf(before, presence)
                        || unconfirmed(before).filter(up -> isOf(up, presence)).isPresent()
                ? new Standing.Offline(now)
                : before;
    }

    private void tell(BoardId id, Standing before, Presence presence, boolean retained, Standing after) {
        if (after instanceof Standing.Online online && !retained && presence.equals(online.birth())) {
            boolean isTold = before instanceof Standing.Online known
                    && known.isFound()
                    && known.birth().boot().equals(presence.boot());
            if (!isTold) {
                listeners.forEach(listener -> listener.online(id, online.birth()));
            }
        } else if (after instanceof Standing.Offline && birth(before).isPresent()) {
            listeners.forEach(listener -> listener.offline(id));
        }
    }

    /** Whether a message speaks of the connection that we know, or of a later one of the same boot. */
    private static boolean isOf(Standing standing, Presence presence) {
        return birth(standing).filter(birth -> isOf(birth, presence)).isPresent();
    }

    private static boolean isOf(Presence.Up birth, Presence presence) {
        return birth.boot().equals(presence.boot()) && presence.connection() >= birth.connection();
    }

    /** The board answered, in time or late: so it is there. */
    public void answered(BoardId id, BootId boot) {
        var before = standings.get(id);
        if (before == null || before.isOnline()) {
            return;
        }
        birth(before)
                .or(() -> unconfirmed(before))
                .filter(birth -> birth.boot().equals(boot))
                .ifPresent(birth -> {
                    if (standings.replace(id, before, new Standing.Online(birth, clock.instant()))) {
                        listeners.forEach(listener -> listener.online(id, birth));
                    }
                });
    }

    /**
     * A board of which nothing was heard answered.
     *
     * @param before how it stood when it was asked; what was heard since counts more
     */
    void found(BoardId id, Standing before, Presence.Up birth) {
        if (standings.replace(id, before, new Standing.Online(birth, clock.instant(), true))) {
            listeners.forEach(listener -> listener.online(id, birth));
        }
    }

    /**
     * A board that is said to be there did not answer when it was asked time and again: as far as anybody knows it is gone.
     *
     * @param before how it stood when it was asked; what was heard since counts more
     * @return whether it counts as offline now
     */
    boolean lost(BoardId id, Standing.Online before) {
        boolean isLost =
                standings.replace(id, before, new Standing.Offline(clock.instant(), Optional.of(before.birth())));
        if (isLost) {
            listeners.forEach(listener -> listener.offline(id));
        }
        return isLost;
    }

    /** The boards of which nobody knows that they are there. */
    Set<BoardId> offline() {
        return standings.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Standing.Offline)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** How the boards stand that are there. */
    Map<BoardId, Standing.Online> present() {
        var present = new HashMap<BoardId, Standing.Online>();
        standings.forEach((id, standing) -> {
            if (standing instanceof Standing.Online online) {
                present.put(id, online);
            }
        });
        return present;
    }

    /** Whether it is one of them. */
    boolean isOffline(BoardId id) {
        return standings.get(id) instanceof Standing.Offline;
    }

    /** A board that was only hinted at did not answer: as far as anybody knows it is not there. */
    public void silent(BoardId id, Presence.Up hint) {
        standings.computeIfPresent(
                id,
                (board, before) -> before instanceof Standing.Hinted hinted
                                && hinted.birth().equals(hint)
                        ? new Standing.Offline(clock.instant(), Optional.of(hint))
                        : before);
    }

    /** Whether nothing was heard of the board since it was asked to confirm this hint, in vain. */
    boolean isUnconfirmed(BoardId id, Presence.Up hint) {
        return standing(id)
                .flatMap(PresenceTracker::unconfirmed)
                .filter(hint::equals)
                .isPresent();
    }

    private static Optional<Presence.Up> unconfirmed(Standing standing) {
        return standing instanceof Standing.Offline offline ? offline.unconfirmed() : Optional.empty();
    }

    /** The board's connection was ended on our word. Not every broker publishes its last will then. */
    public void cutOff(BoardId id) {
        var before = standings.get(id);
        if (before != null
                && birth(before).or(() -> unconfirmed(before)).isPresent()
                && standings.replace(id, before, new Standing.Offline(clock.instant()))
                && birth(before).isPresent()) {
            listeners.forEach(listener -> listener.offline(id));
        }
    }

    /** The birth message behind a standing; empty when the board is offline. */
    static Optional<Presence.Up> birth(Standing standing) {
        if (standing instanceof Standing.Online online) {
            return Optional.of(online.birth());
        }
        return standing instanceof Standing.Hinted hinted ? Optional.of(hinted.birth()) : Optional.empty();
    }
}
