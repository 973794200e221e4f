package dev.ft900.hil.measure;

import dev.ft900.agent.app.BoardFolder;
import dev.ft900.agent.app.RunningBoard;
import dev.ft900.agent.flash.MemoryFlash;
import dev.ft900.agent.mqtt.BoardThreads;
import dev.ft900.agent.serial.SerialCable;
import dev.ft900.ca.flash.Certifier;
import dev.ft900.ca.flash.Provisioned;
import dev.ft900.ca.flash.Provisioner;
import dev.ft900.ca.flash.Provisioner.Wishes;
import dev.ft900.ca.flash.Station;
import dev.ft900.ca.link.PortException;
import dev.ft900.ca.link.PortSettings;
import dev.ft900.ca.link.SerialLink;
import dev.ft900.ca.link.SerialPorts;
import dev.ft900.hil.simulated.LineFaults;
import dev.ft900.hil.simulated.SimulatedWire;
import dev.ft900.protocol.exchange.Ticker;
import dev.ft900.protocol.install.ProvisioningException;
import dev.ft900.protocol.install.ProvisioningListener;
import dev.ft900.protocol.name.BoardId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.OptionalInt;

/** Provisions virtual boards at the end of wires of different speed, in real time, over ports like any other. */
public final class SerialMeasurement implements AutoCloseable {
    private final BoardThreads threads = new BoardThreads(1);
    private final Certifier certifier;
    private final Path folder;
    private int count;

    /** @param folder for the boards */
    public SerialMeasurement(Certifier certifier, Path folder) {
        this.certifier = certifier;
        this.folder = folder;
    }

    /** Provisions a blank board. */
    public Provisioned provision(SerialCable.Wire wire) throws IOException, PortException, ProvisioningException {
        count++;
        var id = new BoardId("bench" + count);
        try (var board = RunningBoard.open(
                        new BoardFolder(folder.resolve(id.value())), threads, wire, OptionalInt.empty());
                var link = new SerialLink(
                        SerialPorts.open(board.portName(), PortSettings.at(wire.baud())), Ticker.SYSTEM)) {
            board.board().powerOn().join();
            return new Provisioner(
                            new Station(link, wire.baud(), Ticker.SYSTEM),
                            certifier,
                            Clock.systemUTC(),
                            Ticker.SYSTEM,
                            ProvisioningListener.NONE,
                            Wishes.DEFAULT)
                    .provision(id);
        }
    }

    /** Provisions a simulated board in virtual time: what wire and protocol cost, without this machine. */
    public Provisioned simulate(SerialCable.Wire wire) throws ProvisioningException {
        var settings = new SimulatedWire.Settings(
                new MemoryFlash(), new byte[64], wire.baud(), wire.latency(), LineFaults.NONE, true);
        try (var simulated = new SimulatedWire(settings);
                var link = new SerialLink(simulated, simulated)) {
            count++;
            return new Provisioner(
                            new Station(link, wire.baud(), simulated),
                            certifier,
                            Clock.systemUTC(),
                            simulated,
                            ProvisioningListener.NONE,
                            Wishes.DEFAULT)
                    .provision(new BoardId("bench" + count));
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
