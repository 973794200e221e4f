package dev.ft900.protocol.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.protocol.frame.Frame;
import dev.ft900.protocol.provisioning.BoardReply;
import dev.ft900.protocol.provisioning.BoardReplyCodec;
import dev.ft900.protocol.provisioning.Digest;
import dev.ft900.protocol.provisioning.Refusal;
import dev.ft900.protocol.provisioning.StationRequest;
import dev.ft900.protocol.provisioning.StationRequestCodec;
import dev.ft900.protocol.provisioning.StationRequestCodec.Incoming;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FrameExchangeTest {
    private static final Digest SOME = Digest.of(new byte[1]);
    private static final Patience PATIENCE = new Patience(Duration.ofMillis(100), 3);

    /** A board at the end of a link whose faults the test chooses; waiting moves its clock and nothing else. */
    private static final class FakeLink implements FrameLink, Ticker {
        final Function<StationRequest, BoardReply> board;
        final Queue<Frame> arriving = new ArrayDeque<>();
        final List<StationRequest> heard = new ArrayList<>();
        Function<Frame, List<Frame>> way = List::of;
        int mostWaiting;
        int sent;
        long now;

        FakeLink(Function<StationRequest, BoardReply> board) {
            this.board = board;
        }

        @Override
        public void send(Frame frame) {
            sent++;
            for (var arrived : way.apply(frame)) {
                var request = ((Incoming.Accepted) StationRequestCodec.decode(arrived)).request();
                heard.add(request);
                arriving.addAll(way.apply(BoardReplyCodec.encode(arrived, board.apply(request))));
            }
            mostWaiting = Math.max(mostWaiting, arriving.size());
        }

        @Override
        public Optional<Frame> receive(Duration patience) {
            if (arriving.isEmpty()) {
                now += patience.toNanos();
                return Optional.empty();
            }
            now += 1_000_000;
            return Optional.of(arriving.remove());
        }

        @Override
        public long nanos() {
            return now;
        }

        FrameExchange exchange() {
            return new FrameExchange(this, this, 65_534);
        }
    }

    private static List<StationRequest.Write> pieces(int count) {
        var pieces = new ArrayList<StationRequest.Write>();
        for (int i = 0; i < count; i++) {
            pieces.add(new StationRequest.Write(32 * i, new byte[32]));
        }
        return pieces;
    }

    @Test
    void theAnswerToWhatWasSentAheadIsKeptUntilSomebodyWantsIt() throws ExchangeException {
        var link = new FakeLink(
                request -> request instanceof StationRequest.Verify ? new BoardReply.Hash(SOME) : new BoardReply.Ok());
        var exchange = link.exchange();

        var ahead = exchange.send(new StationRequest.Verify());
        exchange.askAll(pieces(1), 1, PATIENCE, reply -> {});

        assertThat(ahead.isAnswered()).isTrue();
        assertThat(exchange.await(ahead, BoardReply.Hash.class, PATIENCE).hash())
                .isEqualTo(SOME);
        assertThat(link.heard).hasSize(2);
    }

    @Test
    void whatWasSentAheadIsSentAgainOnlyWhenSomebodyWaitsForIt() throws ExchangeException {
        var link = new FakeLink(request -> new BoardReply.Ok());
        var exchange = link.exchange();
        link.way = frame -> List.of();

        var ahead = exchange.send(pieces(1).get(0));
        assertThatThrownBy(() -> exchange.askAll(pieces(1), 1, PATIENCE, reply -> {}))
                .isInstanceOf(NoAnswerException.class);
        assertThat(link.sent).isEqualTo(1 + PATIENCE.tries());
        link.way = List::of;

        assertThat(exchange.settle(ahead, PATIENCE)).isInstanceOf(BoardReply.Ok.class);
    }

    @Test
    void aRefusalOfWhatWasSentAheadIsNotTakenForAnotherRequests() throws ExchangeException {
        var link = new FakeLink(request -> request instanceof StationRequest.Verify
                ? new BoardReply.Refused(Refusal.WRONG_STEP, "no write was begun")
                : new BoardReply.Ok());
        var exchange = link.exchange();
        var replies = new ArrayList<BoardReply>();

        var ahead = exchange.send(new StationRequest.Verify());
        exchange.askAll(pieces(3), 2, PATIENCE, replies::add);

        assertThat(replies).hasSize(3);
        assertThatThrownBy(() -> exchange.await(ahead, BoardReply.Hash.class, PATIENCE))
                .isInstanceOf(BoardRefusedException.class);
    }

    @Test
    void keepsSeveralRequestsInFlightAndNumbersThemAround() throws ExchangeException {
        var link = new FakeLink(request -> new BoardReply.Ok());
        var replies = new ArrayList<BoardReply>();

        link.exchange().askAll(pieces(20), 4, PATIENCE, replies::add);

        assertThat(link.heard).isEqualTo(pieces(20));
        assertThat(replies).hasSize(20);
        assertThat(link.mostWaiting).isEqualTo(4);
    }

    @Property
    void comesThroughALineThatLosesRepeatsAndReordersFrames(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int window) throws ExchangeException {
        var random = new Random(seed);
        var link = new FakeLink(request -> new BoardReply.Ok());
        link.way = frame -> switch (random.nextInt(8)) {
            case 0 -> List.of();
            case 1 -> List.of(frame, frame);
            default -> List.of(frame);
        };
        var replies = new ArrayList<BoardReply>();

        link.exchange().askAll(pieces(30), window, new Patience(Duration.ofMillis(100), 30), replies::add);

        assertThat(replies).hasSize(30);
        assertThat(link.heard).containsAll(pieces(30));
    }

    @Test
    void givesUpAfterTheLastTryAndSaysHowLongItWaited() {
        var link = new FakeLink(request -> new BoardReply.Ok());
        link.way = frame -> List.of();

        assertThatThrownBy(() -> link.exchange().ask(new StationRequest.Hello(), BoardReply.HelloIs.class, PATIENCE))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("asked 3 times")
                .hasMessageContaining("100 ms");
        assertThat(link.now).isEqualTo(Duration.ofMillis(300).toNanos());
    }

    @Test
    void stopsAtTheFirstRefusal() {
        var link = new FakeLink(request -> new BoardReply.Refused(Refusal.FLASH, "page 3 would not take"));

        assertThatThrownBy(() -> link.exchange().askAll(pieces(20), 2, PATIENCE, reply -> {}))
                .isInstanceOfSatisfying(BoardRefusedException.class, e -> assertThat(e.refusal())
                        .isEqualTo(Refusal.FLASH))
                .hasMessageContaining("page 3 would not take");
        assertThat(link.heard).hasSize(2);
    }

    @Test
    void refusesAnAnswerOfTheWrongKind() {
        var link = new FakeLink(request -> new BoardReply.Ok());
        link.way = frame ->
                frame.type() == 0x80 + 1 ? List.of(new Frame(0x81, frame.sequence(), new byte[] {0})) : List.of(frame);

        assertThatThrownBy(() -> link.exchange().ask(new StationRequest.Hello(), BoardReply.HelloIs.class, PATIENCE))
                .isInstanceOf(UnexpectedReplyException.class)
                .hasMessageContaining("firmware and toolkit");
    }

    @Test
    void ignoresAnswersToSomebodyElse() throws ExchangeException {
        var link = new FakeLink(request -> new BoardReply.Ok());
        link.arriving.add(new Frame(0x80 + 0x07, 12, new byte[] {0}));
        link.arriving.add(new Frame(0x80 + 0x01, 65_534, new byte[] {0}));

        link.exchange().ask(new StationRequest.Write(0, new byte[32]), BoardReply.Ok.class, PATIENCE);

        assertThat(link.heard).hasSize(1);
    }
}
