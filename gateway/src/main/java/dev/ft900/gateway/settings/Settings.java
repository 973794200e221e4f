package dev.ft900.gateway.settings;

import dev.ft900.gateway.app.GatewaySettings;
import dev.ft900.gateway.broker.BrokerKind;
import dev.ft900.protocol.name.GatewayName;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** All settings of the gateway. {@code docs/operations.md} has the same table; a test compares them. */
public final class Settings {
    private static final int HIGHEST_PORT = 65_535;

    public static final Setting<GatewayName> NAME = Setting.of(
            "name", "NAME", "main", Rule.gatewayName(), "this gateway's name in topics and in its certificate");

    public static final Setting<InetAddress> LISTEN =
            Setting.of("listen", "ADDRESS", "localhost", Rule.address(), "address to listen on; 0.0.0.0 for all");

    public static final Setting<String> ADVERTISE = Setting.of(
            "advertise",
            "HOST",
            "localhost",
            Rule.host(),
            "name or address under which boards and clients reach this machine");

    public static final Setting<Integer> HTTPS_PORT = Setting.of(
            "https-port",
            "N",
            "" + GatewaySettings.DEFAULT_HTTPS_PORT,
            Rule.number(0, HIGHEST_PORT),
            "port of the REST API; 0 for any free one");

    public static final Setting<Integer> MQTT_PORT = Setting.of(
            "mqtt-port",
            "N",
            "" + GatewaySettings.DEFAULT_MQTT_PORT,
            Rule.number(0, HIGHEST_PORT),
            "port of the broker; 0 for any free one");

    public static final Setting<String> BROKER = Setting.of(
            "broker",
            "NAME",
            BrokerKind.EMBEDDED.word(),
            Rule.word(Arrays.stream(BrokerKind.values()).map(BrokerKind::word).toList()),
            "embedded, or rabbitmq or mosquitto as a child process, where it is installed");

    public static final Setting<Path> BROKER_KIT = Setting.optional(
            "broker-kit",
            "DIR",
            Rule.path("a folder"),
            "a broker that others run, on the configuration that broker kit wrote to DIR");

    public static final Setting<Path> HTTPS_IDENTITY = Setting.optional(
            "https-identity",
            "FILE",
            Rule.path("a file"),
            "key and certificates for the REST API, such as those of a public authority, as PEM or PKCS#12 (.p12, .pfx); "
                    + "without it, a certificate of the own authority");

    public static final Setting<String> HTTPS_IDENTITY_PASSWORD = Setting.secret(
            "https-identity-password", "TEXT", Rule.text(), "password of a PKCS#12 file in https-identity");

    public static final Setting<Duration> CERTIFICATE_CHECK = Setting.of(
            "certificate-check",
            "TIME",
            "1m",
            Rule.duration("1s", "24h"),
            "how often to look whether certificates were replaced or near their end");

    public static final Setting<Duration> COMMAND_TIMEOUT = Setting.of(
            "command-timeout",
            "TIME",
            "5s",
            Rule.duration("10ms", "60s"),
            "how long a board may take to answer, unless a call says otherwise");

    public static final Setting<Duration> RESET_TIMEOUT = Setting.of(
            "reset-timeout",
            "TIME",
            "30s",
            Rule.duration("1s", "10m"),
            "how long a board may take to be back after a reset");

    public static final Setting<Duration> DRAIN_TIMEOUT = Setting.of(
            "drain-timeout",
            "TIME",
            "10s",
            Rule.duration("0s", "10m"),
            "how long commands under way may take to finish when the gateway stops");

    public static final Setting<Boolean> FIRST_CONNECT = Setting.of(
            "first-connect",
            "BOOL",
            "false",
            Rule.yesOrNo(),
            "register a board at its first connection if a trusted authority certified it; embedded broker only");

    public static final Setting<Path> FIRST_CONNECT_CA = Setting.optional(
            "first-connect-ca",
            "FILE",
            Rule.path("a file"),
            "PEM file with the authorities whose boards first-connect registers, beside our own");

