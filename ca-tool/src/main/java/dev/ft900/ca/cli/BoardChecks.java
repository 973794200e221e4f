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
    private final Optional<Register> register;
    private final Instant now;

    /** @param register of the authority that should have signed; empty when it is not on this machine */
    BoardChecks(BoardView board, Optional<Register> register, Instant now) {
        this.board = board;
        this.register = register;
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
            return Check.warn(name, "unset", "a board that checks dates cannot connect; " + set());
        }
        var shown = clock.get();
        var off = Duration.between(shown, now).abs();
        boolean right = off.compareTo(CLOCK_OFF) <= 0;
        var wrong = board.certificate().flatMap(own -> outside(shown, own));
        if (wrong.isPresent()) {
            return Check.fail(
                    name,
                    wrong.get() + ": to the board it is not good",
                    right ? "the clock is right: provision it again, or check this machine's clock" : set());
        }
        return right
                ? Check.ok(name, shown.toString())
                : Check.warn(name, shown + ", off by " + off.toMinutes() + " minutes", set());
    }

    /** How a clock stands to the dates of a certificate, if not within them. */
    private static Optional<String> outside(Instant clock, X509Certificate own) {
        var begin = own.getNotBefore().toInstant();
        var end = own.getNotAfter().toInstant();
        if (clock.isBefore(begin)) {
            return Optional.of(clock + ", before its certificate begins (" + begin + ")");
        }
        return clock.isAfter(end)
                ? Optional.of(clock + ", after its certificate ended (" + end + ")")
                : Optional.empty();
    }

    private String set() {
        var id = board.identity().id().map(BoardId::toString).orElse("ID");
        return "set it: ./ft900 device rtc " + id + " --set now while it is online, or ./ft900 flash --id " + id;
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
            if (register.isEmpty()) {
                return Check.ok(name, "holds together");
            }
            var root = register.get().root();
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

    /** Whether the register knows the board with this certificate, and with no other. */
    Check register(X509Certificate own) {
        var name = "register";
        if (register.isEmpty()) {
            return Check.skipped(name, "there is no authority on this machine; the gateway knows");
        }
        var id = board.identity().id().orElseThrow();
        var serial = StoredCertificate.serial(own.getSerialNumber());
        var stored = register.get().certificate(serial);
        if (register.get().find(id).isEmpty()) {
            return Check.fail(name, id + " is not registered", "provision it again: ./ft900 flash --id " + id);
        }
        if (stored.isEmpty()) {
            return Check.fail(name, "the certificate " + serial + " is not in the store", "provision it again");
        }
        if (stored.get().isRevoked()) {
            return Check.fail(name, "the certificate " + serial + " is revoked", "provision it again");
        }
        var words = id + " is registered, its certificate " + serial + " is good";
        var others = register.get().certificates(id).stream()
                .filter(other -> !other.serial().equals(serial) && other.isGood(now))
                .map(StoredCertificate::serial)
                .toList();
        return others.isEmpty()
                ? Check.ok(name, words)
                : Check.warn(
                        name,
                        words + ", and so is " + String.join(", ", others),
                        "./ft900 ca revoke --serial " + others.get(0)
                                + " --reason superseded, if the board has connected with its own");
    }
}
