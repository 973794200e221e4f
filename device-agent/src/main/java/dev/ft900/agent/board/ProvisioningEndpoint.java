package dev.ft900.agent.board;

import dev.ft900.agent.identity.BoardStore;
import dev.ft900.agent.identity.BoardStore.RefusedException;
import dev.ft900.protocol.frame.Frame;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.provisioning.BoardIdentity;
import dev.ft900.protocol.provisioning.BoardReply;
import dev.ft900.protocol.provisioning.BoardReplyCodec;
import dev.ft900.protocol.provisioning.Digest;
import dev.ft900.protocol.provisioning.Refusal;
import dev.ft900.protocol.provisioning.StationRequest;
import dev.ft900.protocol.provisioning.StationRequestCodec;
import dev.ft900.protocol.provisioning.StationRequestCodec.Incoming;
import dev.ft900.protocol.wire.ByteReader.MalformedException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers provisioning frames ({@code docs/protocol.md}, section 7), wherever they come from: serial line or MQTT.
 */
final class ProvisioningEndpoint implements StationRequest.Visitor<BoardReply> {
    private final BoardStore store;
    private final RealTimeClock clock;
    private final BootId boot;
    private final Supplier<BoardIdentity> identity;

    ProvisioningEndpoint(BoardStore store, RealTimeClock clock, BootId boot, Supplier<BoardIdentity> identity) {
        this.store = store;
        this.clock = clock;
        this.boot = boot;
        this.identity = identity;
    }

    /**
     * What to answer, and what the board is to do once the answer has left.
     *
     * @param rate for {@link Afterwards#SET_RATE}, in bits per second; else 0
     */
    record Answer(Frame frame, Afterwards afterwards, int rate) {
        Answer(Frame frame, Afterwards afterwards) {
            this(frame, afterwards, 0);
        }
    }

    /** What is due once an answer has left. */
    enum Afterwards {
        NOTHING,
        /** The identity is gone: so must be the connection that was made with it. */
        DISCONNECT,
        REBOOT,
        /** The line it came on goes on at the rate that the request says. */
        SET_RATE
    }

    /** Which rates the board's UART can do, in bits per second. */
    private static final int FASTEST = 3_000_000;

    /** The answer to a frame; empty when it is no request. */
    Optional<Answer> answer(Frame frame) {
        var incoming = StationRequestCodec.decode(frame);
        if (incoming instanceof Incoming.NotForBoards) {
            return Optional.empty();
        }
        if (incoming instanceof Incoming.Rejected rejected) {
            return Optional.of(new Answer(BoardReplyCodec.encode(frame, rejected.refused()), Afterwards.NOTHING));
        }
        var request = ((Incoming.Accepted) incoming).request();
        var reply = request.accept(this);
        if (request instanceof StationRequest.SetRate rate && reply instanceof BoardReply.Ok) {
            return Optional.of(new Answer(BoardReplyCodec.encode(frame, reply), Afterwards.SET_RATE, rate.baud()));
        }
        return Optional.of(new Answer(
                BoardReplyCodec.encode(frame, reply),
                reply instanceof BoardReply.Ok ? afterwards(request) : Afterwards.NOTHING));
    }

    private static Afterwards afterwards(StationRequest request) {
        if (request instanceof StationRequest.Reboot) {
            return Afterwards.REBOOT;
        }
        return request instanceof StationRequest.Erase erase && erase.scope() == StationRequest.Erase.Scope.EVERYTHING
                ? Afterwards.DISCONNECT
                : Afterwards.NOTHING;
    }

    /** The answer to a plain form, as MQTT carries it; empty when it is no frame or no request. */
    Optional<Answer> answer(byte[] plain) {
        try {
            var frame = Frame.fromPlain(plain);
            return answer(frame).map(answer -> answer.afterwards() == Afterwards.SET_RATE ? noRateHere(frame) : answer);
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private static Answer noRateHere(Frame request) {
        return new Answer(
                BoardReplyCodec.encode(
                        request, new BoardReply.Refused(Refusal.OUT_OF_RANGE, "only a serial line has a rate")),
                Afterwards.NOTHING);
    }

    private interface Step {
        BoardReply take() throws RefusedException;
    }

    private static BoardReply refusing(Step step) {
        try {
            return step.take();
        } catch (RefusedException e) {
            return new BoardReply.Refused(e.refusal(), e.getMessage());
        }
    }

    @Override
    public BoardReply hello(StationRequest.Hello request) {
        return new BoardReply.HelloIs(identity.get());
    }

    @Override
    public BoardReply seed(StationRequest.Seed request) {
        store.seed(request.proposed(), request.seed());
        return new BoardReply.Seeded(store.uid());
    }

    @Override
    public BoardReply setClock(StationRequest.SetClock request) {
        clock.set(request.to());
        return new BoardReply.Ok();
    }

    @Override
    public BoardReply makeKey(StationRequest.MakeKey request) {
        return refusing(() -> {
            var made = store.makeKey(request.nonce(), request.subject()).der();
            return new BoardReply.KeyMade(made.length, Digest.of(made));
        });
    }

    @Override
    public BoardReply read(StationRequest.Read request) {
        var object =
                switch (request.object()) {
                    case SIGNING_REQUEST -> store.signingRequest();
                    case ACTIVE_SLOT -> store.activeRecord();
                    case SPARE_SLOT -> store.spareRecord();
                };
        if (object.isEmpty()) {
            return new BoardReply.Refused(Refusal.NO_OBJECT, "there is no such object on this board");
        }
        var bytes = object.get();
        int from = Math.min(request.offset(), bytes.length);
        int to = Math.min(from + request.length(), bytes.length);
        return new BoardReply.Piece(bytes.length, request.offset(), Arrays.copyOfRange(bytes, from, to));
    }

    @Override
    public BoardReply begin(StationRequest.Begin request) {
        return refusing(() -> new BoardReply.Begun(
                store.begin(request.uid(), request.generation(), request.length(), request.hash())));
    }

    @Override
    public BoardReply write(StationRequest.Write request) {
        return refusing(() -> {
            store.write(request.offset(), request.data());
            return new BoardReply.Ok();
        });
    }

    @Override
    public BoardReply verify(StationRequest.Verify request) {
        return refusing(() -> new BoardReply.Hash(store.hash()));
    }

    @Override
    public BoardReply commit(StationRequest.Commit request) {
        return refusing(() -> {
            store.commit(request.uid(), request.generation());
            return new BoardReply.Ok();
        });
    }

    @Override
    public BoardReply erase(StationRequest.Erase request) {
        return refusing(() -> {
            if (request.scope() == StationRequest.Erase.Scope.SPARE_SLOT) {
                store.eraseSpare(request.uid());
            } else {
                store.eraseEverything(request.uid());
            }
            return new BoardReply.Ok();
        });
    }

    @Override
    public BoardReply setRate(StationRequest.SetRate request) {
        return request.baud() > FASTEST
                ? new BoardReply.Refused(Refusal.OUT_OF_RANGE, "this board's UART does at most " + FASTEST)
                : new BoardReply.Ok();
    }

    /** Just says yes: whoever sends the answer reboots the board once it has left. */
    @Override
    public BoardReply reboot(StationRequest.Reboot request) {
        if (!request.boot().equals(boot)) {
            return new BoardReply.Refused(Refusal.WRONG_BOARD, "this is boot " + boot);
        }
        return new BoardReply.Ok();
    }
}
