package dev.ft900.protocol.install;

import dev.ft900.protocol.exchange.BoardRefusedException;
import dev.ft900.protocol.exchange.ExchangeException;
import dev.ft900.protocol.exchange.FrameExchange;
import dev.ft900.protocol.exchange.Patience;
import dev.ft900.protocol.message.ClockState;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.provisioning.BoardIdentity;
import dev.ft900.protocol.provisioning.BoardReply;
import dev.ft900.protocol.provisioning.Digest;
import dev.ft900.protocol.provisioning.Refusal;
import dev.ft900.protocol.provisioning.StationRequest;
import dev.ft900.protocol.provisioning.StoredObject;
import dev.ft900.protocol.provisioning.Transfer;
import dev.ft900.protocol.provisioning.Uid;
import dev.ft900.protocol.slot.SlotCodec;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Gives a board an identity over frames: key, certificate by an {@link Author}, slot written, verified, committed. A board that is cut
 * off at any point keeps its old identity or, after the commit, has the new one. For one thread.
 */
public final class Installation {
    /** For whatever the board does at once. */
    public static final Patience QUICK = new Patience(Duration.ofMillis(500), 6);

    /** Making a P-256 key takes an FT900 about 0.2 s; slower boards are thinkable. */
    private static final Patience KEY_MAKING = new Patience(Duration.ofSeconds(10), 3);
    /** Two sectors at 40 ms typically, 200 ms at the worst. */
    private static final Patience ERASING = new Patience(Duration.ofSeconds(2), 4);

    private final FrameExchange exchange;
    private final Patience transfer;
    private final Steps steps;
    private final Clock wall;
    private final SecureRandom random;

    /** Where the private key is made. */
    public enum KeyOrigin {
        /** On the board; it never leaves it. */
        BOARD,
        /** By the author; it travels in the record. */
        HOST
    }

    /**
     * @param transfer for each piece while several are under way
     * @param wall what the board's clock is set to
     * @param random makes seeds, UIDs and names of keys
     */
    public Installation(FrameExchange exchange, Patience transfer, Steps steps, Clock wall, SecureRandom random) {
        this.exchange = exchange;
        this.transfer = transfer;
        this.steps = steps;
        this.wall = wall;
        this.random = random;
    }

    public BoardIdentity hello() throws ExchangeException {
        return exchange.ask(new StationRequest.Hello(), BoardReply.HelloIs.class, QUICK)
                .identity();
    }

    /** Seeds the board, sets its clock, and has a record written for it. Nothing that counts has changed on the board yet. */
    public Draft prepare(BoardId id, BoardIdentity board, KeyOrigin origin, Author author)
            throws ProvisioningException {
        var uid = steps.run(Step.SEED, () -> seed(board));
        setClock();
        var request = origin == KeyOrigin.BOARD ? Optional.of(signingRequest(id, board)) : Optional.<byte[]>empty();
        long generation = board.generation() + 1;
        var record =
                steps.run(Step.SIGN, () -> author.write(new Author.Assignment(id, board, uid, generation, request)));
        try {
            return new Draft(id, uid, generation, SlotCodec.encode(record));
        } catch (IllegalArgumentException e) {
            throw new ProvisioningException(Step.SIGN, e.getMessage(), e);
        }
    }

    /** Sets the board's clock. */
    public void setClock() throws ProvisioningException {
        var now = new ClockState.Set(wall.instant().getEpochSecond());
        steps.run(Step.CLOCK, () -> exchange.ask(new StationRequest.SetClock(now), BoardReply.Ok.class, QUICK));
    }

    private Uid seed(BoardIdentity board) throws ExchangeException, ProvisioningException {
        var uid = new byte[Uid.BYTES];
        random.nextBytes(uid);
        var seed = new byte[StationRequest.Seed.SEED_BYTES];
        random.nextBytes(seed);
        var now = exchange.ask(new StationRequest.Seed(new Uid(uid), seed), BoardReply.Seeded.class, QUICK)
                .uid();
        if (!board.uid().isNone() && !board.uid().equals(now)) {
            throw new ProvisioningException(
                    Step.SEED,
                    "expected the board with UID " + board.uid() + "; this one has " + now
                            + ". Somebody changed the board: start again.");
        }
        return now;
    }

