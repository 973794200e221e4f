package dev.ft900.ca.flash;

import dev.ft900.ca.link.SerialLink;
import dev.ft900.protocol.exchange.ExchangeException;
import dev.ft900.protocol.exchange.FrameExchange;
import dev.ft900.protocol.exchange.Patience;
import dev.ft900.protocol.exchange.Ticker;
import dev.ft900.protocol.frame.Frame;
import dev.ft900.protocol.frame.SerialFraming;
import dev.ft900.protocol.name.Quoted;
import dev.ft900.protocol.provisioning.BoardIdentity;
import dev.ft900.protocol.provisioning.BoardReply;
import dev.ft900.protocol.provisioning.BootLine;
import dev.ft900.protocol.provisioning.StationRequest;
import dev.ft900.protocol.provisioning.StoredObject;
import dev.ft900.protocol.provisioning.Transfer;
import dev.ft900.protocol.slot.SlotCodec;
import dev.ft900.protocol.slot.SlotRecord;
import dev.ft900.protocol.wire.ByteReader.MalformedException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The station's end of the cable: what can be asked of the board at the other end. For one thread. */
public final class Station {
    /** Before our first word: long enough for the vendor's boot loader to have gone on. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private static final Duration LONGEST_LISTEN = Duration.ofSeconds(15);
    private static final int TRANSFER_TRIES = 12;
    private static final int BITS_PER_BYTE = 10;

    /** For whatever the board does at once. */
    static final Patience QUICK = new Patience(Duration.ofMillis(500), 6);

    private final SerialLink link;
    private final FrameExchange exchange;
    private final Patience transfer;

    /** @param baud of the link, for how long to wait */
    public Station(SerialLink link, int baud, Ticker ticker) {
        this.link = link;
        this.exchange = new FrameExchange(link, ticker, new SecureRandom().nextInt(Frame.SEQUENCE_MODULUS));
        long millisPerFrame = SerialFraming.MAX_LINE_BYTES * BITS_PER_BYTE * 1000L / baud;
        // A full window of the longest frames each way, and half a second for an adapter that dawdles.
        this.transfer = new Patience(Duration.ofMillis(500 + 16 * millisPerFrame), TRANSFER_TRIES);
    }

    /** Waits until the board may be spoken to: it has introduced itself, or has long been silent. */
    public void awaitReady() throws ExchangeException {
        link.listen(BootLine::isIn, SILENCE, LONGEST_LISTEN);
    }

    /** Forgets what the board printed so far, so that {@link #awaitReady} waits for its next boot. */
    void expectReboot() {
        link.forgetConsole();
    }

    public BoardIdentity hello() throws ExchangeException {
        return exchange.ask(new StationRequest.Hello(), BoardReply.HelloIs.class, QUICK)
                .identity();
    }

    <R extends BoardReply> R ask(StationRequest request, Class<R> kind, Patience patience) throws ExchangeException {
        return exchange.ask(request, kind, patience);
    }

    /** Asks many things, as many at a time as the board can hold. */
    void askAll(List<? extends StationRequest> requests, BoardIdentity board, Consumer<BoardReply> onReply)
            throws ExchangeException {
        exchange.askAll(requests, board.window(), transfer, onReply);
    }

    /** Reads an object of a known length, in pieces. */
    byte[] read(BoardIdentity board, StoredObject object, int length) throws ExchangeException {
        var reads = new ArrayList<StationRequest.Read>();
        for (int at = 0; at < length; at += Transfer.MAX_READ) {
            reads.add(new StationRequest.Read(object, at, Math.min(Transfer.MAX_READ, length - at)));
        }
        var bytes = new byte[length];
        askAll(reads, board, reply -> {
            if (reply instanceof BoardReply.Piece piece && piece.offset() + piece.data().length <= length) {
                System.arraycopy(piece.data(), 0, bytes, piece.offset(), piece.data().length);
            }
        });
        return bytes;
    }

    /** The record of the slot in use, its private key blanked; empty when the board has no identity or its record cannot be read. */
    public Optional<SlotRecord> activeSlot(BoardIdentity board) throws ExchangeException {
        if (board.id().isEmpty()) {
            return Optional.empty();
        }
        var first = ask(new StationRequest.Read(StoredObject.ACTIVE_SLOT, 0, 1), BoardReply.Piece.class, QUICK);
        try {
            return Optional.of(SlotCodec.decode(read(board, StoredObject.ACTIVE_SLOT, first.totalLength())));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /** What to check when the board does not answer. */
    String hint() {
        var console = link.console().strip();
        return console.isEmpty()
                ? "Nothing at all came from it: check power, cable and baud rate."
                : "On its console stands: " + Quoted.of(console.substring(console.lastIndexOf('\n') + 1))
                        + ". Check that it runs firmware of this toolkit, and the baud rate.";
    }
}
