package dev.ft900.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.broker.BrokerKind;
import dev.ft900.gateway.broker.outside.KitPorts;
import dev.ft900.gateway.broker.outside.KitSettings;
import dev.ft900.protocol.name.GatewayName;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kit of RabbitMQ that is written again, with other ports or the same. */
class BrokerKitTest {
    private static final KitPorts OTHER = new KitPorts(21_001, 21_002, 21_003, 21_004);

    @TempDir
    Path dir;

    private KitSettings write(KitPorts ports) throws Exception {
        return new BrokerKit(
                        BrokerKind.RABBITMQ,
                        dir.resolve("kit"),
                        InetAddress.getLoopbackAddress(),
                        "localhost",
                        8883,
                        List.of(new GatewayName("main")),
                        ports,
                        false,
                        "./ft900")
                .write(new StateFolder(dir.resolve("state")));
    }

    private String file(String name) throws Exception {
        return Files.readString(dir.resolve("kit").resolve(name));
    }

    @Test
    void withTheSamePortsBrokerAndGatewayKnowEachOtherAsBefore() throws Exception {
        var before = write(OTHER);

        assertThat(write(OTHER)).isEqualTo(before);
    }

    @Test
    void withOtherPortsBothSidesUseThemAndKeepTheirSecrets() throws Exception {
        var before = write(KitPorts.USUAL).rabbitmq();

        var after = write(OTHER).rabbitmq();

        assertThat(after.management()).isEqualTo(URI.create("http://127.0.0.1:21001"));
        assertThat(after.authorisationPort()).isEqualTo(21_002);
        assertThat(after.password()).isEqualTo(before.password());
        assertThat(after.authorisationSecret()).isEqualTo(before.authorisationSecret());
        assertThat(file("rabbitmq.conf"))
                .contains("management.tcp.port = 21001", "http://127.0.0.1:21002/")
                .doesNotContain("15673", "15674");
        assertThat(file("start")).contains("RABBITMQ_DIST_PORT=21003", "ERL_EPMD_PORT=21004");
    }

    @Test
    void anHttpApiThatPeopleHavePutElsewhereStaysThere() throws Exception {
        write(KitPorts.USUAL);
        var settings = dir.resolve("kit/gateway.json");
        Files.writeString(
                settings, Files.readString(settings).replace("http://127.0.0.1:15673", "http://balancer:15000"));

        assertThat(write(OTHER).rabbitmq().management()).isEqualTo(URI.create("http://balancer:15000"));
    }
}
