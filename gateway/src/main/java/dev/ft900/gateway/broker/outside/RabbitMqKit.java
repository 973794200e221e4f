package dev.ft900.gateway.broker.outside;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ft900.gateway.broker.BrokerKind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The configuration of RabbitMQ 3.10 and later with its MQTT plugin. Boards are nobody to RabbitMQ: it asks the gateway about each. Gateways
 * are users of its own, so that their commands, each on another topic, cost no question.
 */
final class RabbitMqKit {
    static final String MANAGER = "FT900-management";

    private static final int DEPTH = 3;

    /** For the handshake, and for the way to the broker's CONNACK: as long as boards wait. RabbitMQ's own are 5 and 10 s. */
    private static final int GREETING_MILLIS = 30_000;

    /** Until it has given up who had shown a certificate and has not said CONNECT: the handshake may take as long as the wait after it. */
    static final Duration LAST_CONNECT = Duration.ofMillis(2 * GREETING_MILLIS).plusSeconds(5);

    /** By which the nodes of a cluster and their tools know each other. */
    private static final String COOKIE = "data/.erlang.cookie";

    private final KitPlan plan;
    private final Optional<KitSettings> before;
    private final KitFiles files;

    /** @param before of the kit that is written over */
    RabbitMqKit(KitPlan plan, Optional<KitSettings> before) {
        this.plan = plan;
        this.before = before;
        this.files = new KitFiles(plan);
    }

    KitSettings write() throws IOException {
        files.writeTls();
        new RevocationFiles(BrokerKind.RABBITMQ, plan.folder()).write(plan.lists());
        var settings = new KitSettings(
                BrokerKind.RABBITMQ,
                plan.address(),
                plan.listen().getHostAddress(),
                plan.gatewayNames(),
                plan.ports(),
                null,
                before.map(this::conversation).orElseGet(this::newConversation),
                null);
        files.secret("rabbitmq.conf", configuration(settings.rabbitmq()));
        files.text("advanced.config", tls());
        files.text("enabled_plugins", "[rabbitmq_mqtt,rabbitmq_management,rabbitmq_auth_backend_http].\n");
        files.secret(
                "definitions.json",
                new JsonMapper()
                                .writerWithDefaultPrettyPrinter()
                                .writeValueAsString(RabbitMqUsers.definitions(
                                        plan.gateways(), settings.rabbitmq().password()))
                        + "\n");
        if (!Files.exists(files.file(COOKIE))) {
            files.secret(COOKIE, KitFiles.newSecret());
        }
        files.startScript(startScript());
        files.text("README.md", KitReadme.rabbitMq(plan));
        settings.save(plan.folder());
        return settings;
    }

    /** As it was; with other ports at the new ones, but for an HTTP API that people have put elsewhere. */
    private KitSettings.RabbitMq conversation(KitSettings was) {
        var rabbit = was.rabbitmq();
        if (plan.ports().equals(was.ports())) {
            return rabbit;
        }
        boolean isElsewhere = was.ports() != null && !rabbit.management().equals(management(was.ports()));
        return new KitSettings.RabbitMq(
                isElsewhere ? rabbit.management() : management(plan.ports()),
                rabbit.user(),
                rabbit.password(),
                plan.ports().authorisation(),
                rabbit.authorisationSecret());
    }

    private static URI management(KitPorts ports) {
        return URI.create("http://127.0.0.1:" + ports.management());
    }

    private KitSettings.RabbitMq newConversation() {
        return new KitSettings.RabbitMq(
                management(plan.ports()),
                MANAGER,
                KitFiles.newSecret(),
                plan.ports().authorisation(),
                KitFiles.newSecret());
    }

    private String configuration(KitSettings.RabbitMq rabbit) {
        var ask = "http://127.0.0.1:" + rabbit.authorisationPort() + "/" + rabbit.authorisationSecret() + "/";
        return """
                # RabbitMQ for the FT900 gateway: MQTT over mutual TLS for boards and gateways, nothing else from outside.
                # The TLS options stand in advanced.config.
                listeners.tcp = none
                mqtt.listeners.tcp = none
                mqtt.listeners.ssl.1 = %s:%s
                mqtt.tcp_listen_options.nodelay = true
                mqtt.tcp_listen_options.backlog = 4096
                # A thousand boards that come at once wait for each other; one that is given up comes again and has its work done twice.
                ssl_handshake_timeout = %s
                mqtt.ssl_cert_login = true
                ssl_cert_login_from = common_name
                mqtt.allow_anonymous = false
                mqtt.vhost = /
                mqtt.exchange = amq.topic
                mqtt.prefetch = 1000
                mqtt.retained_message_store = rabbit_mqtt_retained_msg_store_dets

                # Gateways are known here; about everybody else the gateway is asked.
                auth_backends.1 = internal
                auth_backends.2 = http
                auth_http.http_method = post
                auth_http.connection_timeout = 15000
                auth_http.request_timeout = 15000
                auth_http.user_path = %suser
                auth_http.vhost_path = %svhost
                auth_http.resource_path = %sresource
                auth_http.topic_path = %stopic

                management.tcp.ip = 127.0.0.1
                management.tcp.port = %s
                load_definitions = %s

                log.file = false
                log.console = true
                log.console.level = warning
                """.formatted(
                        plan.listen().getHostAddress(),
                        plan.address().port(),
                        GREETING_MILLIS,
                        ask,
                        ask,
                        ask,
                        ask,
                        plan.ports().management(),
                        files.file("definitions.json"));
    }

