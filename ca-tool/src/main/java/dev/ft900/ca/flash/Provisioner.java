package dev.ft900.ca.flash;

import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.store.BoardFacts;
import dev.ft900.ca.store.StoredCertificate;
import dev.ft900.protocol.exchange.BoardRefusedException;
import dev.ft900.protocol.exchange.ExchangeException;
import dev.ft900.protocol.exchange.NoAnswerException;
import dev.ft900.protocol.exchange.Patience;
import dev.ft900.protocol.exchange.Ticker;
import dev.ft900.protocol.message.ClockState;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.pad.PadSet;
import dev.ft900.protocol.provisioning.BoardIdentity;
import dev.ft900.protocol.provisioning.BoardReply;
import dev.ft900.protocol.provisioning.Digest;
import dev.ft900.protocol.provisioning.Refusal;
import dev.ft900.protocol.provisioning.StationRequest;
import dev.ft900.protocol.provisioning.StoredObject;
import dev.ft900.protocol.provisioning.Transfer;
import dev.ft900.protocol.provisioning.Uid;
import dev.ft900.protocol.slot.Addressing;
import dev.ft900.protocol.slot.Der;
import dev.ft900.protocol.slot.SlotCodec;
import dev.ft900.protocol.slot.SlotRecord;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives the board at the other end of a link an identity: key on the board, certificate by a {@link Certifier}, slot written, verified,
 * committed. What a board that is cut off keeps is its old identity or, after the commit, the new one. For one thread.
 */
public final class Provisioner {
    /** Making a P-256 key takes an FT900 about 0.2 s; older ones with RSA, minutes are thinkable. */
    private static final Patience KEY_MAKING = new Patience(Duration.ofSeconds(10), 3);
    /** Two sectors at 40 ms typically, 200 ms at the worst. */
    private static final Patience ERASING = new Patience(Duration.ofSeconds(2), 4);

    private final Station station;
    private final Certifier certifier;
    private final Clock wall;
    private final Ticker ticker;
    private final ProvisioningListener listener;
    private final SecureRandom random = new SecureRandom();
    private final Map<Step, Duration> took = new EnumMap<>(Step.class);

    /** @param wall what the board's clock is set to */
    public Provisioner(Station station, Certifier certifier, Clock wall, Ticker ticker, ProvisioningListener listener) {
        this.station = station;
        this.certifier = certifier;
        this.wall = wall;
        this.ticker = ticker;
        this.listener = listener;
    }

    /** A step's work. */
    private interface Work<T> {
        T run() throws ExchangeException, ProvisioningException, Certifier.CertifierException;
    }

    /** Goes through all steps. */
    public Provisioned provision(BoardId id) throws ProvisioningException {
        step(Step.LISTEN, () -> {
            station.awaitReady();
            return null;
        });
        var identity = step(Step.HELLO, station::hello);
        var uid = step(Step.SEED, () -> seed(identity));
        step(
                Step.CLOCK,
                () -> station.ask(
                        new StationRequest.SetClock(
                                new ClockState.Set(wall.instant().getEpochSecond())),
                        BoardReply.Ok.class,
                        Station.QUICK));
        var made = step(
                Step.KEY,
                () -> station.ask(
                        new StationRequest.MakeKey(random.nextInt(), id), BoardReply.KeyMade.class, KEY_MAKING));
        var request = step(Step.REQUEST, () -> readRequest(identity, made));
        var known = BoardFacts.of(identity);
        var facts = new BoardFacts(uid, known.mac(), known.chipId(), known.firmware());
        var certification = step(Step.SIGN, () -> certifier.certify(id, request, facts));
        long generation = identity.generation() + 1;
        var record = record(id, generation, certification);
        install(identity, uid, generation, record);
        step(Step.REBOOT, () -> reboot(id, identity, generation));
        return new Provisioned(
                id,
                facts,
                StoredCertificate.serial(certification.chain().get(0).getSerialNumber()),
                generation,
                certification.broker(),
                record.length,
                Map.copyOf(took));
    }

    private Uid seed(BoardIdentity identity) throws ExchangeException, ProvisioningException {
        var uid = new byte[Uid.BYTES];
        random.nextBytes(uid);
        var seed = new byte[StationRequest.Seed.SEED_BYTES];
        random.nextBytes(seed);
        var now = station.ask(new StationRequest.Seed(new Uid(uid), seed), BoardReply.Seeded.class, Station.QUICK)
                .uid();
        if (!identity.uid().isNone() && !identity.uid().equals(now)) {
            throw new ProvisioningException(
                    Step.SEED,
                    "expected the board with UID " + identity.uid() + "; this one has " + now
                            + ". Somebody changed the board: start again.");
        }
        return now;
    }

