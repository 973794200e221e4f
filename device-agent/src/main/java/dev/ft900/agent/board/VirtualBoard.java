package dev.ft900.agent.board;

import dev.ft900.agent.identity.BoardStore;
import dev.ft900.protocol.frame.FrameParser;
import dev.ft900.protocol.frame.SerialFraming;
import dev.ft900.protocol.message.Ipv4Address;
import dev.ft900.protocol.message.ResetCause;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import dev.ft900.protocol.pad.PadSet;
import dev.ft900.protocol.provisioning.BootLine;
import dev.ft900.protocol.provisioning.StationRequest;
import dev.ft900.protocol.slot.SlotRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A protocol-level FT900 with the power switch, the reset button and the pins that a bench has its fingers on. Its methods may be
 * called from any thread: each hands its work to the board's own and answers with a future.
 */
public final class VirtualBoard {
    private final BoardConfig config;
    private final BoardLoop loop;
    private final BoardNetwork network;
    private final Pads pads;
    private final RealTimeClock clock;
    private final ByteArrayOutputStream uart1 = new ByteArrayOutputStream();
    private SerialLine serial = SerialLine.UNPLUGGED;
    private Optional<Boot> boot = Optional.empty();
    private boolean powered;
    private int powerCycle;

    public VirtualBoard(BoardConfig config, BoardLoop loop, BoardNetwork network) {
        this.config = config;
        this.loop = loop;
        this.network = network;
        this.clock = new RealTimeClock(config.wall());
        this.pads = new Pads((pad, level) -> boot.ifPresent(running -> running.mqtt.reportEdge(pad, level)));
    }

    /** Connects UART0. What the board printed before is lost. */
    public CompletableFuture<Void> connectSerial(SerialLine line) {
        return run(() -> serial = line);
    }

    /** Bytes arrive at UART0. A board without power does not hear them. */
    public void serialInput(byte[] bytes) {
        loop.execute(() -> boot.ifPresent(running -> running.frames.accept(bytes)));
    }

    /** Switches power on, if it is off. The board boots. */
    public CompletableFuture<Void> powerOn() {
        return run(() -> {
            if (!powered) {
                powered = true;
                uart1.reset();
                startAfterBootTime(ResetCause.POWER_ON);
            }
        });
    }

    /** Cuts the power: the board falls silent, and its clock is unset when it comes back. */
    public CompletableFuture<Void> powerOff() {
        return run(() -> {
            powered = false;
            powerCycle++;
            boot.ifPresent(running -> {
                running.rateOnTrial.ifPresent(BoardLoop.Timer::cancel);
                running.mqtt.powerLost();
            });
            boot = Optional.empty();
            clock.losePower();
        });
    }

    /** Leaves the broker in order and stops: the end of a virtual board whose process ends. */
    public CompletableFuture<Void> shutDown() {
        return run(() -> {
            powered = false;
            powerCycle++;
            boot.ifPresent(running -> running.mqtt.leave());
            boot = Optional.empty();
        });
    }

    /** Presses the reset button. */
    public CompletableFuture<Void> pressReset() {
        return run(() -> boot.ifPresent(running -> reset(running, ResetCause.PIN)));
    }

    /** Drives a pad from outside. */
    public CompletableFuture<Void> drive(Pad pad, Level level) {
        return run(() -> pads.drive(pad, level));
    }

    /** Lets go of a pad. */
    public CompletableFuture<Void> release(Pad pad) {
        return run(() -> pads.release(pad));
    }

    /** The level on a pad, as a probe would show it. */
    public CompletableFuture<Level> level(Pad pad) {
        return call(() -> pads.level(pad));
    }

    /** All that the board has sent on UART1 since its power came. */
    public CompletableFuture<String> uart1Output() {
        return call(() -> uart1.toString(StandardCharsets.UTF_8));
    }

    /** The id in the slot in use; empty when the board has no identity or does not run. */
    public CompletableFuture<Optional<BoardId>> id() {
        return call(() -> boot.flatMap(running -> running.store.record()).map(SlotRecord::id));
    }