    private byte[] signingRequest(BoardId id, BoardIdentity board) throws ProvisioningException {
        var made = steps.run(
                Step.KEY,
                () -> exchange.ask(
                        new StationRequest.MakeKey(random.nextInt(), id), BoardReply.KeyMade.class, KEY_MAKING));
        return steps.run(Step.REQUEST, () -> {
            var request = read(board, StoredObject.SIGNING_REQUEST, made.length());
            if (!Digest.of(request).equals(made.hash())) {
                throw new ProvisioningException(
                        Step.REQUEST,
                        "expected a signing request with the hash " + made.hash()
                                + "; the bytes that came have another."
                                + " Start again; if it stays so, the board's firmware is at fault.");
            }
            return request;
        });
    }

    /** Reads an object of a known length, in pieces. */
    public byte[] read(BoardIdentity board, StoredObject object, int length) throws ExchangeException {
        var reads = new ArrayList<StationRequest.Read>();
        for (int at = 0; at < length; at += Transfer.MAX_READ) {
            reads.add(new StationRequest.Read(object, at, Math.min(Transfer.MAX_READ, length - at)));
        }
        var bytes = new byte[length];
        exchange.askAll(reads, board.window(), transfer, reply -> {
            if (reply instanceof BoardReply.Piece piece && piece.offset() + piece.data().length <= length) {
                System.arraycopy(piece.data(), 0, bytes, piece.offset(), piece.data().length);
            }
        });
        return bytes;
    }

    /** Writes a record into the spare slot, verifies and commits it. Goes on where an earlier write of the same record broke off. */
    public void install(BoardIdentity board, Draft draft) throws ProvisioningException {
        var record = draft.record();
        if (record.length > board.slotCapacity()) {
            throw new ProvisioningException(
                    Step.ERASE,
                    "expected room for a slot record of " + record.length + " bytes; the board's slots have "
                            + board.slotCapacity() + ". Use a shorter certificate chain.");
        }
        var begin = new StationRequest.Begin(draft.uid(), draft.generation(), record.length, draft.hash());
        int written = steps.run(Step.ERASE, () -> exchange.ask(begin, BoardReply.Begun.class, ERASING)
                .written());
        steps.run(Step.WRITE, () -> write(board, record, written));
        steps.run(Step.VERIFY, () -> verify(draft.hash()));
        steps.run(
                Step.COMMIT,
                () -> exchange.ask(
                        new StationRequest.Commit(draft.uid(), draft.generation()), BoardReply.Ok.class, QUICK));
    }

    private Void write(BoardIdentity board, byte[] record, int written) throws ExchangeException {
        List<StationRequest.Write> pieces = new ArrayList<>();
        for (int at = written; at < record.length; at += Transfer.MAX_WRITE) {
            pieces.add(new StationRequest.Write(
                    at, Arrays.copyOfRange(record, at, Math.min(record.length, at + Transfer.MAX_WRITE))));
        }
        var acknowledged = new int[] {written};
        exchange.askAll(pieces, board.window(), transfer, reply -> {
            acknowledged[0] = Math.min(record.length, acknowledged[0] + Transfer.MAX_WRITE);
            steps.transferred(Step.WRITE, acknowledged[0], record.length);
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

    /** Asks the board to reboot, if it has not done so already. */
    public void askToReboot(BoardIdentity board) throws ExchangeException {
        try {
            exchange.ask(new StationRequest.Reboot(board.boot()), BoardReply.Ok.class, QUICK);
        } catch (BoardRefusedException e) {
            // Its answer was lost, and the board that we asked again is already the next boot.
            if (e.refusal() != Refusal.WRONG_BOARD) {
                throw e;
            }
        }
    }
}