    private byte[] readRequest(BoardIdentity identity, BoardReply.KeyMade made)
            throws ExchangeException, ProvisioningException {
        var request = station.read(identity, StoredObject.SIGNING_REQUEST, made.length());
        if (!Digest.of(request).equals(made.hash())) {
            throw new ProvisioningException(
                    Step.REQUEST,
                    "expected a signing request with the hash " + made.hash() + "; the bytes that came have another."
                            + " Start again; if it stays so, the board's firmware is at fault.");
        }
        return request;
    }

    private static byte[] record(BoardId id, long generation, Certification certification)
            throws ProvisioningException {
        try {
            return SlotCodec.encode(new SlotRecord(
                    id,
                    generation,
                    certification.broker(),
                    ders(certification.anchors()),
                    ders(certification.chain()),
                    Optional.empty(),
                    new Addressing.Dhcp(),
                    PadSet.NONE));
        } catch (IllegalArgumentException e) {
            throw new ProvisioningException(Step.WRITE, e.getMessage(), e);
        }
    }

    private static List<Der> ders(List<X509Certificate> certificates) {
        return certificates.stream().map(Pem::der).map(Der::new).toList();
    }

    private void install(BoardIdentity identity, Uid uid, long generation, byte[] record) throws ProvisioningException {
        if (record.length > identity.slotCapacity()) {
            throw new ProvisioningException(
                    Step.ERASE,
                    "expected room for a slot record of " + record.length + " bytes; the board's slots have "
                            + identity.slotCapacity() + ". Use a shorter certificate chain.");
        }
        var hash = Digest.of(record);
        int written = step(Step.ERASE, () -> station.ask(
                        new StationRequest.Begin(uid, generation, record.length, hash), BoardReply.Begun.class, ERASING)
                .written());
        step(Step.WRITE, () -> write(identity, record, written));
        step(Step.VERIFY, () -> verify(hash));
        step(
                Step.COMMIT,
                () -> station.ask(new StationRequest.Commit(uid, generation), BoardReply.Ok.class, Station.QUICK));
    }

    private Void write(BoardIdentity identity, byte[] record, int written) throws ExchangeException {
        var pieces = new ArrayList<StationRequest.Write>();
        for (int at = written; at < record.length; at += Transfer.MAX_WRITE) {
            pieces.add(new StationRequest.Write(
                    at, Arrays.copyOfRange(record, at, Math.min(record.length, at + Transfer.MAX_WRITE))));
        }
        var acknowledged = new int[] {written};
        station.askAll(pieces, identity, reply -> {
            acknowledged[0] = Math.min(record.length, acknowledged[0] + Transfer.MAX_WRITE);
            listener.transferred(Step.WRITE, acknowledged[0], record.length);
        });
        return null;
    }

    private Void verify(Digest hash) throws ExchangeException, ProvisioningException {
        var there = station.ask(new StationRequest.Verify(), BoardReply.Hash.class, Station.QUICK)
                .hash();
        if (!there.equals(hash)) {
            throw new ProvisioningException(
                    Step.VERIFY,
                    "expected the hash " + hash + " of what is in flash; the board found " + there
                            + ". The old identity is untouched. Start again; if it stays so, the flash is worn.");
        }
        return null;
    }

    private Void reboot(BoardId id, BoardIdentity before, long generation)
            throws ExchangeException, ProvisioningException {
        station.expectReboot();
        try {
            station.ask(new StationRequest.Reboot(before.boot()), BoardReply.Ok.class, Station.QUICK);
        } catch (BoardRefusedException e) {
            // Its answer was lost, and the board that we asked again is already the next boot.
            if (e.refusal() != Refusal.WRONG_BOARD) {
                throw e;
            }
        }
        station.awaitReady();
        var after = station.hello();
        if (after.boot().equals(before.boot())
                || !after.id().equals(Optional.of(id))
                || after.generation() != generation) {
            throw new ProvisioningException(
                    Step.REBOOT,
                    "expected the board to come back as " + id + " with slot generation " + generation + "; it says "
                            + after.id().map(BoardId::value).orElse("nobody") + ", generation " + after.generation()
                            + ", boot " + after.boot() + ". Power-cycle it and look again.");
        }
        return null;
    }

    private <T> T step(Step step, Work<T> work) throws ProvisioningException {
        listener.began(step);
        long start = ticker.nanos();
        try {
            var result = work.run();
            var time = Duration.ofNanos(ticker.nanos() - start);
            took.put(step, time);
            listener.done(step, time);
            return result;
        } catch (NoAnswerException e) {
            throw new ProvisioningException(step, e.getMessage() + ". " + station.hint(), e);
        } catch (ExchangeException | Certifier.CertifierException e) {
            throw new ProvisioningException(step, e.getMessage(), e);
        }
    }
}