    /** The record of the slot in use, private key included; empty when the board has no identity or does not run. */
    public CompletableFuture<Optional<SlotRecord>> slot() {
        return call(() -> boot.flatMap(running -> running.store.record()));
    }

    /** Names the run of the firmware; empty when the board does not run. */
    public CompletableFuture<Optional<BootId>> bootId() {
        return call(() -> boot.map(running -> running.id));
    }

    private void startAfterBootTime(ResetCause cause) {
        int cycle = powerCycle;
        loop.schedule(config.bootTime(), () -> {
            if (powered && cycle == powerCycle) {
                boot = Optional.of(new Boot(cause));
                boot.get().start();
            }
        });
    }

    private void reset(Boot running, ResetCause cause) {
        if (boot.isPresent() && boot.get() == running) {
            running.rateOnTrial.ifPresent(BoardLoop.Timer::cancel);
            running.mqtt.abort();
            boot = Optional.empty();
            startAfterBootTime(cause);
        }
    }

    private CompletableFuture<Void> run(Runnable work) {
        return call(() -> {
            work.run();
            return null;
        });
    }

    private <T> CompletableFuture<T> call(Supplier<T> work) {
        var done = new CompletableFuture<T>();
        loop.execute(() -> {
            try {
                done.complete(work.get());
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    /** One run of the firmware. */
    private final class Boot {
        final BoardStore store = new BoardStore(config.flash(), config.jitter());
        final BootId id = BootId.of(store.random().nextInt());
        final FrameParser frames = new FrameParser(this::fromSerial);
        final ProvisioningEndpoint provisioning;
        final BoardMqtt mqtt;
        private Optional<BoardLoop.Timer> rateOnTrial = Optional.empty();

        Boot(ResetCause cause) {
            var facts = new BoardFacts(config, store, clock, id, cause, loop);
            provisioning = new ProvisioningEndpoint(store, clock, id, facts::identity);
            var commands =
                    new CommandProcessor(pads, clock, this::toUart, facts::status, () -> facts.network(localAddress()));
            mqtt = new BoardMqtt(loop, network, store, facts, provisioning, commands, why -> reset(this, why));
        }

        void start() {
            serial.rate(SerialLine.OWN_RATE);
            pads.reset(store.record().map(SlotRecord::reserved).orElse(PadSet.NONE));
            toUart(
                    0,
                    ("\r\n" + BootLine.PREFIX + BoardConfig.FIRMWARE + ", boot " + id + ", "
                                    + store.record()
                                            .map(slot -> "board " + slot.id())
                                            .orElse("no identity") + "\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            mqtt.start();
        }

        private void fromSerial(FrameParser.Item item) {
            if (item instanceof FrameParser.Item.Parsed parsed) {
                rateOnTrial.ifPresent(BoardLoop.Timer::cancel);
                rateOnTrial = Optional.empty();
                provisioning
                        .answer(parsed.frame())
                        .ifPresent(answer -> serial.write(
                                SerialFraming.encode(answer.frame()), () -> loop.execute(() -> after(answer))));
            }
        }

        private void after(ProvisioningEndpoint.Answer answer) {
            switch (answer.afterwards()) {
                case NOTHING -> {}
                case DISCONNECT -> mqtt.abort();
                case REBOOT -> reset(this, ResetCause.PROVISIONING);
                case SET_RATE -> tryRate(answer.rate());
            }
        }

        private void tryRate(int baud) {
            serial.rate(baud);
            rateOnTrial = Optional.of(loop.schedule(
                    Duration.ofMillis(StationRequest.SetRate.PROOF_MILLIS), () -> serial.rate(SerialLine.OWN_RATE)));
        }

        private void toUart(int port, byte[] bytes) {
            if (port == 0) {
                serial.write(bytes, () -> {});
            } else {
                uart1.writeBytes(bytes);
            }
        }

        private Optional<Ipv4Address> localAddress() {
            return mqtt.localAddress();
        }
    }
}
