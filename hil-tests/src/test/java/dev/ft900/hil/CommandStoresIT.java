package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.gateway.access.AuditLog;
import dev.ft900.gateway.access.DeviceGroups;
import dev.ft900.gateway.device.CommandRecord;
import dev.ft900.gateway.device.DesiredPin;
import dev.ft900.gateway.device.Hops;
import dev.ft900.gateway.device.Origin;
import dev.ft900.gateway.device.QueuedCommand;
import dev.ft900.gateway.store.EndedCommands;
import dev.ft900.gateway.store.GatewayLease;
import dev.ft900.gateway.store.SqlCommandQueue;
import dev.ft900.gateway.store.SqlDesiredPins;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.name.CommandId;
import dev.ft900.protocol.name.GatewayName;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Commands that wait, and ends of commands, on every database, and for several servers on one. */
class CommandStoresIT extends Stores {
    private static QueuedCommand queued(String id) {
        return queued(id, Instant.now().plusSeconds(600));
    }

    private static QueuedCommand queued(String id, Instant deadline) {
        return new QueuedCommand(
                id,
                BOARD,
                new Origin("request", "ci"),
                new Command.ReadStatus(),
                QueuedCommand.State.QUEUED,
                Instant.EPOCH,
                deadline,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "");
    }

    @Test
    void whatIsKeptForABoardGoesWithItWhicheverProcessRemovesIt() throws Exception {
        enrolment.register(BOARD, KeyKind.P256.generate().getPublic(), Optional.empty(), Optional.empty());
        new DeviceGroups(database).set(BOARD, Set.of("a"));
        new SqlDesiredPins(database)
                .put(new DesiredPin(BOARD, Command.WritePad.level(new Pad(7), Level.LOW), Instant.EPOCH, "ci"));
        new SqlCommandQueue(database, "a", () -> true).add(queued("one"));

        var elsewhere = new Enrolment(other, authority, Clock.systemUTC());
        elsewhere.remove(BOARD);
        elsewhere.register(BOARD, KeyKind.P256.generate().getPublic(), Optional.empty(), Optional.empty());

        assertThat(new DeviceGroups(database).of(BOARD)).isEmpty();
        assertThat(new SqlDesiredPins(database).of(BOARD)).isEmpty();
        assertThat(new SqlCommandQueue(database, "a", () -> true).of(BOARD, 10)).isEmpty();
    }

    @Test
    void aQueuedCommandIsClaimedByOneGatewayAndHoldsBackTheNext() {
        register();
        var a = new SqlCommandQueue(database, "a", () -> true);
        var b = new SqlCommandQueue(other, "b", () -> true);
        a.add(queued("second in the alphabet"));
        b.add(queued("first in the alphabet"));

        assertThat(b.next(BOARD)).map(QueuedCommand::id).contains("second in the alphabet");
        assertThat(b.claim("second in the alphabet", new CommandId("c1"), Instant.now()))
                .isTrue();
        assertThat(a.claim("second in the alphabet", new CommandId("c2"), Instant.now()))
                .isFalse();
        assertThat(a.next(BOARD)).isEmpty();

        // It is none of a's business.
        a.again("second in the alphabet");
        a.ended("second in the alphabet", QueuedCommand.State.DONE, "done", "", Instant.EPOCH);
        assertThat(a.find(BOARD, "second in the alphabet"))
                .map(QueuedCommand::state)
                .contains(QueuedCommand.State.SENT);

        b.ended("second in the alphabet", QueuedCommand.State.DONE, "done", "", Instant.EPOCH);
        assertThat(a.next(BOARD)).map(QueuedCommand::id).contains("first in the alphabet");
        assertThat(a.of(BOARD, 10))
                .extracting(QueuedCommand::id)
                .containsExactly("first in the alphabet", "second in the alphabet");
    }

