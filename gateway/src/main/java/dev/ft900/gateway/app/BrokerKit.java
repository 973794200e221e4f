package dev.ft900.gateway.app;

import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.authority.IssuingException;
import dev.ft900.ca.authority.Profiles;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.broker.BrokerKind;
import dev.ft900.gateway.broker.outside.KitPlan;
import dev.ft900.gateway.broker.outside.KitPorts;
import dev.ft900.gateway.broker.outside.KitSettings;
import dev.ft900.gateway.broker.outside.Kits;
import dev.ft900.gateway.tls.ServerIdentities;
import dev.ft900.protocol.name.GatewayName;
import dev.ft900.protocol.slot.BrokerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * A ready configuration for a broker that others run.
 *
 * @param kind not the embedded one
 * @param folder where to write it
 * @param listen address on which the broker is to listen
 * @param advertise host name or address under which boards reach it
 * @param gateways those that may speak to boards
 * @param asRoot whether Mosquitto may run as root where root writes the kit
 * @param toolkit the command by which a person calls the toolkit, for the kit's README
 */
public record BrokerKit(
        BrokerKind kind,
        Path folder,
        InetAddress listen,
        String advertise,
        int mqttPort,
        List<GatewayName> gateways,
        KitPorts ports,
        boolean asRoot,
        String toolkit) {

    /**
     * Writes it with a certificate of the state folder's authority, which is made if there is none. What broker and gateway know of each
     * other by a kit that is there stays ({@link Kits#write}).
     *
     * @throws StartException it cannot be written; the message says why
     */
    public KitSettings write(StateFolder state) throws StartException {
        if (kind == BrokerKind.MOSQUITTO
                && !asRoot
                && System.getProperty("user.name").equals("root")) {
            throw new StartException(
                    "expected to be the user that will run Mosquitto; this is root, and it would run as root. Write the kit as "
                            + "that user (runuser -u USER -- ...), or say --as-root.");
        }
        try (var database = StateDatabase.open(state)) {
            var clock = Clock.systemUTC();
            var folderOfAuthority = new AuthorityFolder(state, database, clock);
            var authority = folderOfAuthority.openOrCreate();
            var identity = new ServerIdentities(state, database, authority, clock)
                    .get("broker", Profiles.BROKER, "localhost", new Hosts(listen, advertise).names());
            var revoked = BrokerStart.lastRevocation(new Enrolment(database, authority, clock));
            var plan = new KitPlan(
                    folder,
                    listen,
                    new BrokerAddress(advertise, mqttPort, advertise),
                    identity,
                    gateways,
                    new AuthorityLists(folderOfAuthority).make(),
                    ports,
                    asRoot,
                    toolkit);
            return Kits.write(kind, plan, revoked);
        } catch (IOException e) {
            throw new StartException("expected to write the kit to " + folder + "; " + e.getMessage(), e);
        } catch (IssuingException e) {
            throw new StartException("the broker's certificate cannot be made: " + e.getMessage(), e);
        }
    }
}
