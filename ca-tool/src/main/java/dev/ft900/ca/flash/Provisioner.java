package dev.ft900.ca.flash;

import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.link.SerialLink;
import dev.ft900.ca.store.BoardFacts;
import dev.ft900.ca.store.StoredCertificate;
import dev.ft900.protocol.exchange.BoardRefusedException;
import dev.ft900.protocol.exchange.ExchangeException;
import dev.ft900.protocol.exchange.FrameExchange;
import dev.ft900.protocol.exchange.NoAnswerException;
import dev.ft900.protocol.exchange.Patience;
import dev.ft900.protocol.exchange.Ticker;
import dev.ft900.protocol.frame.Frame;
import dev.ft900.protocol.frame.SerialFraming;
import dev.ft900.protocol.message.ClockState;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.Quoted;
import dev.ft900.protocol.pad.PadSet;
import dev.ft900.protocol.provisioning.BoardIdentity;
import dev.ft900.protocol.provisioning.BoardReply;
import dev.ft900.protocol.provisioning.BootLine;
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
    /** Before our first word: long enough for the vendor's boot loader to have gone on. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private static final Duration LONGEST_LISTEN = Duration.ofSeconds(15);
    private static final Patience QUICK = new Patience(Duration.ofMillis(500), 6);
    /** Making a P-256 key takes an FT900 about 0.2 s; older ones with RSA, minutes are thinkable. */
    private static final Patience KEY_MAKING = new Patience(Duration.ofSeconds(10), 3);
    /** Two sectors at 40 ms typically, 200 ms at the worst. */
    private static final Patience ERASING = new Patience(Duration.ofSeconds(2), 4);

    private static final int TRANSFER_TRIES = 12;
    private static final int BITS_PER_BYTE = 10;

    private final SerialLink link;
    private final Certifier certifier;
    private final Clock wall;
    private final Ticker ticker;
    private final ProvisioningListener listener;
    private final SecureRandom random = new SecureRandom();
    private final FrameExchange exchange;
    private final Patience transfer;
    private final Map<Step, Duration> took = new EnumMap<>(Step.class);

    /**
     * @param baud of the link, for how long to wait
     * @param wall what the board's clock is set to
     */
    public Provisioner(
            SerialLink link, int baud, Certifier certifier, Clock wall, Ticker ticker, ProvisioningListener listener) {
        this.link = link;
        this.certifier = certifier;
        this.wall = wall;
        this.ticker = ticker;
        this.listener = listener;
        this.exchange = new FrameExchange(link, ticker, random.nextInt(Frame.SEQUENCE_MODULUS));
        long millisPerFrame = SerialFraming.MAX_LINE_BYTES * BITS_PER_BYTE * 1000L / baud;
        // A full window of the longest frames each way, and half a second for an adapter that dawdles.
        this.transfer = new Patience(Duration.ofMillis(500 + 16 * millisPerFrame), TRANSFER_TRIES);
    }

    /** A step's work. */
    private interface Work<T> {
        T run() throws ExchangeException, ProvisioningException, Certifier.CertifierException;
    }

    /** Goes through all steps. */
    public Provisioned provision(BoardId id) throws ProvisioningException {
        step(Step.LISTEN, () -> {
            link.listen(BootLine::isIn, SILENCE, LONGEST_LISTEN);
            return null;
        });
        var identity = step(Step.HELLO, () -> hello(QUICK));
        var uid = step(Step.SEED, () -> seed(identity));
        step(
                Step.CLOCK,
                () -> exchange.ask(
                        new StationRequest.SetClock(
                                new ClockState.Set(wall.instant().getEpochSecond())),
                        BoardReply.Ok.class,
                        QUICK));
        var made = step(
                Step.KEY,
                () -> exchange.ask(
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

    private BoardIdentity hello(Patience patience) throws ExchangeException {
        return exchange.ask(new StationRequest.Hello(), BoardReply.HelloIs.class, patience)
                .identity();
    }

    private Uid seed(BoardIdentity identity) throws ExchangeException, ProvisioningException {
        var uid = new byte[Uid.BYTES];
        random.nextBytes(uid);
        var seed = new byte[StationRequest.Seed.SEED_BYTES];
        random.nextBytes(seed);
        var now = exchange.ask(new StationRequest.Seed(new Uid(uid), seed), BoardReply.Seeded.class, QUICK)
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
        var reads = new ArrayList<StationRequest.Read>();
        for (int at = 0; at < made.length(); at += Transfer.MAX_READ) {
            reads.add(new StationRequest.Read(
                    StoredObject.SIGNING_REQUEST, at, Math.min(Transfer.MAX_READ, made.length() - at)));
        }
        var request = new byte[made.length()];
        exchange.askAll(reads, identity.window(), transfer, reply -> {
            if (reply instanceof BoardReply.Piece piece && piece.offset() + piece.data().length <= request.length) {
                System.arraycopy(piece.data(), 0, request, piece.offset(), piece.data().length);
            }
        });
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
        int written = step(Step.ERASE, () -> exchange.ask(
                        new StationRequest.Begin(uid, generation, record.length, hash), BoardReply.Begun.class, ERASING)
                .written());
        step(Step.WRITE, () -> write(identity, record, written));
        step(Step.VERIFY, () -> verify(hash));
        step(Step.COMMIT, () -> exchange.ask(new StationRequest.Commit(uid, generation), BoardReply.Ok.class, QUICK));
    }

    private Void write(BoardIdentity identity, byte[] record, int written) throws ExchangeException {
        var pieces = new ArrayList<StationRequest.Write>();
        for (int at = written; at < record.length; at += Transfer.MAX_WRITE) {
            pieces.add(new StationRequest.Write(
                    at, Arrays.copyOfRange(record, at, Math.min(record.length, at + Transfer.MAX_WRITE))));
        }
        var acknowledged = new int[] {written};
        exchange.askAll(pieces, identity.window(), transfer, reply -> {
            acknowledged[0] = Math.min(record.length, acknowledged[0] + Transfer.MAX_WRITE);
            listener.transferred(Step.WRITE, acknowledged[0], record.length);
        });
        return null;
    }

    private Void verify(Digest hash) throws ExchangeException, ProvisioningException {
        var there = exchange.ask(new StationRequest.Verify(), BoardReply.Hash.class, QUICK)
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
        link.forgetConsole();
        try {
            exchange.ask(new StationRequest.Reboot(before.boot()), BoardReply.Ok.class, QUICK);
        } catch (BoardRefusedException e) {
            // Its answer was lost, and the board that we asked again is already the next boot.
            if (e.refusal() != Refusal.WRONG_BOARD) {
                throw e;
            }
        }
        link.listen(BootLine::isIn, SILENCE, LONGEST_LISTEN);
        var after = hello(QUICK);
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
            throw new ProvisioningException(step, e.getMessage() + ". " + hint(), e);
        } catch (ExchangeException | Certifier.CertifierException e) {
            throw new ProvisioningException(step, e.getMessage(), e);
        }
    }

    private String hint() {
        var console = link.console().strip();
        return console.isEmpty()
                ? "Nothing at all came from it: check power, cable and baud rate."
                : "On its console stands: " + Quoted.of(lastLine(console))
                        + ". Check that it runs firmware of this toolkit, and the baud rate.";
    }

    private static String lastLine(String console) {
        return console.substring(console.lastIndexOf('\n') + 1);
    }
}