    /** A gateway may have been asleep since it looked what is to be sent. */
    @Test
    void aCommandWhoseDeadlineIsOverWhenItIsClaimedIsNotSent() {
        register();
        var a = new SqlCommandQueue(database, "a", () -> true);
        a.add(queued("late", Instant.now().minusSeconds(60)));
        assertThat(a.next(BOARD)).map(QueuedCommand::id).contains("late");

        assertThat(a.claim("late", new CommandId("c1"), Instant.now())).isFalse();
        assertThat(a.find(BOARD, "late")).map(QueuedCommand::state).contains(QueuedCommand.State.QUEUED);
    }

    @Test
    void whatAGatewayIsSendingIsItsOwnAsLongAsItHasItsLease() throws Exception {
        var lease = GatewayLease.take(database, new GatewayName("a"));
        register();
        var a = new SqlCommandQueue(database, lease.run(), () -> true);
        var b = new SqlCommandQueue(other, "b", () -> true);
        a.add(queued("one"));
        assertThat(a.claim("one", new CommandId("c1"), Instant.now())).isTrue();
        var now = lease.clock().instant();

        assertThat(a.interrupted(now)).isZero();
        assertThat(b.interrupted(now)).isZero();
        if (kind == Kind.POSTGRESQL) {
            var back = new SqlCommandQueue(other, "c", () -> false);
            assertThat(back.interrupted(now.plus(GatewayLease.VALID).plusSeconds(1)))
                    .as("by one that reached the database only now")
                    .isZero();
            assertThat(b.interrupted(now.plus(GatewayLease.VALID).plusSeconds(1)))
                    .isOne();
            lease.close();
        } else {
            // The next start on the same folder.
            GatewayLease.take(database, new GatewayName("a"));
            assertThat(b.interrupted(now)).isOne();
        }
        assertThat(a.find(BOARD, "one")).hasValueSatisfying(ended -> {
            assertThat(ended.state()).isEqualTo(QueuedCommand.State.FAILED);
            assertThat(ended.outcome()).contains("no-answer");
        });
        // The answer came after all; what was told stays told.
        a.ended("one", QueuedCommand.State.DONE, "done", "", now);
        assertThat(a.find(BOARD, "one")).map(QueuedCommand::state).contains(QueuedCommand.State.FAILED);
    }

    @Test
    void aCommandThatEndedAtOneGatewayIsToldToTheOthersOnce() {
        var heardAtA = new ArrayList<CommandRecord>();
        var heardAtB = new ArrayList<CommandRecord>();
        var a = new EndedCommands(database, "a", Clock.systemUTC(), heardAtA::add);
        var b = new EndedCommands(other, "b", Clock.systemUTC(), heardAtB::add);
        var ended = ended("c1");

        a.ended(ended);
        a.exchange();
        b.exchange();
        b.exchange();
        a.exchange();

        assertThat(heardAtB).containsExactly(ended);
        assertThat(heardAtA).isEmpty();
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenWhenTheDatabaseIsBack() throws Exception {
        var heard = new ArrayList<CommandRecord>();
        var a = new EndedCommands(database, "a", Clock.systemUTC(), heard::add);
        var b = new EndedCommands(other, "b", Clock.systemUTC(), heard::add);
        var entry = new AuditLog.Entry(Instant.EPOCH, "ci", "", "request", "PUT", "/somewhere", 200);
        try (var audit = new AuditLog(database)) {
            rename("ended_command", "away1");
            rename("audit", "away2");
            a.ended(ended("c1"));
            a.exchange();
            a.ended(ended("c2"));
            audit.note(entry);
            a.exchange();
            rename("away1", "ended_command");
            rename("away2", "audit");

            a.exchange();
            b.exchange();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(audit.last(10)).containsExactly(entry));
            assertThat(audit.lost()).isZero();
        }

        assertThat(heard).containsExactly(ended("c1"), ended("c2"));
    }

    private static CommandRecord ended(String id) {
        return new CommandRecord(
                Optional.of(new CommandId(id)),
                new Origin("request", "ci"),
                BOARD,
                Command.WritePad.level(new Pad(7), Level.HIGH),
                Instant.ofEpochMilli(5),
                "no-answer",
                "silent",
                new Hops(1, 2, 3, 4),
                Duration.ofMillis(7));
    }
}
