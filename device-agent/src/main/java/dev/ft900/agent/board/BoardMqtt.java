package dev.ft900.agent.board;

import dev.ft900.agent.board.BoardNetwork.Message;
import dev.ft900.agent.identity.BoardStore;
import dev.ft900.protocol.dialect.EventCodec;
import dev.ft900.protocol.dialect.IncomingRequest;
import dev.ft900.protocol.dialect.NativeTopic;
import dev.ft900.protocol.dialect.PresenceCodec;
import dev.ft900.protocol.dialect.ReplyCodec;
import dev.ft900.protocol.dialect.RequestCodec;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.ErrorCode;
import dev.ft900.protocol.message.Ipv4Address;
import dev.ft900.protocol.message.PadEdge;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.Presence.FallBack;
import dev.ft900.protocol.message.Reply;
import dev.ft900.protocol.message.Request;
import dev.ft900.protocol.message.ResetCause;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.GatewayName;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The MQTT side of one run of the firmware: presence, commands, events, and the trial of a new slot. */
final class BoardMqtt implements BoardNetwork.Listener {
    /** How long a slot may be on trial. */
    static final Duration TRIAL = Duration.ofMinutes(5);

    /** How long a reset waits for its reply to reach the broker. */
    private static final Duration REPLY_PATIENCE = Duration.ofSeconds(1);

    private final BoardLoop loop;
    private final BoardNetwork network;
    private final BoardStore store;
    private final BoardFacts facts;
    private final ProvisioningEndpoint provisioning;
    private final CommandProcessor commands;
    private final Consumer<ResetCause> reset;
    private final RecentReplies recent = new RecentReplies();
    private Optional<BoardNetwork.Session> session = Optional.empty();
    private Optional<BoardLoop.Timer> trial = Optional.empty();
    /** As in the slot with which the session was opened; null before. */
    private BoardId id;

    private FallBack lastFailure = FallBack.UNREACHABLE;
    private long connections;
    private long events;

    BoardMqtt(
            BoardLoop loop,
            BoardNetwork network,
            BoardStore store,
            BoardFacts facts,
            ProvisioningEndpoint provisioning,
            CommandProcessor commands,
            Consumer<ResetCause> reset) {
        this.loop = loop;
        this.network = network;
        this.store = store;
        this.facts = facts;
        this.provisioning = provisioning;
        this.commands = commands;
        this.reset = reset;
    }

    /** Connects, if the board has an identity. */
    void start() {
        session = store.record().map(slot -> {
            id = slot.id();
            return network.open(slot, store.privateKey().orElseThrow(), this);
        });
        if (session.isPresent() && store.canFallBack()) {
            trial = Optional.of(loop.schedule(TRIAL, this::trialOver));
        }
    }

    /** As by a reset. */
    void abort() {
        end(BoardNetwork.Session::abort);
    }

    void powerLost() {
        end(BoardNetwork.Session::fallSilent);
    }

    /** In order: says good-bye. */
    void leave() {
        end(open -> open.leave(presence(new Presence.Gone(facts.boot(), connections))));
    }

    private void end(Consumer<BoardNetwork.Session> how) {
        trial.ifPresent(BoardLoop.Timer::cancel);
        trial = Optional.empty();
        session.ifPresent(how);
        session = Optional.empty();
    }

    Optional<Ipv4Address> localAddress() {
        return session.flatMap(BoardNetwork.Session::localAddress);
    }

    void reportEdge(Pad pad, Level level) {
        if (session.isEmpty()) {
            return;
        }
        events++;
        var edge = new PadEdge(facts.boot(), events, pad, level, facts.uptimeMillis() & 0xFFFF_FFFFL);
        publish(new Message(new NativeTopic.Events(id).name(), EventCodec.encode(edge), false), () -> {});
    }

    @Override
    public Message lastWill() {
        connections++;
        return presence(new Presence.Gone(facts.boot(), connections));
    }

    @Override
    public List<String> subscriptions() {
        return List.of(NativeTopic.requestFilter(id), NativeTopic.frameFilter(id));
    }

    @Override
    public void connected() {
        trial.ifPresent(BoardLoop.Timer::cancel);
        trial = Optional.empty();
        store.connected();
    }

