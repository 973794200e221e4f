package dev.ft900.hil;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.hil.measure.FleetSimulator;
import dev.ft900.hil.rest.RestClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code ./ft900 gateway run} in a process of its own, on free ports that stay the same from start to start. */
final class GatewayProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);

    private final ToolkitProcess process;
    private final JsonNode ready;
    private final RestClient rest;

    private GatewayProcess(ToolkitProcess process, StateFolder state) throws Exception {
        this.process = process;
        this.ready = new JsonMapper().readTree(process.line(START));
        this.rest = new RestClient(
                URI.create(ready.path("gateway").asText()),
                ready.path("token").asText(),
                Pem.readCertificates(state.rootCertificate()).get(0));
    }

    /** Returns when it serves. */
    static GatewayProcess start(Path scratch, StateFolder state, String... more) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // As ./ft900 does.
        command.addAll(List.of("-Dio.netty.leakDetection.level=disabled", "-XX:+UseParallelGC"));
        command.addAll(List.of("-cp", FleetSimulator.classPath()));
        command.addAll(List.of("dev.ft900.hil.cli.Ft900", "gateway", "run", "--json"));
        command.addAll(List.of("--https-port", "0", "--mqtt-port", "0"));
        command.addAll(List.of("--state", state.path().toString()));
        command.addAll(List.of(more));
        var process = ToolkitProcess.start(scratch, command, Map.of());
        try {
            return new GatewayProcess(process, state);
        } catch (Exception e) {
            process.close();
            throw e;
        }
    }

    RestClient rest() {
        return rest;
    }

    /** Such as {@code ssl://localhost:8883}. */
    String broker() {
        return ready.path("broker").asText();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** As Ctrl-C or a service manager does; returns at once. */
    void terminate() {
        process.terminate();
    }

    /** Waits for its end. */
    int exitCode() throws IOException {
        return process.exitCode(START);
    }

    /** What it said to people. */
    String errors() throws IOException {
        return process.errors();
    }

    /** As {@code kill -9}; returns when it has ended. */
    void kill() throws IOException {
        process.kill();
        process.exitCode(START);
    }

    @Override
    public void close() {
        process.close();
    }
}
