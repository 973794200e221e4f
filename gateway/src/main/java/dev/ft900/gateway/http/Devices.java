package dev.ft900.gateway.http;

import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.gateway.device.CommandQueue;
import dev.ft900.gateway.device.CommandService;
import dev.ft900.gateway.device.DesiredPins;
import dev.ft900.gateway.device.LastKnown;
import dev.ft900.gateway.device.PresenceTracker;
import dev.ft900.gateway.device.RecentCommands;
import dev.ft900.gateway.device.RegistryWatch;
import dev.ft900.gateway.device.RenewalService;
import dev.ft900.gateway.device.ResetService;
import dev.ft900.gateway.device.UnknownDeviceException;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.slot.BrokerAddress;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * All that the resources work with.
 *
 * @param recent the last commands of each board
 * @param lastKnown what boards last said
 * @param queue commands that wait for boards
 * @param desired how pins are to be
 * @param broker where boards are told to connect
 * @param anchor what boards are told to trust
 * @param executor on which answers are written; the threads that bring replies must not wait for callers
 * @param commandPatience how long to wait for a board's answer
 * @param resetPatience how long to wait for a board to be back
 */
public record Devices(
        Enrolment enrolment,
        PresenceTracker presence,
        RegistryWatch watch,
        CommandService commands,
        ResetService resets,
        RenewalService renewals,
        RecentCommands recent,
        LastKnown lastKnown,
        CommandQueue queue,
        DesiredPins desired,
        BrokerAddress broker,
        X509Certificate anchor,
        Executor executor,
        Clock clock,
        Duration commandPatience,
        Duration resetPatience) {

    /**
     * The board that an address names, registered or not. One that nobody follows may have been registered a moment ago by another process:
     * the register is read before anybody says that there is no such board.
     *
     * @param id as it stands in the address
     */
    BoardId board(String id) {
        var board = PathIds.board(id);
        if (presence.standing(board).isEmpty()) {
            watch.look();
        }
        return board;
    }

    /**
     * A board that is registered.
     *
     * @param id as it stands in the address
     */
    BoardId known(String id) throws UnknownDeviceException {
        var board = board(id);
        if (presence.standing(board).isEmpty()) {
            throw new UnknownDeviceException(board);
        }
        return board;
    }
}
