package dev.ft900.ca.flash;

import dev.ft900.ca.link.SerialLink;
import dev.ft900.protocol.exchange.BoardRefusedException;
import dev.ft900.protocol.exchange.ExchangeException;
import dev.ft900.protocol.exchange.FrameExchange;
import dev.ft900.protocol.exchange.LinkException;
import dev.ft900.protocol.exchange.NoAnswerException;
import dev.ft900.protocol.exchange.Patience;
import dev.ft900.protocol.exchange.Ticker;
import dev.ft900.protocol.frame.Frame;
import dev.ft900.protocol.frame.SerialFraming;
import dev.ft900.protocol.install.Installation;
import dev.ft900.protocol.install.ProvisioningListener;
import dev.ft900.protocol.install.Steps;
import dev.ft900.protocol.install.Traffic;
import dev.ft900.protocol.provisioning.BoardIdentity;
import dev.ft900.protocol.provisioning.BoardReply;
import dev.ft900.protocol.provisioning.BootLine;
import dev.ft900.protocol.provisioning.StationRequest;
import dev.ft900.protocol.provisioning.StoredObject;
import dev.ft900.protocol.slot.SlotCodec;
import dev.ft900.protocol.slot.SlotRecord;
import dev.ft900.protocol.wire.ByteReader.MalformedException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The station's end of the cable: what can be asked of the board at the other end. For one thread. */
public final class Station {
    /** Before our first word: long enough for the vendor's boot loader to have gone on. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private static final Duration LONGEST_LISTEN = Duration.ofSeconds(15);
    private static final int TRANSFER_TRIES = 12;
    private static final int BITS_PER_BYTE = 10;

    /** Rates at which boards are found, the likely ones first. */
    private static final List<Integer> USUAL_RATES = List.of(115_200, 921_600, 19_200, 460_800, 230_400, 57_600, 9_600);

    /** Rates worth going up to. */
    private static final List<Integer> FAST_RATES = List.of(3_000_000, 921_600, 460_800, 230_400);

    private static final Patience KNOCK = new Patience(Duration.ofMillis(250), 2);

    private final SerialLink link;
    private final Ticker ticker;
    private final SecureRandom random;
    private final FrameExchange exchange;
    private int rate;
    private boolean ready;

    /** @param rate of the link, in bits per second */
    public Station(SerialLink link, int rate, Ticker ticker) {
        this(link, rate, ticker, new SecureRandom());
    }

    /** @param random makes seeds, UIDs and names of keys */
    public Station(SerialLink link, int rate, Ticker ticker, SecureRandom random) {
        this.link = link;
        this.ticker = ticker;
        this.random = random;
        this.exchange = new FrameExchange(link, ticker, random.nextInt(Frame.SEQUENCE_MODULUS));
        this.rate = rate;
    }

    /** Waits until the board may be spoken to: it has introduced itself, or has long been silent. */
    public void awaitReady() throws ExchangeException {
        if (!ready) {
            link.listen(BootLine::isIn, SILENCE, LONGEST_LISTEN);
            ready = true;
        }
    }

    /** Forgets what the board printed so far, so that {@link #awaitReady} waits for its next boot. */
    void expectReboot() {
        link.forgetConsole();
        ready = false;
    }

    /** Goes on at this rate, if the port has one. */
    void useRate(int baud) throws LinkException {
        if (rate != baud && link.rate(baud)) {
            rate = baud;
        }
    }

    /** @throws NoAnswerException nobody answered */
    public BoardIdentity hello() throws ExchangeException {
        return hello(Installation.QUICK);
    }

    private BoardIdentity hello(Patience patience) throws ExchangeException {
        return ask(new StationRequest.Hello(), BoardReply.HelloIs.class, patience)
                .identity();
    }

