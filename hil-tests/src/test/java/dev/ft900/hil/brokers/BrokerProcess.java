package dev.ft900.hil.brokers;

import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.Profiles;
import dev.ft900.ca.authority.SubjectName;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.CertificateStore;
import dev.ft900.ca.store.RevocationReason;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.broker.BrokerSettings;
import dev.ft900.gateway.broker.EmbeddedBroker;
import dev.ft900.gateway.broker.HiveMqBroker;
import dev.ft900.gateway.broker.RegistryAccess;
import dev.ft900.gateway.tls.TlsIdentity;
import dev.ft900.protocol.name.BoardId;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** One broker in a process of its own, steered over stdin: {@code memory}, {@code revoke ID}, end of input. */
public final class BrokerProcess {
    private BrokerProcess() {}

    /** Arguments: {@code hivemq} or {@code artemis}, state folder, port. */
    public static void main(String[] args) throws Exception {
        var state = new StateFolder(Path.of(args[1]));
        try (var database = StateDatabase.open(state)) {
            var authority = new AuthorityFolder(state, database, Clock.systemUTC()).openOrCreate();
            var enrolment = new Enrolment(database, authority, Clock.systemUTC());
            var access = new RegistryAccess(enrolment, Optional.empty());
            var key = KeyKind.P256.generate();
            var issued = database.jdbi()
                    .inTransaction(handle -> authority.issue(
                            new CertificateStore(handle),
                            authority.profiles().get(Profiles.BROKER),
                            "localhost",
                            List.of(SubjectName.ofHost("localhost").orElseThrow()),
                            key.getPublic(),
                            Optional.empty()));
            var settings = new BrokerSettings(
                    InetAddress.getLoopbackAddress(),
                    Integer.parseInt(args[2]),
                    Files.createTempDirectory("broker"),
                    new TlsIdentity(key.getPrivate(), issued.chain(), List.of(authority.root())));
            long start = System.nanoTime();
            EmbeddedBroker broker = args[0].equals("hivemq")
                    ? HiveMqBroker.start(settings, access)
                    : ArtemisBroker.start(settings, access);
            System.out.println("ready " + (System.nanoTime() - start) / 1_000_000);
            steer(broker, enrolment);
            broker.close();
        }
    }

    private static void steer(EmbeddedBroker broker, Enrolment enrolment) throws Exception {
        var in = new BufferedReader(new InputStreamReader(System.in));
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals("memory")) {
                System.gc();
                System.gc();
                long heap =
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
                System.out.println("memory " + heap / 1024 + " " + residentKilobytes());
            } else if (line.startsWith("revoke ")) {
                var id = new BoardId(line.substring("revoke ".length()));
                long start = System.nanoTime();
                enrolment.certificates(id).forEach(c -> enrolment.revoke(c.serial(), RevocationReason.KEY_COMPROMISE));
                broker.disconnect(id.value());
                System.out.println("revoked " + (System.nanoTime() - start) / 1_000);
            }
        }
    }

    private static String residentKilobytes() throws Exception {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .map(line -> line.replaceAll("\\D", ""))
                .findFirst()
                .orElse("0");
    }
}
