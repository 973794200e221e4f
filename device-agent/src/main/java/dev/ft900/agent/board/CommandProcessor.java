package dev.ft900.agent.board;

import dev.ft900.protocol.message.BoardStatus;
import dev.ft900.protocol.message.ClockState;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.ErrorCode;
import dev.ft900.protocol.message.NetworkInfo;
import dev.ft900.protocol.message.Reply.Outcome;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.pad.Direction;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import dev.ft900.protocol.pad.PadSet;
import dev.ft900.protocol.pad.Pull;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** Carries commands out ({@code docs/protocol.md}, section 3). Each either does all that was asked or refuses and changes nothing. */
final class CommandProcessor implements Command.Visitor<Outcome> {
    private final Pads pads;
    private final RealTimeClock clock;
    private final UartSink uarts;
    private final Supplier<BoardStatus> status;
    private final Supplier<NetworkInfo> network;

    /** Where text for the board's UARTs goes. */
    interface UartSink {
        void write(int port, byte[] bytes);
    }

    CommandProcessor(
            Pads pads,
            RealTimeClock clock,
            UartSink uarts,
            Supplier<BoardStatus> status,
            Supplier<NetworkInfo> network) {
        this.pads = pads;
        this.clock = clock;
        this.uarts = uarts;
        this.status = status;
        this.network = network;
    }

    Outcome process(Command command) {
        return command.accept(this);
    }

    @Override
    public Outcome readPad(Command.ReadPad command) {
        return done(new Result.OnePad(pads.state(command.pad())));
    }

    @Override
    public Outcome writePad(Command.WritePad command) {
        var pad = command.pad();
        if (pads.isReserved(pad)) {
            return reserved(PadSet.NONE.with(pad));
        }
        var direction = command.direction().orElse(pads.direction(pad));
        if (command.level().isPresent() && !direction.drives()) {
            return isInput(PadSet.NONE.with(pad));
        }
        command.pull().ifPresent(pull -> pads.setPull(pad, pull));
        command.edge().ifPresent(edge -> pads.setEdge(pad, edge));
        // The latch first, so that a pad that becomes an output never shows its old level.
        command.level().ifPresent(level -> pads.write(pad, level));
        command.direction().ifPresent(to -> pads.setDirection(pad, to));
        return done(new Result.OnePad(pads.state(pad)));
    }

    @Override
    public Outcome readPads(Command.ReadPads command) {
        return done(new Result.AllPads(pads.state()));
    }

    @Override
    public Outcome writePads(Command.WritePads command) {
        var forbidden = command.touched().intersection(pads.reserved());
        if (!forbidden.isEmpty()) {
            return reserved(forbidden);
        }
        var inputs = inputsAfter(command).intersection(command.high().union(command.low()));
        if (!inputs.isEmpty()) {
            return isInput(inputs);
        }
        command.up().pads().forEach(pad -> pads.setPull(pad, Pull.UP));
        command.down().pads().forEach(pad -> pads.setPull(pad, Pull.DOWN));
        command.noPull().pads().forEach(pad -> pads.setPull(pad, Pull.NONE));
        command.high().pads().forEach(pad -> pads.write(pad, Level.HIGH));
        command.low().pads().forEach(pad -> pads.write(pad, Level.LOW));
        command.in().pads().forEach(pad -> pads.setDirection(pad, Direction.IN));
        command.out().pads().forEach(pad -> pads.setDirection(pad, Direction.OUT));
        return done(new Result.AllPads(pads.state()));
    }

    private PadSet inputsAfter(Command.WritePads command) {
        var state = pads.state();
        var driving = state.out().union(state.openDrain()).minus(command.in()).union(command.out());
        return PadSet.ALL.minus(driving);
    }

    @Override
    public Outcome readClock(Command.ReadClock command) {
        return done(new Result.Clock(clock.read()));
    }

    @Override
    public Outcome setClock(Command.SetClock command) {
        clock.set(command.to());
        return done(new Result.Clock(new ClockState.Set(command.to().epochSeconds())));
    }

    /** Just says yes: whoever sends the reply resets the board once it has left. */
    @Override
    public Outcome reset(Command.Reset command) {
        return done(new Result.Resetting());
    }

    @Override
    public Outcome readStatus(Command.ReadStatus command) {
        return done(new Result.Status(status.get()));
    }

    @Override
    public Outcome readNetwork(Command.ReadNetwork command) {
        return done(new Result.Network(network.get()));
    }

    @Override
    public Outcome writeUart(Command.WriteUart command) {
        var bytes = command.text().getBytes(StandardCharsets.UTF_8);
        uarts.write(command.port(), bytes);
        return done(new Result.UartWritten(bytes.length));
    }

    private static Outcome done(Result result) {
        return new Outcome.Done(result);
    }

    private static Outcome reserved(PadSet pads) {
        return new Outcome.Refused(ErrorCode.PAD_RESERVED, name(pads) + " belongs to the board itself");
    }

    private static Outcome isInput(PadSet pads) {
        return new Outcome.Refused(ErrorCode.PAD_IS_INPUT, name(pads) + " is an input; set its direction to out");
    }

    private static String name(PadSet pads) {
        var list = pads.pads();
        return list.size() == 1 ? "pad " + list.get(0) : "each of pads " + shortened(list);
    }

    private static String shortened(List<Pad> pads) {
        var few = pads.stream().limit(8).map(Pad::toString).toList();
        return String.join(", ", few) + (pads.size() > few.size() ? ", ..." : "");
    }
}