    public static final Setting<Set<String>> CORS_ORIGINS = Setting.optional(
            "cors-origins", "LIST", Rule.origins(), "whose pages may call the REST API from a browser, beside our own");

    public static final Setting<Integer> CALLS_PER_SECOND = Setting.of(
            "calls-per-second", "N", "50000", Rule.number(1, 10_000_000), "how many calls each caller has a second");

    public static final Setting<Integer> MAX_CONNECTIONS = Setting.of(
            "max-connections", "N", "5000", Rule.number(1, 1_000_000), "connections to the REST API at a time");

    public static final Setting<Integer> MAX_EVENT_STREAMS = Setting.of(
            "max-event-streams", "N", "200", Rule.number(0, 5_000), "streams of events at a time; each has a thread");

    public static final Setting<Integer> MAX_BODY =
            Setting.of("max-body", "BYTES", "16384", Rule.number(1_024, 65_536), "longest body of a request, in bytes");

    public static final Setting<Integer> MAX_HEADER = Setting.of(
            "max-header",
            "BYTES",
            "8192",
            Rule.number(2_048, 65_536),
            "longest request line and headers of a request together, in bytes");

    public static final Setting<Integer> MAX_URL = Setting.of(
            "max-url", "BYTES", "2048", Rule.number(256, 65_536), "longest path and query of a request, in bytes");

    public static final Setting<Duration> IDLE_TIMEOUT = Setting.of(
            "idle-timeout",
            "TIME",
            "60s",
            Rule.duration("1s", "1h"),
            "how long a connection to the REST API may be silent");

    public static final Setting<Duration> AUDIT_KEPT = Setting.of(
            "audit-kept",
            "TIME",
            "9600h",
            Rule.duration("1h", "87600h"),
            "how long entries of the audit log are kept; 9600h is 400 days");

    public static final Setting<Integer> AUDIT_ENTRIES = Setting.of(
            "audit-entries",
            "N",
            "1000000",
            Rule.number(1_000, 1_000_000_000),
            "how many entries of the audit log are kept at most");

    public static final Setting<Boolean> HSTS = Setting.of(
            "hsts",
            "BOOL",
            "false",
            Rule.yesOrNo(),
            "tell browsers to come to this host by HTTPS only, for a year; for a host with a certificate of a public authority");

    public static final Setting<String> DATABASE_URL = Setting.optional(
            "database-url",
            "URL",
            Rule.postgresUrl(),
            "a PostgreSQL database that several gateways share, such as jdbc:postgresql://db.example/ft900; kept in the state folder");

    public static final Setting<String> DATABASE_USER =
            Setting.optional("database-user", "USER", Rule.text(), "by whom the gateway is known there");

    public static final Setting<String> DATABASE_PASSWORD =
            Setting.secret("database-password", "PASSWORD", Rule.text(), "that user's password");

    /** In the order of the help. */
    public static final List<Setting<?>> ALL = List.of(
            DATABASE_URL,
            DATABASE_USER,
            DATABASE_PASSWORD,
            NAME,
            LISTEN,
            ADVERTISE,
            HTTPS_PORT,
            MQTT_PORT,
            BROKER,
            BROKER_KIT,
            HTTPS_IDENTITY,
            HTTPS_IDENTITY_PASSWORD,
            CERTIFICATE_CHECK,
            COMMAND_TIMEOUT,
            RESET_TIMEOUT,
            DRAIN_TIMEOUT,
            FIRST_CONNECT,
            FIRST_CONNECT_CA,
            CORS_ORIGINS,
            CALLS_PER_SECOND,
            MAX_CONNECTIONS,
            MAX_EVENT_STREAMS,
            MAX_BODY,
            MAX_HEADER,
            MAX_URL,
            IDLE_TIMEOUT,
            AUDIT_KEPT,
            AUDIT_ENTRIES,
            HSTS);

    private Settings() {}
}
