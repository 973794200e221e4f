package dev.ft900.ca.flash;

import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.PemException;
import dev.ft900.ca.store.BoardFacts;
import dev.ft900.ca.store.StoredCertificate;
import dev.ft900.protocol.exchange.ExchangeException;
import dev.ft900.protocol.exchange.NoAnswerException;
import dev.ft900.protocol.exchange.Ticker;
import dev.ft900.protocol.install.AuthorException;
import dev.ft900.protocol.install.Draft;
import dev.ft900.protocol.install.Installation;
import dev.ft900.protocol.install.Installation.KeyOrigin;
import dev.ft900.protocol.install.ProvisioningException;
import dev.ft900.protocol.install.ProvisioningListener;
import dev.ft900.protocol.install.Step;
import dev.ft900.protocol.install.Steps;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.provisioning.BoardIdentity;
import dev.ft900.protocol.provisioning.Digest;
import dev.ft900.protocol.slot.SlotCodec;
import dev.ft900.protocol.slot.SlotRecord;
import dev.ft900.protocol.wire.ByteReader.MalformedException;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives the board at the other end of a cable an identity: key on the board, certificate by a {@link Certifier}, slot written, verified,
 * committed; then sees it come back, and online. A board that is cut off keeps its old identity or, after the commit, has the new one.
 * For one thread.
 */
public final class Provisioner {
    private static final Duration LOOK_ONLINE = Duration.ofMillis(500);

    private final Station station;
    private final Certifier certifier;
    private final Clock wall;
    private final Ticker ticker;
    private final ProvisioningListener listener;
    private final Wishes wishes;

    /**
     * How a provisioning is to be done.
     *
     * @param key where the key is made
     * @param highestRate to go up to after hello, in bits per second; 0 to stay
     * @param drafts where what is written is kept until the board has it
     * @param resume whether to go on with a kept draft
     * @param online who is asked whether the board is online, and for how long; empty not to wait for it
     */
    public record Wishes(
            KeyOrigin key, int highestRate, DraftStore drafts, boolean resume, Optional<OnlineWish> online) {
        /** The key on the board, the rate as it is, nothing kept, nobody waits. */
        public static final Wishes DEFAULT = new Wishes(KeyOrigin.BOARD, 0, DraftStore.NONE, false, Optional.empty());

        /** Another key origin. */
        public Wishes withKey(KeyOrigin origin) {
            return new Wishes(origin, highestRate, drafts, resume, online);
        }

        /** Go up to another rate. */
        public Wishes withHighestRate(int baud) {
            return new Wishes(key, baud, drafts, resume, online);
        }

        /** Keep drafts, and go on with them if {@code resume} says so. */
        public Wishes withDrafts(DraftStore store, boolean goOn) {
            return new Wishes(key, highestRate, store, goOn, online);
        }

        /** Wait until the board is online. */
        public Wishes withOnline(OnlineCheck check, Duration patience) {
            return new Wishes(key, highestRate, drafts, resume, Optional.of(new OnlineWish(check, patience)));
        }
    }

    /** Whom to ask whether a board is online, and for how long. */
    public record OnlineWish(OnlineCheck check, Duration patience) {}

    /** @param wall what the board's clock is set to */
    public Provisioner(
            Station station,
            Certifier certifier,
            Clock wall,
            Ticker ticker,
            ProvisioningListener listener,
            Wishes wishes) {
        this.station = station;
        this.certifier = certifier;
        this.wall = wall;
        this.ticker = ticker;
        this.listener = listener;
        this.wishes = wishes;
    }

    /** Goes through all steps. */
    public Provisioned provision(BoardId id) throws ProvisioningException {
        var steps = new Steps(ticker, station::traffic, listener);
        steps.run(Step.LISTEN, () -> {
            station.awaitReady();
            return null;
        });
        int firstRate = station.rate();
        var before = steps.run(Step.HELLO, () -> identify(Step.HELLO));
        if (wishes.highestRate() > station.rate()) {
            steps.run(Step.RATE, () -> {
                station.goFaster(wishes.highestRate());
                return null;
            });
        }
        int transferRate = station.rate();
        var installation = station.installation(steps, wall);
        var ready = ready(id, before, installation);
        var draft = ready.draft();
        if (ready.isKept()) {
            installation.resume(before, draft);
        } else {
            installation.install(before, draft);
        }
        steps.run(Step.REBOOT, () -> reboot(installation, before, draft, firstRate));
        drop(draft);
        var online = wishes.online();
        if (online.isPresent()) {
            steps.run(Step.ONLINE, () -> awaitOnline(ready, online.get()));
        }
        return ready.provisioned(before, transferRate, online.isPresent(), steps);
    }

