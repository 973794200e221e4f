package dev.ft900.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ft900.ca.store.BoardStore;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.device.QueuedCommand.State;
import dev.ft900.gateway.store.GatewayDatabase;
import dev.ft900.gateway.store.SqlCommandQueue;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.ErrorCode;
import dev.ft900.protocol.message.Reply;
import dev.ft900.protocol.message.Request;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.name.CommandId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class CommandQueueTest {
    private static final BoardId BOARD = new BoardId("board1");
    private static final BootId BOOT = new BootId("00000001");
    private static final Origin ORIGIN = new Origin("request-1", "tester");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2026-11-23T07:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final ManualTimer timer = new ManualTimer();
    private final SentRequests requests = new SentRequests();
    private final List<State> statesWhenSent = new ArrayList<>();
    private final PresenceTracker presence = new PresenceTracker(clock);
    private final SameThreadTimer own = new SameThreadTimer();
    private int runs;
    private StateDatabase database;
    private SqlCommandQueue store;
    private CommandService commands;
    private CommandQueue queue;

    @BeforeEach
    void open() throws IOException {
        database = GatewayDatabase.migrate(StateDatabase.open(new StateFolder(folder).create()));
        database.jdbi().useTransaction(handle -> new BoardStore(handle).add(BOARD, Optional.empty(), clock.instant()));
        requests.before(() -> store.of(BOARD, 10).forEach(command -> statesWhenSent.add(command.state())));
        commands = requests.service(presence, timer, clock);
        presence.follow(BOARD);
        queue = started();
    }

    private CommandQueue started() {
        // Each start is a run of its own; so what an earlier one was sending is nobody's.
        store = new SqlCommandQueue(database, "run" + ++runs, () -> true);
        var made = new CommandQueue(store, commands, presence, own, clock, Duration.ofSeconds(5));
        made.start();
        return made;
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void comes() {
        isHeardOf(false);
    }

    private void isHeardOf(boolean retained) {
        presence.heard(BOARD, Births.of(BOOT), retained);
    }

    @Test
    void aCommandWaitsUntilTheBoardItselfSaysThatItIsThere() {
        var queued = add(new Command.Reset());
        isHeardOf(true);
        add(new Command.ReadStatus());
        assertThat(requests.all()).isEmpty();
        assertThat(state(queued)).isEqualTo(State.QUEUED);

        presence.answered(BOARD, BOOT);
        assertThat(requests.all()).hasSize(1);
        assertThat(state(queued)).isEqualTo(State.SENT);
    }

    private QueuedCommand add(Command command) {
        return queue.add(BOARD, command, ORIGIN, MINUTE).orElseThrow();
    }

    private State state(QueuedCommand queued) {
        return queue.find(BOARD, queued.id()).orElseThrow().state();
    }

    /** The tables are away, which is what a database that stopped is to a statement. */
    @Test
    void aCommandThatCannotBeClaimedWaitsAndIsSentOnceWhenTheDatabaseIsBack() {
        var queued = add(new Command.Reset());
        database.jdbi()
                .useHandle(handle -> handle.execute("create trigger away before update of owner on queued_command"
                        + " when new.owner is not null begin select raise(abort, 'away'); end"));

        comes();
        assertThat(requests.all()).isEmpty();
        assertThat(state(queued)).isEqualTo(State.QUEUED);

        database.jdbi().useHandle(handle -> handle.execute("drop trigger away"));
        comes();
        assertThat(requests.all()).hasSize(1);
        commands.replied(BOARD, Reply.done(requests.last().id(), BOOT, new Result.Resetting()));
        assertThat(state(queued)).isEqualTo(State.DONE);
    }

    @Test
    void aCommandWaitsForItsBoardAndIsDoneOnce() {
        var queued = add(new Command.Reset());
        assertThat(state(queued)).isEqualTo(State.QUEUED);
        assertThat(requests.all()).isEmpty();

        comes();
        assertThat(state(queued)).isEqualTo(State.SENT);
        commands.replied(BOARD, Reply.done(requests.last().id(), BOOT, new Result.Resetting()));

        assertThat(state(queued)).isEqualTo(State.DONE);
        assertThat(queue.find(BOARD, queued.id()).orElseThrow().commandId())
                .contains(requests.last().id().value());
        comes();
        assertThat(requests.all()).hasSize(1);
    }

    @Test
    void thatItIsOnItsWayIsOnDiskBeforeItIsSent() {
        add(new Command.Reset());

        comes();

        assertThat(statesWhenSent).containsExactly(State.SENT);
    }

    @Test
    void commandsOfOneBoardGoInOrderAndOneAtATime() {
        var first = add(new Command.WriteUart(0, "one"));
        now = now.plusMillis(1);
        var second = add(new Command.WriteUart(0, "two"));
        comes();
        assertThat(requests.all()).extracting(Request::command).containsExactly(new Command.WriteUart(0, "one"));
        assertThat(state(second)).isEqualTo(State.QUEUED);

        commands.replied(BOARD, Reply.done(requests.last().id(), BOOT, new Result.UartWritten(3)));

        assertThat(state(first)).isEqualTo(State.DONE);
        assertThat(state(second)).isEqualTo(State.SENT);
    }

    @Test
    void whatWasOnItsWayWhenTheGatewayDiedIsNeverSentAgainAndSaidToBeUnknown() {
        var queued = add(new Command.Reset());
        comes();
        assertThat(state(queued)).isEqualTo(State.SENT);

        queue = started();
        comes();

        assertThat(requests.all()).hasSize(1);
        assertThat(queue.find(BOARD, queued.id()).orElseThrow()).satisfies(after -> {
            assertThat(after.state()).isEqualTo(State.FAILED);
            assertThat(after.outcome()).contains("no-answer");
            assertThat(after.detail()).contains("unknown");
        });
    }

    @Test
    void whatWaitedWhenTheGatewayDiedIsSentByTheNext() {
        var queued = add(new Command.Reset());

        queue = started();
        comes();

        assertThat(state(queued)).isEqualTo(State.SENT);
        assertThat(requests.all()).hasSize(1);
    }

    /** Two gateways may add at once, and each look when the other has claimed already. */
    @Test
    void noneIsClaimedWhileAnotherOfTheSameBoardIsOnItsWay() {
        var first = add(new Command.Reset());
        var second = add(new Command.ReadStatus());
        assertThat(store.claim(first.id(), new CommandId("a"), now)).isTrue();
        assertThat(store.claim(second.id(), new CommandId("b"), now)).isFalse();

        store.ended(first.id(), State.DONE, CommandRecord.DONE, "", now);

        assertThat(store.claim(second.id(), new CommandId("b"), now)).isTrue();
    }

    @Test
    void aNewCommandBelongsBehindOneThatIsOnItsWayAndMayWaitAgain() {
        assertThat(queue.isWaiting(BOARD)).isFalse();
        var queued = add(new Command.Reset());
        comes();
        assertThat(state(queued)).isEqualTo(State.SENT);
        assertThat(queue.isWaiting(BOARD)).isTrue();

        commands.replied(BOARD, Reply.done(requests.last().id(), BOOT, new Result.Resetting()));

        assertThat(queue.isWaiting(BOARD)).isFalse();
    }

    @Test
    void aCommandWhoseDeadlinePassedIsNotSent() {
        var queued = add(new Command.Reset());
        now = now.plus(MINUTE);

        comes();

        assertThat(state(queued)).isEqualTo(State.EXPIRED);
        assertThat(requests.all()).isEmpty();
    }

    @Test
    void whatTheBoardRefusedAsMeantForAnotherBootWaitsAgain() {
        var queued = add(new Command.Reset());
        comes();

        commands.replied(BOARD, Reply.refused(requests.last().id(), BOOT, ErrorCode.WRONG_BOOT, "another boot"));
        assertThat(state(queued)).isEqualTo(State.QUEUED);
        comes();

        assertThat(state(queued)).isEqualTo(State.SENT);
        assertThat(requests.all()).hasSize(2);
    }

    @Test
    void whatCouldNotBeSentWaitsAgain() {
        requests.setDown(true);
        var queued = add(new Command.Reset());
        comes();
        assertThat(state(queued)).isEqualTo(State.QUEUED);

        requests.setDown(false);
        comes();

        assertThat(state(queued)).isEqualTo(State.SENT);
    }

    @Test
    void aRefusalIsAnEnd() {
        var queued = add(new Command.Reset());
        comes();

        commands.replied(BOARD, Reply.refused(requests.last().id(), BOOT, ErrorCode.PAD_RESERVED, "no"));

        assertThat(queue.find(BOARD, queued.id()).orElseThrow().outcome()).contains("pad-reserved");
        assertThat(state(queued)).isEqualTo(State.FAILED);
    }

    @Test
    void theQueueOfABoardIsBounded() {
        for (int i = 0; i < CommandQueue.MOST_PER_BOARD; i++) {
            add(new Command.Reset());
        }

        assertThat(queue.add(BOARD, new Command.Reset(), ORIGIN, MINUTE)).isEmpty();
    }

    @Test
    void aClockThatIsSetForwardEndsWhatWaitsWithoutSendingIt() {
        var queued = add(new Command.Reset());

        now = now.plus(Duration.ofHours(1));
        comes();

        assertThat(state(queued)).isEqualTo(State.EXPIRED);
        assertThat(requests.all()).isEmpty();
    }

    @Test
    void aClockThatIsSetBackDoesNotKeepACommandWaitingForLongerThanWasAsked() {
        var queued = add(new Command.Reset());

        now = now.minus(Duration.ofHours(1));
        comes();

        assertThat(state(queued)).isEqualTo(State.EXPIRED);
        assertThat(queue.find(BOARD, queued.id()).orElseThrow().detail()).contains("set back");
        assertThat(requests.all()).isEmpty();
    }

    @Test
    void commandsGoInTheOrderInWhichTheyCameWhateverTheClockSays() {
        add(new Command.ReadStatus());
        now = now.minusSeconds(3);
        add(new Command.Reset());

        comes();

        assertThat(requests.last().command()).isEqualTo(new Command.ReadStatus());
    }

    @Test
    void theLogTellsWhoseCommandItIsThoughTheirRequestIsLongOver() {
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        var logger = (Logger) LoggerFactory.getLogger(CommandQueue.class);
        logger.addAppender(log);
        try {
            comes();
            add(new Command.Reset());
            database.jdbi().useHandle(handle -> handle.execute("alter table queued_command rename to away"));
            commands.replied(BOARD, Reply.done(requests.last().id(), BOOT, new Result.Resetting()));

            assertThat(log.list)
                    .filteredOn(line -> line.getFormattedMessage().startsWith("what became of queued command"))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line.getMDCPropertyMap()).containsEntry("request", "request-1"));
        } finally {
            logger.detachAppender(log);
        }
    }

    @Test
    void whatBecameOfACommandIsWrittenDownOnceTheStoreCanBeWrittenAgain() {
        var queued = add(new Command.Reset());
        comes();
        database.jdbi().useHandle(handle -> handle.execute("alter table queued_command rename to away"));
        commands.replied(BOARD, Reply.done(requests.last().id(), BOOT, new Result.Resetting()));
        database.jdbi().useHandle(handle -> handle.execute("alter table away rename to queued_command"));
        assertThat(state(queued)).isEqualTo(State.SENT);

        own.runNext();

        assertThat(state(queued)).isEqualTo(State.DONE);
        assertThat(requests.all()).hasSize(1);
    }

    @Test
    void whatEndedLongAgoIsForgottenWhileTheGatewayRuns() {
        var queued = add(new Command.Reset());
        comes();
        commands.replied(BOARD, Reply.done(requests.last().id(), BOOT, new Result.Resetting()));
        assertThat(state(queued)).isEqualTo(State.DONE);

        now = now.plus(Duration.ofDays(8));
        for (int seconds = 0; seconds <= 3_600; seconds++) {
            own.tick();
        }

        assertThat(queue.find(BOARD, queued.id())).isEmpty();
    }

    @Test
    void whatWaitsForABoardGoesWithIt() {
        add(new Command.Reset());

        database.jdbi().useTransaction(handle -> {
            new BoardStore(handle).remove(BOARD);
            new BoardStore(handle).add(BOARD, Optional.empty(), clock.instant());
        });

        assertThat(queue.of(BOARD)).isEmpty();
        comes();
        assertThat(requests.all()).isEmpty();
    }
}
