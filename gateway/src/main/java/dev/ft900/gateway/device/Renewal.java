package dev.ft900.gateway.device;

import dev.ft900.ca.authority.IssuingException;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.SigningRequest;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.RevocationReason;
import dev.ft900.protocol.exchange.BoardRefusedException;
import dev.ft900.protocol.exchange.ExchangeException;
import dev.ft900.protocol.exchange.FrameExchange;
import dev.ft900.protocol.exchange.Patience;
import dev.ft900.protocol.exchange.Ticker;
import dev.ft900.protocol.frame.Frame;
import dev.ft900.protocol.install.Author;
import dev.ft900.protocol.install.AuthorException;
import dev.ft900.protocol.install.Draft;
import dev.ft900.protocol.install.Installation;
import dev.ft900.protocol.install.Installation.KeyOrigin;
import dev.ft900.protocol.install.ProvisioningException;
import dev.ft900.protocol.install.ProvisioningListener;
import dev.ft900.protocol.install.Step;
import dev.ft900.protocol.install.Steps;
import dev.ft900.protocol.install.Traffic;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.provisioning.BoardIdentity;
import dev.ft900.protocol.provisioning.BoardReply;
import dev.ft900.protocol.provisioning.StationRequest;
import dev.ft900.protocol.provisioning.StoredObject;
import dev.ft900.protocol.slot.Der;
import dev.ft900.protocol.slot.SlotCodec;
import dev.ft900.protocol.slot.SlotRecord;
import dev.ft900.protocol.wire.ByteReader.MalformedException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One renewal. For one thread. */
final class Renewal {
    /** Frames may wait for a broker and a network; a repeated one does no harm. */
    private static final Patience TRANSFER = new Patience(Duration.ofSeconds(2), 5);

    private final BoardId id;
    private final RenewalOrder order;
    private final PresenceTracker presence;
    private final Enrolment enrolment;
    private final SecureRandom random = new SecureRandom();
    private final FrameExchange exchange;
    private final Steps steps;
    private final Installation installation;
    private Optional<String> issued = Optional.empty();

    Renewal(
            BoardId id,
            RenewalOrder order,
            MqttFrameLink link,
            PresenceTracker presence,
            Enrolment enrolment,
            Clock wall,
            Ticker ticker) {
        this.id = id;
        this.order = order;
        this.presence = presence;
        this.enrolment = enrolment;
        this.exchange = new FrameExchange(link, ticker, random.nextInt(Frame.SEQUENCE_MODULUS));
        this.steps = new Steps(ticker, () -> Traffic.NONE, ProvisioningListener.NONE);
        this.installation = new Installation(exchange, TRANSFER, steps, wall, random);
    }

    Renewed run() throws DeviceException {
        var back = new Back();
        presence.addListener(back);
        try {
            var board = steps.run(Step.HELLO, installation::hello);
            var before = steps.run(Step.HELLO, () -> activeSlot(board));
            var draft = installation.prepare(id, board, KeyOrigin.BOARD, assignment -> record(assignment, before));
            installation.install(board, draft);
            back.waitFor(draft.generation());
            steps.run(Step.REBOOT, () -> {
                installation.askToReboot(board);
                return null;
            });
            return awaitOnline(draft, back);
        } catch (ProvisioningException e) {
            throw failed(e);
        } finally {
            presence.removeListener(back);
        }
    }

    private SlotRecord activeSlot(BoardIdentity board) throws ExchangeException, ProvisioningException {
        var first = exchange.ask(
                new StationRequest.Read(StoredObject.ACTIVE_SLOT, 0, 1), BoardReply.Piece.class, Installation.QUICK);
        try {
            return SlotCodec.decode(installation.read(board, StoredObject.ACTIVE_SLOT, first.totalLength()));
        } catch (MalformedException e) {
            throw new ProvisioningException(Step.HELLO, "its slot in use cannot be read: " + e.getMessage(), e);
        }
    }

    private SlotRecord record(Author.Assignment assignment, SlotRecord before) throws AuthorException {
        try {
            var known = enrolment.find(id).flatMap(board -> board.facts());
            if (known.isPresent() && !known.get().uid().equals(assignment.uid())) {
                throw new AuthorException("expected the board that is registered as " + id + " (UID "
                        + known.get().uid() + "); the one that is connected has UID " + assignment.uid()
                        + ". Somebody copied an identity: revoke it.");
            }
            var key = SigningRequest.read(assignment.signingRequest().orElseThrow())
                    .key();
            var certificate = enrolment
                    .renew(id, key, Optional.empty())
                    .orElseThrow(() -> new AuthorException(id + " is not registered any more"));
            issued = Optional.of(certificate.serial());
            return new SlotRecord(
                    id,
                    assignment.generation(),
                    order.broker().orElse(before.broker()),
                    order.anchors(),
                    certificate.chain().stream().map(Pem::der).map(Der::new).toList(),
                    Optional.empty(),
                    before.addressing(),
                    before.reserved());
        } catch (IssuingException | IllegalArgumentException e) {
            throw new AuthorException(e.getMessage(), e);
        }
    }

    private Renewed awaitOnline(Draft draft, Back back) throws DeviceException {
        Presence.Up birth;
        try {
            birth = back.birth.get(order.back().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new NoAnswerException(id + " has its new slot (generation " + draft.generation()
                    + ") and was not back within " + order.back().toSeconds()
                    + " s; it tries on for up to five minutes, then goes back to the old one");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException("the gateway stops; " + id + " tries its new slot");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        var serial = issued.orElseThrow();
        if (birth.slotGeneration() == draft.generation()) {
            enrolment.connected(id, serial);
            return new Renewed(id, serial, draft.generation(), steps.timings());
        }
        takeBack();
        throw new RenewalFailedException(
                "expected " + id + " to be online with its new slot (generation " + draft.generation()
                        + "); it went back to generation " + birth.slotGeneration() + " and says: "
                        + birth.fellBack().map(Presence.FallBack::word).orElse("nothing of a new slot")
                        + ". Its old certificate is still good; the new one is revoked.",
                true);
    }

    /** A certificate that was never used is good for nothing. */
    private void takeBack() {
        issued.ifPresent(serial -> enrolment.revoke(serial, RevocationReason.CESSATION_OF_OPERATION));
    }

    private DeviceException failed(ProvisioningException e) {
        if (e.step().compareTo(Step.COMMIT) < 0) {
            takeBack();
        }
        var words = id + ": " + e.getMessage();
        if (e.getCause() instanceof BoardRefusedException || e.getCause() instanceof AuthorException) {
            return new RenewalFailedException(words, false);
        }
        return e.getCause() instanceof ExchangeException
                ? new NoAnswerException(words)
                : new RenewalFailedException(words, false);
    }

    /** Waits for the board to come back, with whichever slot. */
    private final class Back implements PresenceTracker.Listener {
        final CompletableFuture<Presence.Up> birth = new CompletableFuture<>();
        private volatile long generation;

        /** From now on a birth counts: with this generation, or after a fall from it. */
        void waitFor(long committed) {
            generation = committed;
        }

        @Override
        public void online(BoardId board, Presence.Up up) {
            long wanted = generation;
            if (board.equals(id)
                    && wanted > 0
                    && (up.slotGeneration() == wanted || up.fellBack().isPresent())) {
                birth.complete(up);
            }
        }

        @Override
        public void offline(BoardId board) {
            // That is what a reboot looks like.
        }
    }
}