    /** A draft and what is known of it. */
    private record Ready(
            Draft draft, boolean isKept, SlotRecord record, X509Certificate certificate, List<String> warnings) {
        String serial() {
            return StoredCertificate.serial(certificate.getSerialNumber());
        }

        Provisioned provisioned(BoardIdentity before, int rate, boolean online, Steps steps) {
            var known = BoardFacts.of(before);
            return new Provisioned(
                    draft.id(),
                    new BoardFacts(draft.uid(), known.mac(), known.chipId(), known.firmware()),
                    serial(),
                    Digest.of(certificate.getPublicKey().getEncoded()).toString(),
                    draft.generation(),
                    record.broker(),
                    draft.record().length,
                    rate,
                    online,
                    warnings,
                    steps.timings());
        }
    }

    private Ready ready(BoardId id, BoardIdentity before, Installation installation) throws ProvisioningException {
        try {
            var kept = wishes.resume() ? wishes.drafts().find(before.uid()) : Optional.<Draft>empty();
            if (kept.filter(draft -> draft.id().equals(id) && draft.generation() > before.generation())
                    .isPresent()) {
                installation.setClock();
                return ready(kept.get(), true, List.of());
            }
            var author = new RecordAuthor(certifier, station.activeSlot(before));
            var draft = installation.prepare(id, before, wishes.key(), author);
            wishes.drafts().keep(draft);
            var warnings = new ArrayList<>(author.certification().warnings());
            if (wishes.resume()) {
                warnings.add("nothing was kept to go on with, so this is a new certificate");
            }
            return ready(draft, false, warnings);
        } catch (IOException e) {
            throw new ProvisioningException(Step.SIGN, "expected to keep what is to be written; " + e.getMessage(), e);
        } catch (ExchangeException e) {
            throw new ProvisioningException(Step.HELLO, e.getMessage(), e);
        }
    }

    private static Ready ready(Draft draft, boolean isKept, List<String> warnings) {
        try {
            var record = SlotCodec.decode(draft.record());
            return new Ready(
                    draft,
                    isKept,
                    record,
                    Pem.readCertificate(record.chain().get(0).bytes()),
                    warnings);
        } catch (MalformedException | PemException e) {
            throw new IllegalStateException("a draft holds a whole record", e);
        }
    }

    private void drop(Draft draft) throws ProvisioningException {
        try {
            wishes.drafts().drop(draft.uid());
        } catch (IOException e) {
            throw new ProvisioningException(
                    Step.REBOOT, "the board has its identity, but " + e.getMessage() + " cannot be removed", e);
        }
    }

    private Void reboot(Installation installation, BoardIdentity before, Draft draft, int firstRate)
            throws ExchangeException, ProvisioningException {
        station.expectReboot();
        try {
            installation.askToReboot(before);
        } catch (NoAnswerException e) {
            // Its answer may have been lost; then it is back at its own rate and does not hear us at this one.
            if (station.rate() == firstRate) {
                throw e;
            }
        }
        // Not the rate at which it was found: it may have been left at a fast one, which ends with the boot.
        station.useRate(firstRate);
        station.awaitReady();
        var after = identify(Step.REBOOT);
        if (!after.uid().equals(draft.uid())) {
            throw new ProvisioningException(
                    Step.REBOOT,
                    "expected the board with UID " + draft.uid() + " to come back; this one has " + after.uid()
                            + ". Somebody changed the board: look at both with ./ft900 flash info.");
        }
        if (after.boot().equals(before.boot())
                || !after.id().equals(Optional.of(draft.id()))
                || after.generation() != draft.generation()) {
            throw new ProvisioningException(
                    Step.REBOOT,
                    "expected the board to come back as " + draft.id() + " with slot generation "
                            + draft.generation() + "; it says "
                            + after.id().map(BoardId::value).orElse("nobody") + ", generation " + after.generation()
                            + ", boot " + after.boot() + ". Power-cycle it and look again.");
        }
        return null;
    }

    private Void awaitOnline(Ready ready, OnlineWish wish)
            throws ExchangeException, AuthorException, ProvisioningException {
        var draft = ready.draft();
        long deadline = ticker.nanos() + wish.patience().toNanos();
        while (true) {
            var now = station.hello();
            if (now.generation() != draft.generation()) {
                throw new ProvisioningException(
                        Step.ONLINE,
                        "expected the board to connect to "
                                + ready.record().broker().uri() + " with its new identity;"
                                + " it gave it up and went back to generation " + now.generation()
                                + ". Its old certificate is still good. The device's entry at the gateway says why (fellBack).");
            }
            if (wish.check().isOnline(draft.id(), ready.serial(), now)) {
                return null;
            }
            if (deadline - ticker.nanos() <= 0) {
                throw new ProvisioningException(
                        Step.ONLINE,
                        "expected the board to be online within "
                                + wish.patience().toSeconds()
                                + " s; it is not. It has its identity, and tries on. Check its network and "
                                + ready.record().broker().uri() + ".");
            }
            station.pause(LOOK_ONLINE);
        }
    }

    private BoardIdentity identify(Step step) throws ExchangeException, ProvisioningException {
        try {
            return station.find();
        } catch (Station.NobodyException e) {
            throw new ProvisioningException(step, e.getMessage(), e);
        }
    }
}
