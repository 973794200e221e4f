package dev.ft900.hil.chain;

import dev.ft900.agent.app.RunningBoard;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.PemException;
import dev.ft900.ca.flash.LocalCertifier;
import dev.ft900.ca.flash.Provisioner;
import dev.ft900.ca.flash.Station;
import dev.ft900.ca.link.PortException;
import dev.ft900.ca.link.PortSettings;
import dev.ft900.ca.link.SerialLink;
import dev.ft900.ca.link.SerialPorts;
import dev.ft900.ca.store.StoredCertificate;
import dev.ft900.gateway.app.Gateway;
import dev.ft900.protocol.exchange.ExchangeException;
import dev.ft900.protocol.exchange.Ticker;
import dev.ft900.protocol.install.ProvisioningException;
import dev.ft900.protocol.install.ProvisioningListener;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.slot.SlotRecord;
import java.time.Clock;
import java.util.Optional;

/** Where virtual boards are given their identity, with the same code as {@code ./ft900 flash} and over a serial port like any other. */
final class VirtualBench {
    private final Gateway gateway;

    VirtualBench(Gateway gateway) {
        this.gateway = gateway;
    }

    /**
     * Switches a board on, and gives it an identity unless it has the one that it is to have.
     *
     * @return whether it got one
     */
    boolean provisionIfNeeded(BoardId id, RunningBoard board)
            throws PortException, ExchangeException, ProvisioningException {
        // The port is opened first, so that the board's boot line is heard and nobody waits for three seconds of
        // silence.
        try (var link = new SerialLink(
                SerialPorts.open(board.portName(), PortSettings.at(RunningBoard.DEFAULT_BAUD)), Ticker.SYSTEM)) {
            board.board().powerOn().join();
            var station = new Station(link, RunningBoard.DEFAULT_BAUD, Ticker.SYSTEM);
            station.awaitReady();
            if (isAsItShouldBe(id, station.activeSlot(station.hello()))) {
                return false;
            }
            var certifier = new LocalCertifier(
                    gateway.authority(),
                    gateway.enrolment(),
                    gateway.endpoints().broker());
            new Provisioner(
                            station,
                            certifier,
                            Clock.systemUTC(),
                            Ticker.SYSTEM,
                            ProvisioningListener.NONE,
                            Provisioner.Wishes.DEFAULT)
                    .provision(id);
            return true;
        }
    }

    private boolean isAsItShouldBe(BoardId id, Optional<SlotRecord> slot) {
        return slot.filter(record -> record.id().equals(id)
                        && record.broker().equals(gateway.endpoints().broker())
                        && isAdmitted(id, record))
                .isPresent();
    }

    private boolean isAdmitted(BoardId id, SlotRecord record) {
        try {
            var certificate = Pem.readCertificate(record.chain().get(0).bytes());
            return gateway.enrolment().admits(id, StoredCertificate.serial(certificate.getSerialNumber()));
        } catch (PemException e) {
            return false;
        }
    }
}
