package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.gateway.access.AuditLog;
import dev.ft900.gateway.access.Caller;
import dev.ft900.gateway.access.CertificateRoles;
import dev.ft900.gateway.access.DeviceGroups;
import dev.ft900.gateway.access.IdempotencyStore;
import dev.ft900.gateway.access.Role;
import dev.ft900.gateway.access.Scope;
import dev.ft900.gateway.access.TokenStore;
import dev.ft900.gateway.device.DesiredPin;
import dev.ft900.gateway.store.SqlDesiredPins;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who may call, and what was called, on every database, and for several servers on one. */
class AccessStoresIT extends Stores {
    @Test
    void tokensRolesAndGroupsAreShared() {
        var here = new TokenStore(database, Clock.systemUTC());
        var there = new TokenStore(other, Clock.systemUTC());
        var made = here.create("ci", Role.OPERATOR, Scope.ALL, Optional.of(Duration.ofHours(1)));
        var endless = here.create("panel", Role.VIEWER);

        assertThat(there.verify(made.secret()).map(Caller::name)).contains("ci");
        assertThat(there.verify(endless).map(Caller::name)).contains("panel");
        assertThat(there.list()).hasSize(2);
        assertThat(here.revoke(made.token().id())).isTrue();
        assertThat(new TokenStore(other, Clock.systemUTC()).verify(made.secret()))
                .isEmpty();

        var roles = new CertificateRoles(database, Clock.systemUTC());
        roles.allow(new Caller("b", Role.VIEWER));
        roles.allow(new Caller("B", Role.VIEWER));
        roles.allow(new Caller("b", Role.ADMIN));
        assertThat(new CertificateRoles(other, Clock.systemUTC()).list())
                .containsExactly(new Caller("B", Role.VIEWER), new Caller("b", Role.ADMIN));

        register();
        new DeviceGroups(database).set(BOARD, Set.of("b", "a"));
        new DeviceGroups(database).set(BOARD, Set.of("c", "a"));
        assertThat(new DeviceGroups(other).of(BOARD)).containsExactly("a", "c");
    }

    @Test
    void aWriteWithAKeyIsBegunByOneServerOnly() throws Exception {
        var begun = new ArrayList<Callable<Optional<IdempotencyStore.Answer>>>();
        for (int i = 0; i < WRITERS; i++) {
            var store = new IdempotencyStore(i % 2 == 0 ? database : other, Clock.systemUTC());
            begun.add(() -> store.begin("ci", "key", "print"));
        }
        var threads = Executors.newFixedThreadPool(WRITERS);
        try {
            var known = new ArrayList<Optional<IdempotencyStore.Answer>>();
            for (var answer : threads.invokeAll(begun)) {
                known.add(answer.get(30, TimeUnit.SECONDS));
            }
            assertThat(known).filteredOn(Optional::isEmpty).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
        var answer = new IdempotencyStore.Answer("print", 201, "application/json", null, "{}");
        new IdempotencyStore(database, Clock.systemUTC()).answered("ci", "key", answer);
        assertThat(new IdempotencyStore(other, Clock.systemUTC()).begin("ci", "key", "print"))
                .contains(answer);
    }

    @Test
    void desiredStatesAndTheAuditLogAreShared() {
        var write = Command.WritePad.level(new Pad(7), Level.HIGH);
        register();
        var pins = new SqlDesiredPins(database);
        pins.put(new DesiredPin(BOARD, Command.WritePad.level(new Pad(7), Level.LOW), Instant.EPOCH, "ci"));
        pins.put(new DesiredPin(BOARD, write, Instant.EPOCH, "panel"));
        assertThat(new SqlDesiredPins(other).of(BOARD))
                .containsExactly(new DesiredPin(BOARD, write, Instant.EPOCH, "panel"));
        assertThat(new SqlDesiredPins(other).remove(BOARD, new Pad(7))).isTrue();

        var here = new AuditLog(database);
        var there = new AuditLog(other);
        here.note(new AuditLog.Entry(Instant.ofEpochMilli(1), "ci", "::1", "r1", "PUT", "/a", 200));
        there.note(new AuditLog.Entry(Instant.ofEpochMilli(2), "ci", "::1", "r2", "PUT", "/b", 200));
        here.close();
        there.close();
        assertThat(here.last(10)).extracting(AuditLog.Entry::requestId).containsExactly("r2", "r1");
    }

    @Test
    void whatOfTheAuditLogCannotBeWrittenToTheEndIsCounted() throws Exception {
        var audit = new AuditLog(database);
        rename("audit", "away");
        try {
            audit.note(new AuditLog.Entry(Instant.EPOCH, "ci", "", "request", "PUT", "/somewhere", 200));
        } finally {
            audit.close();
            rename("away", "audit");
        }

        assertThat(audit.lost()).isOne();
    }
}
