package dev.ft900.gateway.app;

import dev.ft900.ca.store.StateDatabase;
import dev.ft900.gateway.access.AuditLog;
import dev.ft900.gateway.broker.Broker;
import dev.ft900.gateway.device.CommandQueue;
import dev.ft900.gateway.device.CommandService;
import dev.ft900.gateway.device.PresenceTracker;
import dev.ft900.gateway.event.EventHub;
import dev.ft900.gateway.http.RestServer;
import dev.ft900.gateway.mqtt.MqttLink;
import dev.ft900.gateway.operations.Metrics;

/** What is counted at the moment when somebody asks. */
record Gauges(
        CommandService commands,
        PresenceTracker presence,
        Broker broker,
        MqttLink link,
        CommandQueue queue,
        EventHub hub,
        AuditLog audit,
        StateDatabase database,
        RestServer rest) {
    void addTo(Metrics metrics) {
        metrics.gauge("ft900.commands.under.way", "commands that were sent and are not answered", commands::underWay);
        metrics.gauge("ft900.boards.registered", "boards that are registered", () -> presence.followed()
                .size());
        metrics.gauge("ft900.boards.online", "boards that are connected", presence::online);
        metrics.gauge(
                "ft900.broker.connected",
                "1 while the gateway is connected to its broker",
                () -> link.isConnected() ? 1 : 0);
        metrics.gauge(
                "ft900.broker.revocations.open",
                "revocations of which the broker could not be told yet",
                broker::revocationsOpen);
        metrics.gauge(
                "ft900.http.requests.under.way", "requests that are not answered yet, without streams", rest::underWay);
        metrics.gauge("ft900.event.listeners", "streams of events", hub::listeners);
        metrics.gauge("ft900.http.threads.busy", "threads that serve requests just now", rest::busyThreads);
        metrics.gauge("ft900.commands.queued", "commands that wait for their boards", queue::waiting);
        broker.connections()
                .ifPresent(count -> metrics.gauge(
                        "ft900.broker.connections",
                        "clients that are connected to the embedded broker",
                        count::getAsLong));
        metrics.gauge(
                "ft900.database.seconds",
                "how long the database took to answer when these figures were asked for",
                () -> {
                    long before = System.nanoTime();
                    database.isAlive();
                    return (System.nanoTime() - before) / 1e9;
                });
        metrics.gauge("ft900.audit.lost", "entries that the audit log lost since the start", audit::lost);
        metrics.gauge("ft900.database.alive", "1 while the database can be reached", () -> database.isAlive() ? 1 : 0);
    }
}
