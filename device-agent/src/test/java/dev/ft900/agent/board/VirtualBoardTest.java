package dev.ft900.agent.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.agent.TestIdentity;
import dev.ft900.protocol.frame.Frame;
import dev.ft900.protocol.frame.SerialFraming;
import dev.ft900.protocol.message.ClockState;
import dev.ft900.protocol.message.Presence;
import dev.ft900.protocol.message.Presence.FallBack;
import dev.ft900.protocol.message.ResetCause;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import dev.ft900.protocol.provisioning.BoardReply;
import dev.ft900.protocol.provisioning.BoardReplyCodec;
import dev.ft900.protocol.provisioning.StationRequest;
import dev.ft900.protocol.provisioning.StationRequestCodec;
import dev.ft900.protocol.provisioning.StoredObject;
import dev.ft900.protocol.provisioning.Uid;
import dev.ft900.protocol.wire.ByteReader.MalformedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VirtualBoardTest extends VirtualBoardFixture {
    @Test
    void introducesItselfOnTheConsoleAndToTheStation() {
        assertThat(console.toString(StandardCharsets.UTF_8)).contains("FT900 toolkit", "no identity", bootId().value());

        var identity = ((BoardReply.HelloIs) ask(new StationRequest.Hello())).identity();

        assertThat(identity.id()).isEmpty();
        assertThat(identity.seeded()).isFalse();
        assertThat(identity.uid()).isEqualTo(Uid.NONE);
        assertThat(identity.clock()).isEqualTo(ClockState.UNSET);
        assertThat(identity.boot()).isEqualTo(bootId());
        assertThat(network.sessions).isEmpty();
    }

    @Test
    void connectsWithItsIdentityAfterTheRebootAndTellsThatItIsThere() {
        var before = bootId();

        provision();

        assertThat(bootId()).isNotEqualTo(before);
        var session = network.last();
        assertThat(session.listener.subscriptions()).containsExactly("ft900/board1/req/+", "ft900/board1/pin/+");
        assertThat(presence(session.will)).isEqualTo(new Presence.Gone(bootId(), 1));
        assertThat(presence(session.published.get(0)))
                .isEqualTo(new Presence.Up(
                        bootId(), 1, ResetCause.PROVISIONING, BoardConfig.FIRMWARE, false, 1, Optional.empty()));
    }

    @Test
    void countsTheConnectionsOfABoot() {
        provision();

        network.last().accept();

        assertThat(presence(network.last().will)).isEqualTo(new Presence.Gone(bootId(), 2));
        assertThat(((Presence.Up) presence(network.last().published.get(1))).connection())
                .isEqualTo(2);
    }

    @Test
    void takesProvisioningFramesOverMqttToo() throws MalformedException {
        provision();
        var session = network.last();
        var frame = StationRequestCodec.encode(5, new StationRequest.Read(StoredObject.ACTIVE_SLOT, 0, 10));

        session.listener.received("ft900/board1/pin/main", frame.toPlain(), false);

        var message = session.published.get(session.published.size() - 1);
        assertThat(message.topic()).isEqualTo("ft900/board1/pout/main");
        assertThat(BoardReplyCodec.decode(Frame.fromPlain(message.payload()))).isInstanceOf(BoardReply.Piece.class);
    }

    @Test
    void goesBackToTheOldSlotAfterThreeFailuresAndSaysWhy() {
        provision();
        install(TestIdentity.hostMade("board2", 2));
        var trying = network.last();
        assertThat(trying.slot.id()).isEqualTo(new BoardId("board2"));

        for (int i = 0; i < 3; i++) {
            trying.listener.lastWill();
            trying.listener.failed(FallBack.UNTRUSTED_BROKER);
        }
        assertThat(trying.ended).isEqualTo("aborted");
        assertThat(network.last().slot.id()).isEqualTo(new BoardId("board1"));
        network.last().accept();

        assertThat(((Presence.Up) presence(network.last().published.get(0))).fellBack())
                .contains(FallBack.UNTRUSTED_BROKER);
    }

    @Test
    void goesBackToTheOldSlotAfterFiveMinutes() {
        provision();
        install(TestIdentity.hostMade("board2", 2));

        loop.advance(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(network.last().slot.id()).isEqualTo(new BoardId("board2"));
        loop.advance(Duration.ofSeconds(2));

        assertThat(network.last().slot.id()).isEqualTo(new BoardId("board1"));
    }

    @Test
    void aSlotThatConnectedInTimeStays() {
        provision();
        install(TestIdentity.hostMade("board2", 2));
        network.last().accept();

        loop.advance(Duration.ofMinutes(6));

        assertThat(network.last().slot.id()).isEqualTo(new BoardId("board2"));
    }

    @Test
    void fallsSilentWithoutPowerAndIsDeafUntilItBooted() {
        provision();
        board.powerOff();
        loop.run();
        frames.clear();

        board.serialInput(SerialFraming.encode(StationRequestCodec.encode(1, new StationRequest.Hello())));
        loop.run();
        assertThat(frames).isEmpty();
        assertThat(network.last().ended).isEqualTo("silent");

        board.powerOn();
        board.powerOff();
        board.powerOn();
        loop.advance(BOOT_TIME);
        assertThat(network.sessions).hasSize(2);
    }

    @Test
    void saysGoodByeWhenItIsShutDown() {
        provision();

        board.shutDown();
        loop.run();

        assertThat(network.last().ended).isEqualTo("left");
        assertThat(presence(
                        network.last().published.get(network.last().published.size() - 1)))
                .isInstanceOf(Presence.Gone.class);
    }

    @Test
    void losesItsConnectionWithItsIdentity() {
        provision();

        ask(new StationRequest.Erase(UID, StationRequest.Erase.Scope.EVERYTHING));
        loop.run();

        assertThat(network.last().ended).isEqualTo("aborted");
        board.drive(new Pad(3), Level.HIGH);
        loop.run();
    }

    @Test
    void rebootsOnlyTheBootThatIsNamed() {
        var refusal = ask(new StationRequest.Reboot(new BootId("00000000")));

        assertThat(refusal).isInstanceOf(BoardReply.Refused.class);
    }
}
