package dev.ft900.ca.cli;

import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.PemException;
import dev.ft900.ca.store.StoredCertificate;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.slot.Der;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Whether a board's identity is in order: slot, clock, certificate, register. */
final class BoardChecks {
    private static final Duration CLOCK_OFF = Duration.ofMinutes(5);
    private static final Duration ENDS_SOON = Duration.ofDays(30);

    private final BoardView board;
    private final Optional<OpenAuthority> authority;
    private final Instant now;

    /** @param authority that should have signed; empty when it is not on this machine */
    BoardChecks(BoardView board, Optional<OpenAuthority> authority, Instant now) {
        this.board = board;
        this.authority = authority;
        this.now = now;
    }

    /** @param expected the id that the board should have; empty for any */
    List<Check> all(Optional<BoardId> expected) {
        var checks = new ArrayList<Check>();
        checks.add(identity(expected));
        checks.add(clock());
        if (board.slot().isPresent() && board.certificate().isPresent()) {
            var own = board.certificate().get();
            checks.add(dates(own));
            checks.add(chain(own));
            checks.add(register(own));
        }
        return checks;
    }

    private Check identity(Optional<BoardId> expected) {
        var name = "identity";
        var id = board.identity().id();
        if (id.isEmpty()) {
            return Check.fail(name, "the board has none", "./ft900 flash --id ID gives it one");
        }
        if (expected.isPresent() && !expected.equals(id)) {
            return Check.fail(
                    name,
                    "expected " + expected.get() + "; the board is " + id.get(),
                    "check which board is plugged in");
        }
        if (board.certificate().isEmpty()) {
            return Check.fail(
                    name, "its certificate cannot be read", "provision it again: ./ft900 flash --id " + id.get());
        }
        var slot = id.get() + ", slot generation " + board.identity().generation();
        return board.identity().onTrial()
                ? Check.warn(name, slot + ", on trial", "it has not connected with it yet; see to its network")
                : Check.ok(name, slot);
    }

    private Check clock() {
        var name = "board clock";
        var clock = board.clock();
        if (clock.isEmpty()) {
            return Check.warn(
                    name,
                    "unset",
                    "a board that checks dates cannot connect; set it through the gateway, or provision");
        }
        var certificate = board.certificate();
        if (certificate.isPresent()
                && (clock.get().isBefore(certificate.get().getNotBefore().toInstant())
                        || clock.get().isAfter(certificate.get().getNotAfter().toInstant()))) {
            return Check.fail(
                    name,
                    clock.get() + ", outside its certificate's dates",
                    "set it through the gateway (PUT /api/v1/devices/ID/rtc), or provision");
        }
        var off = Duration.between(clock.get(), now).abs();
        return off.compareTo(CLOCK_OFF) > 0
                ? Check.warn(name, clock.get() + ", off by " + off.toMinutes() + " minutes", "set it")
                : Check.ok(name, clock.get().toString());
    }

    private Check dates(X509Certificate own) {
        var name = "certificate dates";
        var end = own.getNotAfter().toInstant();
        var words = own.getNotBefore().toInstant() + " to " + end;
        if (now.isAfter(end) || now.isBefore(own.getNotBefore().toInstant())) {
            return Check.fail(name, words + ", not good now", "provision it again, or check this machine's clock");
        }
        return now.plus(ENDS_SOON).isAfter(end)
                ? Check.warn(
                        name, words + ", ends soon", "renew: POST /api/v1/devices/ID/certificates, or ./ft900 flash")
                : Check.ok(name, words);
    }

    private Check chain(X509Certificate own) {
        var name = "certificate chain";
        var slot = board.slot().orElseThrow();
        try {
            X509Certificate child = own;
            for (var der : slot.chain().subList(1, slot.chain().size())) {
                var parent = Pem.readCertificate(der.bytes());
                child.verify(parent.getPublicKey());
                child = parent;
            }
            if (authority.isEmpty()) {
                return Check.ok(name, "holds together");
            }
            var root = authority.get().authority().root();
            if (!child.equals(root)) {
                child.verify(root.getPublicKey());
            }
            boolean anchored =
                    slot.anchors().stream().map(Der::bytes).anyMatch(anchor -> Arrays.equals(anchor, Pem.der(root)));
            return anchored
                    ? Check.ok(name, "leads to this authority, and the board trusts it")
                    : Check.fail(
                            name,
                            "leads to this authority, but the board trusts another",
                            "it will refuse our broker: provision it again");
        } catch (GeneralSecurityException | PemException e) {
            return Check.fail(
                    name,
                    "does not lead to this authority: " + e.getMessage(),
                    "provision it again, or name the right --state");
        }
    }

    private Check register(X509Certificate own) {
        var name = "register";
        if (authority.isEmpty()) {
            return Check.skipped(name, "there is no authority on this machine; the gateway knows");
        }
        var id = board.identity().id().orElseThrow();
        var serial = StoredCertificate.serial(own.getSerialNumber());
        var enrolment = authority.get().enrolment();
        var stored = enrolment.certificate(serial);
        if (enrolment.find(id).isEmpty()) {
            return Check.fail(name, id + " is not registered", "provision it again: ./ft900 flash --id " + id);
        }
        if (stored.isEmpty()) {
            return Check.fail(name, "the certificate " + serial + " is not in the store", "provision it again");
        }
        return stored.get().isRevoked()
                ? Check.fail(name, "the certificate " + serial + " is revoked", "provision it again")
                : Check.ok(name, id + " is registered, its certificate " + serial + " is good");
    }
}