    @Override
    public void subscribed() {
        publish(presence(facts.birth(connections)), () -> {});
    }

    @Override
    public void disconnected() {
        // Nothing to do: the session tries again, and the broker publishes the last will.
    }

    @Override
    public void failed(FallBack why) {
        lastFailure = why;
        if (store.connectionFailed(why)) {
            onOtherSlot();
        }
    }

    private void trialOver() {
        if (store.trialTimedOut(lastFailure)) {
            onOtherSlot();
        }
    }

    private void onOtherSlot() {
        abort();
        start();
    }

    @Override
    public void received(String topic, byte[] payload, boolean retained) {
        // A command is never retained; one that is comes from somebody who does not know the rules, at the wrong time.
        if (retained) {
            return;
        }
        NativeTopic.parse(topic).ifPresent(parsed -> {
            if (parsed instanceof NativeTopic.Requests requests) {
                request(requests.gateway(), payload);
            } else if (parsed instanceof NativeTopic.FramesIn frames) {
                frame(frames.gateway(), payload);
            }
        });
    }

    private void request(GatewayName gateway, byte[] payload) {
        var incoming = RequestCodec.decode(payload);
        if (incoming instanceof IncomingRequest.Accepted accepted) {
            obey(gateway, accepted.request());
        } else if (incoming instanceof IncomingRequest.Rejected rejected) {
            var reply = Reply.refused(rejected.id(), facts.boot(), rejected.code(), rejected.words());
            answer(gateway, ReplyCodec.encode(reply), () -> {});
        }
    }

    private void obey(GatewayName gateway, Request request) {
        long start = loop.nanos();
        var before = recent.find(gateway, request.id());
        if (before.isPresent()) {
            answer(gateway, before.get(), () -> {});
            return;
        }
        var outcome = outcome(request);
        int micros = (int) Math.min(Reply.MAX_MICROS, TimeUnit.NANOSECONDS.toMicros(loop.nanos() - start));
        var reply = new Reply(request.id(), facts.boot(), outcome, OptionalInt.of(micros));
        var encoded = ReplyCodec.encode(reply);
        recent.keep(gateway, request.id(), encoded);
        boolean resets = request.command() instanceof Command.Reset && reply.outcome() instanceof Reply.Outcome.Done;
        if (resets) {
            afterReply(whenSent -> answer(gateway, encoded, whenSent), () -> reset.accept(ResetCause.COMMAND));
        } else {
            answer(gateway, encoded, () -> {});
        }
    }

    private Reply.Outcome outcome(Request request) {
        if (request.boot().isPresent() && !request.boot().get().equals(facts.boot())) {
            return new Reply.Outcome.Refused(ErrorCode.WRONG_BOOT, "this is boot " + facts.boot());
        }
        return commands.process(request.command());
    }

    private void frame(GatewayName gateway, byte[] plain) {
        provisioning.answer(plain).ifPresent(answer -> {
            var message = new Message(
                    new NativeTopic.FramesOut(id, gateway).name(),
                    answer.frame().toPlain(),
                    false);
            switch (answer.afterwards()) {
                case NOTHING, SET_RATE -> publish(message, () -> {});
                case DISCONNECT -> afterReply(whenSent -> publish(message, whenSent), this::abort);
                case REBOOT ->
                    afterReply(whenSent -> publish(message, whenSent), () -> reset.accept(ResetCause.PROVISIONING));
            }
        });
    }

    /** Does something once the reply is with the broker, or has had its time; so perhaps twice. */
    private void afterReply(Consumer<Runnable> send, Runnable afterwards) {
        loop.schedule(REPLY_PATIENCE, afterwards);
        send.accept(afterwards);
    }

    private void answer(GatewayName gateway, byte[] reply, Runnable whenAcknowledged) {
        publish(new Message(new NativeTopic.Replies(id, gateway).name(), reply, false), whenAcknowledged);
    }

    private void publish(Message message, Runnable whenAcknowledged) {
        session.ifPresent(open -> open.publish(message, whenAcknowledged));
    }

    private Message presence(Presence presence) {
        return new Message(new NativeTopic.Presences(id).name(), PresenceCodec.encode(presence), true);
    }
}