    /**
     * Asks who is there, at other rates as well when nobody answers at this one.
     *
     * @throws NobodyException no board with the toolkit's firmware is there; the message says who is, and what to do
     */
    public BoardIdentity find() throws ExchangeException, NobodyException {
        try {
            return hello();
        } catch (NoAnswerException e) {
            var heard = link.heard();
            var who = Counterpart.of(heard);
            int first = rate;
            for (int other : USUAL_RATES) {
                if (other != first && link.rate(other)) {
                    rate = other;
                    link.forgetHeard();
                    try {
                        return hello(KNOCK);
                    } catch (NoAnswerException notHere) {
                        if (Counterpart.of(link.heard()) == Counterpart.OLDER_FIRMWARE) {
                            who = Counterpart.OLDER_FIRMWARE;
                            break;
                        }
                    }
                }
            }
            link.rate(first);
            rate = first;
            throw new NobodyException(who, e.getMessage() + "; " + who.words(heard), e);
        }
    }

    /** Nobody who speaks our frames is at the other end. */
    public static final class NobodyException extends Exception {
        private static final long serialVersionUID = 1L;

        private final Counterpart counterpart;

        NobodyException(Counterpart counterpart, String message, NoAnswerException cause) {
            super(message, cause);
            this.counterpart = counterpart;
        }

        /** Who is there instead. */
        public Counterpart counterpart() {
            return counterpart;
        }
    }

    /** The rate of the link, in bits per second. */
    public int rate() {
        return rate;
    }

    public Traffic traffic() {
        return link.traffic();
    }

    /**
     * Goes up to the fastest rate that board, adapter and wire can do.
     *
     * @param highest bits per second not to exceed
     */
    void goFaster(int highest) throws ExchangeException {
        int before = rate;
        if (highest <= before || !link.rate(before)) {
            // A port that has no rate, as a plain socket: the board would go where nobody can follow.
            return;
        }
        for (int faster : FAST_RATES) {
            if (faster > highest || faster <= before) {
                continue;
            }
            try {
                ask(new StationRequest.SetRate(faster), BoardReply.Ok.class, Installation.QUICK);
            } catch (BoardRefusedException e) {
                // Too fast for it, or it does not know rates at all.
                continue;
            }
            if (link.rate(faster)) {
                rate = faster;
                try {
                    hello(KNOCK);
                    return;
                } catch (NoAnswerException e) {
                    link.rate(before);
                    rate = before;
                }
            }
            // The board is at the faster rate until its patience ends.
            link.listen(text -> false, Duration.ofMillis(StationRequest.SetRate.PROOF_MILLIS), LONGEST_LISTEN);
            hello();
        }
    }

    <R extends BoardReply> R ask(StationRequest request, Class<R> kind, Patience patience) throws ExchangeException {
        return exchange.ask(request, kind, patience);
    }

    /** Erases identities of the board that said this to hello. */
    public void erase(BoardIdentity board, StationRequest.Erase.Scope scope) throws ExchangeException {
        ask(new StationRequest.Erase(board.uid(), scope), BoardReply.Ok.class, new Patience(Duration.ofSeconds(3), 3));
    }

    /** The steps of a provisioning over this link. */
    Installation installation(Steps steps, Clock wall) {
        return new Installation(exchange, transferPatience(), steps, wall, random);
    }

    private Patience transferPatience() {
        long millisPerFrame = SerialFraming.MAX_LINE_BYTES * BITS_PER_BYTE * 1000L / rate;
        // A full window of the longest frames each way, and half a second for an adapter that dawdles.
        return new Patience(Duration.ofMillis(500 + 16 * millisPerFrame), TRANSFER_TRIES);
    }

    /** Lets time pass while the board may talk. */
    public void pause(Duration time) throws LinkException {
        link.listen(text -> false, time, time);
    }

    /** The record of the slot in use, its private key blanked; empty when the board has no identity or its record cannot be read. */
    public Optional<SlotRecord> activeSlot(BoardIdentity board) throws ExchangeException {
        if (board.id().isEmpty()) {
            return Optional.empty();
        }
        var first = ask(
                new StationRequest.Read(StoredObject.ACTIVE_SLOT, 0, 1), BoardReply.Piece.class, Installation.QUICK);
        try {
            var reading = installation(new Steps(ticker, this::traffic, ProvisioningListener.NONE), Clock.systemUTC());
            return Optional.of(SlotCodec.decode(reading.read(board, StoredObject.ACTIVE_SLOT, first.totalLength())));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }
}
