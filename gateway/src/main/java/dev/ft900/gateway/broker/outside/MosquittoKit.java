package dev.ft900.gateway.broker.outside;

import dev.ft900.gateway.broker.BrokerAccess.Grant;
import dev.ft900.gateway.broker.BrokerKind;
import dev.ft900.gateway.broker.TopicRules;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The configuration of Mosquitto 2.0. The rules of all boards are patterns in which Mosquitto puts the certificate's common name, so there is
 * nothing to do when a board is registered; the dynamic-security plugin is there for one thing, to end sessions.
 */
final class MosquittoKit {
    /** Where the dynamic-security plugin takes its commands. */
    static final String CONTROL_TOPIC = "$CONTROL/dynamic-security/v1";

    /**
     * Until it has given up who had shown a certificate and has not said CONNECT: its keep-alive for new clients, 60 s, half as much again, and
     * 5 s between two looks. None of the three can be set.
     */
    static final Duration LAST_CONNECT = Duration.ofSeconds(100);

    private static final String PROCESS_FILE = "mosquitto.pid";

    private final KitPlan plan;
    private final Optional<List<String>> reload;
    private final KitFiles files;

    /** @param reload of the kit that is written over */
    MosquittoKit(KitPlan plan, Optional<List<String>> reload) {
        this.plan = plan;
        this.reload = reload;
        this.files = new KitFiles(plan);
    }

    KitSettings write() throws IOException {
        files.writeTls();
        new RevocationFiles(BrokerKind.MOSQUITTO, plan.folder()).write(plan.lists());
        files.text("mosquitto.conf", configuration());
        files.secret("rules.acl", rules());
        files.secret("dynamic-security.json", """
                {"defaultACLAccess": {"publishClientSend": false, "publishClientReceive": false, "subscribe": false,
                 "unsubscribe": true}, "clients": [], "groups": [], "roles": []}
                """);
        files.startScript("""
                #!/bin/sh
                # Runs Mosquitto in the foreground on the configuration of this folder.
                set -eu
                cd "$(dirname "$0")"
                PATH=$PATH:/usr/sbin:/usr/local/sbin
                plugin=$(find /usr/lib /usr/local/lib -name mosquitto_dynamic_security.so 2>/dev/null | head -n 1)
                [ -n "$plugin" ] || { echo "expected mosquitto_dynamic_security.so below /usr/lib; it is not there" >&2; exit 1; }
                { printf 'plugin %s\\n' "$plugin"; cat mosquitto.conf; } >data/running.conf
                exec mosquitto -c data/running.conf
                """);
        files.text("README.md", KitReadme.mosquitto(plan));
        var settings = new KitSettings(
                BrokerKind.MOSQUITTO,
                plan.address(),
                plan.listen().getHostAddress(),
                plan.gatewayNames(),
                null,
                plan.asRoot() ? true : null,
                null,
                reload.orElseGet(this::reloadBySignal));
        settings.save(plan.folder());
        return settings;
    }

    /** The file outlives a Mosquitto that was killed, and its number may be another program's by then. */
    private List<String> reloadBySignal() {
        return List.of("sh", "-c", """
                        pid=$(cat '%s') && [ "$(cat /proc/"$pid"/comm 2>/dev/null || ps -o comm= -p "$pid")" = mosquitto ] && kill -HUP "$pid"
                        """.formatted(files.file(PROCESS_FILE)).strip());
    }

    private String configuration() {
        return """
                # Mosquitto 2.0 for the FT900 gateway. The start script adds the line that loads the dynamic-security plugin.
                user %s
                listener %s%s

                # Mutual TLS: a certificate of our authority that nobody revoked, or nothing. Forward secrecy only.
                cafile %s
                certfile %s
                keyfile %s
                crlfile %s
                require_certificate true
                tls_version tlsv1.2
                ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384
                ciphers_tls1.3 TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384

                # The certificate says who it is, and under no other client id.
                use_identity_as_username true
                use_username_as_clientid true
                allow_anonymous false
                allow_zero_length_clientid false
                acl_file %s
                plugin_opt_config_file %s

                # Without this a QoS 1 round trip takes 44 ms and more.
                set_tcp_nodelay true

                # A gateway has thousands of commands under way; a board has few.
                max_inflight_messages 0
                max_queued_messages 10000
                max_packet_size 65536
                max_keepalive 1200
                sys_interval 0

                persistence true
                persistence_location %s/
                autosave_interval 60
                pid_file %s
                log_dest stderr
                log_type error
                log_type warning
                log_type notice
                log_timestamp_format %%Y-%%m-%%dT%%H:%%M:%%S
                """.formatted(
                System.getProperty("user.name"),
                plan.address().port(),
                plan.listen().isAnyLocalAddress() ? "" : " " + plan.listen().getHostAddress(),
                files.file("tls/trust.pem"),
                files.file("tls/server.pem"),
                files.file("tls/server.key"),
                RevocationFiles.mosquitto(plan.folder()),
                files.file("rules.acl"),
                files.file("dynamic-security.json"),
                files.file("data"),
                files.file(PROCESS_FILE));
    }

    private String rules() {
        var text = new StringBuilder("# Who may say and hear what. %u is the common name of the certificate.\n");
        for (var gateway : plan.gateways()) {
            text.append("\nuser ").append(gateway.commonName()).append('\n');
            lines(text, "topic ", TopicRules.forGateway(gateway));
            text.append("topic write ").append(CONTROL_TOPIC).append('\n');
        }
        text.append('\n');
        lines(text, "pattern ", TopicRules.forBoard("%u"));
        return text.toString();
    }

    private static void lines(StringBuilder text, String word, Grant grant) {
        grant.publish()
                .forEach(filter ->
                        text.append(word).append("write ").append(filter).append('\n'));
        grant.publishRetained()
                .forEach(filter ->
                        text.append(word).append("write ").append(filter).append('\n'));
        grant.subscribe()
                .forEach(filter ->
                        text.append(word).append("read ").append(filter).append('\n'));
    }
}
