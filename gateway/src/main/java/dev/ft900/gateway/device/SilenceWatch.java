package dev.ft900.gateway.device;

import dev.ft900.protocol.name.BoardId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Doubts boards that are said to be there. A node of a broker that dies publishes no last will of the boards that were connected to it: those that
 * do not come back elsewhere would be online for ever. So who did not answer a command is asked at once, and all are asked in turn, each about once a
 * minute. One that leaves two questions unanswered counts as offline, with its birth as a hint ({@link HintChecks}). Safe for use by several threads.
 */
final class SilenceWatch implements CommandRecord.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(SilenceWatch.class);

    /** In which all boards have their turn. */
    static final Duration ROUND = Duration.ofMinutes(1);

    static final Duration STEP = Duration.ofSeconds(1);

    /** A broker that works through a storm may deliver one answer late. */
    static final int QUESTIONS = 2;

    private final Probes probes;
    private final HintChecks checks;
    private final PresenceTracker presence;
    private final ScheduledExecutorService timer;
    private final Set<BoardId> doubted = ConcurrentHashMap.newKeySet();
    /** Who has not had a turn yet; confined to the timer's thread, as what follows. */
    private final Queue<BoardId> round = new ArrayDeque<>();

    private int perStep;

    SilenceWatch(Probes probes, HintChecks checks, PresenceTracker presence, ScheduledExecutorService timer) {
        this.probes = probes;
        this.checks = checks;
        this.presence = presence;
        this.timer = timer;
    }

    /** From now on. */
    void begin() {
        timer.schedule(this::step, STEP.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void step() {
        if (round.isEmpty()) {
            round.addAll(presence.present().keySet());
            perStep = (int) Math.ceil((double) round.size() / ROUND.dividedBy(STEP));
        }
        for (int i = 0; i < perStep && !round.isEmpty(); i++) {
            doubt(round.remove(), QUESTIONS);
        }
        begin();
    }

    /** Who did not answer a command has left one question unanswered. */
    @Override
    public void ended(CommandRecord ended) {
        if (ended.outcome().equals(NoAnswerException.CODE)) {
            doubt(ended.board(), QUESTIONS - 1);
        }
    }

    private void doubt(BoardId board, int questions) {
        if (presence.standing(board).orElse(null) instanceof Standing.Online online && doubted.add(board)) {
            ask(board, online, questions);
        }
    }

    private void ask(BoardId board, Standing.Online online, int questions) {
        probes.ask(board, () -> presence.standing(board).filter(online::equals).isPresent(), (reply, failure) -> {
            boolean isSilent = failure instanceof NoAnswerException;
            if (isSilent && questions > 1) {
                ask(board, online, questions - 1);
                return;
            }
            doubted.remove(board);
            if (isSilent && presence.lost(board, online)) {
                LOG.info("{} does not answer any more; it counts as offline", board);
                checks.checkLater(board, online.birth());
            }
        });
    }
}
