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
import java.util.function.Consumer;

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
        var pipeline = pipeline(board);
        var clock = new StationRequest.SetClock(now());
        var uid = steps.run(Step.SEED, () -> seed(board, pipeline, clock));
        steps.run(Step.CLOCK, () -> pipeline.answerOrAsk(clock, BoardReply.Ok.class, QUICK));
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

    private Pipeline pipeline(BoardIdentity board) {
        return new Pipeline(exchange, steps, board.window());
    }

    private ClockState.Set now() {
        return new ClockState.Set(wall.instant().getEpochSecond());
    }

    /** Sets the board's clock. */
    public void setClock() throws ProvisioningException {
        steps.run(Step.CLOCK, () -> exchange.ask(new StationRequest.SetClock(now()), BoardReply.Ok.class, QUICK));
    }

    private Uid seed(BoardIdentity board, Pipeline pipeline, StationRequest next)
            throws ExchangeException, ProvisioningException {
        var uid = new byte[Uid.BYTES];
        random.nextBytes(uid);
        var seed = new byte[StationRequest.Seed.SEED_BYTES];
        random.nextBytes(seed);
        var now = pipeline.ask(
                        new StationRequest.Seed(new Uid(uid), seed),
                        BoardReply.Seeded.class,
                        QUICK,
                        Step.CLOCK,
                        List.of(next))
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
        var pipeline = pipeline(board);
        var makeKey = new StationRequest.MakeKey(random.nextInt(), id);
        // As long as a piece can be: how long the request is, the answer before it will say.
        var beginning = new StationRequest.Read(StoredObject.SIGNING_REQUEST, 0, Transfer.MAX_READ);
        var made = steps.run(
                Step.KEY,
                () -> pipeline.ask(makeKey, BoardReply.KeyMade.class, KEY_MAKING, Step.REQUEST, List.of(beginning)));
        return steps.run(Step.REQUEST, () -> {
            var early = pipeline.answer(beginning, BoardReply.Piece.class, transfer)
                    .map(BoardReply.Piece::data)
                    .filter(bytes -> Digest.of(bytes).equals(made.hash()));
            var request = early.isPresent() ? early.get() : read(board, StoredObject.SIGNING_REQUEST, made.length());
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

    /** Writes a record into the spare slot, verifies and commits it. */
    public void install(BoardIdentity board, Draft draft) throws ProvisioningException {
        install(board, draft, true);
    }

    /** The same, going on where an earlier write of the same record broke off: what is there already is not sent again. */
    public void resume(BoardIdentity board, Draft draft) throws ProvisioningException {
        install(board, draft, false);
    }

    private void install(BoardIdentity board, Draft draft, boolean all) throws ProvisioningException {
        var record = draft.record();
        if (record.length > board.slotCapacity()) {
            throw new ProvisioningException(
                    Step.ERASE,
                    "expected room for a slot record of " + record.length + " bytes; the board's slots have "
                            + board.slotCapacity() + ". Use a shorter certificate chain.");
        }
        var begin = new StationRequest.Begin(draft.uid(), draft.generation(), record.length, draft.hash());
        var pieces = pieces(record);
        var verify = new StationRequest.Verify();
        List<StationRequest> following = new ArrayList<>(pieces);
        following.add(verify);
        var pipeline = pipeline(board);
        int written = steps.run(Step.ERASE, () -> pipeline.ask(
                        begin, BoardReply.Begun.class, ERASING, Step.WRITE, all ? following : List.<StationRequest>of())
                .written());
        steps.run(Step.WRITE, () -> write(board, pipeline, pieces, written, record.length));
        steps.run(Step.VERIFY, () -> verify(pipeline, verify, draft.hash()));
        steps.run(
                Step.COMMIT,
                () -> exchange.ask(
                        new StationRequest.Commit(draft.uid(), draft.generation()), BoardReply.Ok.class, QUICK));
    }

    private static List<StationRequest.Write> pieces(byte[] record) {
        List<StationRequest.Write> pieces = new ArrayList<>();
        for (int at = 0; at < record.length; at += Transfer.MAX_WRITE) {
            pieces.add(new StationRequest.Write(
                    at, Arrays.copyOfRange(record, at, Math.min(record.length, at + Transfer.MAX_WRITE))));
        }
        return pieces;
    }

    /** @param written bytes that the board has already, a multiple of the unit in which it writes */
    private Void write(
            BoardIdentity board, Pipeline pipeline, List<StationRequest.Write> pieces, int written, int length)
            throws ExchangeException {
        List<StationRequest.Write> left = new ArrayList<>();
        var there = new int[] {written};
        Consumer<BoardReply> count = reply -> {
            there[0] = Math.min(length, there[0] + Transfer.MAX_WRITE);
            steps.transferred(Step.WRITE, there[0], length);
        };
        for (var piece : pieces) {
            if (piece.offset() + piece.data().length <= written) {
                continue;
            }
            pipeline.answer(piece, BoardReply.Ok.class, transfer).ifPresentOrElse(count, () -> left.add(piece));
        }
        exchange.askAll(left, board.window(), transfer, count);
        return null;
    }

    private Void verify(Pipeline pipeline, StationRequest.Verify verify, Digest hash)
            throws ExchangeException, ProvisioningException {
        // One that was sent ahead may have come too early.
        var early = pipeline.answer(verify, BoardReply.Hash.class, QUICK)
                .filter(is -> is.hash().equals(hash));
        var there = early.isPresent()
                ? early.get().hash()
                : exchange.ask(verify, BoardReply.Hash.class, QUICK).hash();
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
