package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.app.BrokerKit;
import dev.ft900.gateway.broker.BrokerKind;
import dev.ft900.gateway.broker.outside.KitPorts;
import dev.ft900.protocol.name.GatewayName;
import dev.ft900.protocol.slot.BrokerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Three nodes of RabbitMQ on this machine, made of one kit by the commands of docs/brokers.md, behind one virtual address. */
final class RabbitMqCluster implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration STOP = Duration.ofSeconds(60);
    private static final int NODES = 3;

    private final Path dir;
    private final Path kit;
    private final String commands;
    private final List<Integer> mqttPorts;
    private final List<Integer> httpPorts;
    private final List<Integer> nodePorts;
    private final ToolkitProcess[] nodes = new ToolkitProcess[NODES];
    private final VirtualAddress mqtt;
    private final VirtualAddress http;

    private RabbitMqCluster(Path dir, StateFolder state) throws Exception {
        this.dir = dir;
        this.kit = dir.resolve("kit");
        var ports = TestPorts.free(3 * NODES + 3);
        mqttPorts = ports.subList(0, NODES);
        httpPorts = ports.subList(NODES, 2 * NODES);
        nodePorts = ports.subList(2 * NODES, 3 * NODES);
        mqtt = new VirtualAddress(mqttPorts);
        http = new VirtualAddress(httpPorts);
        var shared = ports.subList(3 * NODES, ports.size());
        new BrokerKit(
                        BrokerKind.RABBITMQ,
                        kit,
                        InetAddress.getLoopbackAddress(),
                        "localhost",
                        mqtt.port(),
                        List.of(new GatewayName("a")),
                        new KitPorts(http.port(), shared.get(0), shared.get(1), shared.get(2)),
                        false,
                        "./ft900")
                .write(state);
        commands = block(Files.readString(docs().resolve("brokers.md")));
    }

    /** Returns when all nodes accept connections. */
    static RabbitMqCluster start(Path dir, StateFolder state) throws Exception {
        var cluster = new RabbitMqCluster(dir, state);
        try {
            // The others join the first.
            cluster.launch(0);
            cluster.awaitNode(0);
            cluster.launch(1);
            cluster.launch(2);
            cluster.awaitNode(1);
            cluster.awaitNode(2);
            return cluster;
        } catch (Exception | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    private static Path docs() {
        var here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("docs")) ? here.resolve("docs") : here.resolveSibling("docs");
    }

    private static String block(String page) {
        var behindMark = page.substring(page.indexOf("<!-- cluster: node -->"));
        int from = behindMark.indexOf("```\n") + 4;
        return behindMark.substring(from, behindMark.indexOf("```\n", from));
    }

    private void launch(int node) throws IOException {
        var environment = Map.of(
                "KIT", kit.toString(),
                "NODE", "" + (node + 1),
                "MQTT_PORT", "" + mqttPorts.get(node),
                "HTTP_PORT", "" + httpPorts.get(node),
                "NODE_PORT", "" + nodePorts.get(node));
        nodes[node] = ToolkitProcess.start(dir, List.of("sh", "-euc", commands), environment);
    }

    private void awaitNode(int node) throws IOException {
        await().atMost(START).until(() -> TestPorts.accepts(mqttPorts.get(node)) || !nodes[node].isAlive());
        assertThat(nodes[node].isAlive())
                .as("node %d: %s %s", node + 1, nodes[node].lines(), nodes[node].errors())
                .isTrue();
    }

    Path kit() {
        return kit;
    }

    /** Under which boards and gateways reach it. */
    BrokerAddress address() {
        return new BrokerAddress("localhost", mqtt.port(), "localhost");
    }

    /** As {@code kill -9} of one node; the list of node names, which all share, goes on. */
    void kill(int node) throws IOException {
        ProcessHandle.of(nodes[node].pid())
                .orElseThrow()
                .descendants()
                .filter(process -> process.info().command().orElse("").contains("beam"))
                .forEach(ProcessHandle::destroyForcibly);
        nodes[node].exitCode(STOP);
        assertThat(TestPorts.accepts(mqttPorts.get(node))).isFalse();
    }

    /** Starts one that was killed; returns when it accepts connections. */
    void startAgain(int node) throws IOException {
        launch(node);
        awaitNode(node);
    }

    @Override
    public void close() throws IOException {
        for (var node : nodes) {
            if (node != null) {
                node.terminate();
            }
        }
        for (var node : nodes) {
            if (node != null) {
                node.exitCode(STOP);
            }
        }
        mqtt.close();
        http.close();
    }
}