    private String tls() {
        return """
                %%%% Mutual TLS: a certificate of our authority that nobody revoked, or nothing. Forward secrecy only. Sessions are not
                %%%% resumed, because the revocation lists are looked at in whole handshakes only.
                [{rabbitmq_mqtt, [{login_timeout, %s}]},
                 {rabbit, [{ssl_options, [
                  {cacertfile, "%s"},
                  {certfile, "%s"},
                  {keyfile, "%s"},
                  {verify, verify_peer},
                  {fail_if_no_peer_cert, true},
                  {depth, %s},
                  {versions, ['tlsv1.3', 'tlsv1.2']},
                  {ciphers, ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384",
                             "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384"]},
                  {honor_cipher_order, true},
                  {client_renegotiation, false},
                  {reuse_sessions, false},
                  {crl_check, peer},
                  {crl_cache, {ssl_crl_hash_dir, {internal, [{dir, "%s"}]}}}
                ]}]}].
                """.formatted(
                        GREETING_MILLIS,
                        files.file("tls/trust.pem"),
                        files.file("tls/server.pem"),
                        files.file("tls/server.key"),
                        DEPTH,
                        RevocationFiles.rabbitMq(plan.folder()));
    }

    private String startScript() {
        return String.join(
                "\n",
                List.of(
                        "#!/bin/sh",
                        "# Runs RabbitMQ in the foreground on the configuration of this folder, as a node of its own.",
                        "set -eu",
                        "cd \"$(dirname \"$0\")\"",
                        "here=$(pwd)",
                        "server=",
                        "for there in /usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server /opt/rabbitmq/sbin/rabbitmq-server; do",
                        "  if [ -x \"$there\" ]; then server=$there; fi",
                        "done",
                        "[ -n \"$server\" ] || { echo 'expected RabbitMQ below /usr/lib/rabbitmq/lib; it is not there' >&2; exit 1; }",
                        "export HOME=\"$here/data\" RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_ALLOW_INPUT=true",
                        "export RABBITMQ_NODENAME=\"${FT900_NODE:-ft900@localhost}\"",
                        "export RABBITMQ_CONFIG_FILE=\"$here/rabbitmq.conf\" RABBITMQ_ADVANCED_CONFIG_FILE=\"$here/advanced.config\"",
                        "export RABBITMQ_ENABLED_PLUGINS_FILE=\"$here/enabled_plugins\" RABBITMQ_MNESIA_BASE=\"$here/data\"",
                        "export RABBITMQ_LOG_BASE=\"$here/log\" RABBITMQ_PLUGINS_EXPAND_DIR=\"$here/data/plugins\"",
                        "export RABBITMQ_GENERATED_CONFIG_DIR=\"$here/data/config\" RABBITMQ_PID_FILE=\"$here/data/pid\"",
                        "export RABBITMQ_DIST_PORT=" + plan.ports().distribution() + " ERL_EPMD_PORT="
                                + plan.ports().names() + " ERL_EPMD_ADDRESS=127.0.0.1",
                        "export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-noinput -kernel inet_dist_use_interface {127,0,0,1}'",
                        "chmod 400 data/.erlang.cookie",
                        "# The list of node names is ours alone and ends with us.",
                        "epmd -address 127.0.0.1 -port \"$ERL_EPMD_PORT\" &",
                        "names=$!",
                        "\"$server\" </dev/null &",
                        "broker=$!",
                        "trap 'kill -TERM $broker 2>/dev/null || true' TERM INT HUP",
                        "# A signal to this script ends a wait early.",
                        "status=0",
                        "while :; do",
                        "  wait $broker && status=0 || status=$?",
                        "  kill -0 $broker 2>/dev/null || break",
                        "done",
                        "if [ -z \"${FT900_NODE:-}\" ]; then",
                        "  kill $names 2>/dev/null || true",
                        "  wait $names || true",
                        "else",
                        "  # Nodes of a cluster share it: it ends with the last one, and refuses before.",
                        "  for _ in 1 2 3 4 5; do",
                        "    if epmd -port \"$ERL_EPMD_PORT\" -kill >/dev/null 2>&1; then break; fi",
                        "    sleep 0.2",
                        "  done",
                        "fi",
                        "# Told to whoever watches over it: a broker that died is started again.",
                        "exit $status",
                        ""));
    }
}
