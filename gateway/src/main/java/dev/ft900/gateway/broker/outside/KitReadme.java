package dev.ft900.gateway.broker.outside;

import java.time.LocalDate;
import java.time.ZoneOffset;

/** What a kit says of itself to people. */
final class KitReadme {
    private KitReadme() {}

    static String mosquitto(KitPlan plan) {
        return """
                # Mosquitto for the FT900 gateway

                ```
                sudo apt-get install -y mosquitto
                %1$s/start
                %3$s gateway run --broker-kit %1$s
                ```

                The second line runs Mosquitto in the foreground, the third the gateway, both as the same user on the same machine: the gateway
                writes the revocation list and makes Mosquitto read it (`reload` in `gateway.json`; change it if another user runs Mosquitto).

                | file | what |
                | --- | --- |
                | `mosquitto.conf` | mutual TLS on port %2$s, TLS 1.2 or newer with forward secrecy, the client id is the certificate's common name |
                | `rules.acl` | what a board and what a gateway may say and hear |
                | `dynamic-security.json` | empty; the plugin only ends sessions, on the gateway's word |
                | `tls/` | the broker's certificate and key, the authority to trust, the revocation lists |
                | `gateway.json` | what the gateway must know; keep it secret |

                Mosquitto acknowledges subscriptions that it does not serve: a board that asks for another's topics is told yes and gets nothing.

                The broker's certificate ends on %4$s. Before that, and after the authority's root was renewed, write the kit again and start the
                broker again: `%3$s broker kit mosquitto --out %1$s`. What was said when it was written (addresses, port, gateways) counts unless it is said anew, and
                `reload` stays. The gateway's log tells every day from 30 days before the end.
                """.formatted(plan.folder(), plan.address().port(), plan.toolkit(), end(plan));
    }

    static String rabbitMq(KitPlan plan) {
        return """
                # RabbitMQ for the FT900 gateway

                ```
                sudo apt-get install -y rabbitmq-server
                %1$s/start
                %4$s gateway run --broker-kit %1$s
                ```

                The second line runs RabbitMQ in the foreground as a node of its own, beside the one that the system may run; the third the gateway,
                on the same machine: RabbitMQ asks it who may do what, over the loopback interface, under an address that only the two know.
                While the gateway is down no board can connect; those that are connected stay.

                | file | what |
                | --- | --- |
                | `rabbitmq.conf` | MQTT on port %2$s, whom to ask, the HTTP API on port %3$s of the loopback interface |
                | `advanced.config` | mutual TLS, TLS 1.2 or newer with forward secrecy, revocation lists |
                | `definitions.json` | the gateways and what they may say and hear; the user of the HTTP API |
                | `tls/`, `revoked/` | the broker's certificate and key, the authority to trust, the revocation lists |
                | `gateway.json` | what the gateway must know; keep it secret |

                The broker's certificate ends on %5$s. Before that, and after the authority's root was renewed, write the kit again and start the
                broker again: `%4$s broker kit rabbitmq --out %1$s`. What was said when it was written (addresses, port, gateways) counts unless it is said anew;
                passwords, `management` and the cookie of the nodes stay, so gateways that run go on and nodes can be started again one by one. The
                gateway's log tells every day from 30 days before the end.
                """.formatted(
                        plan.folder(), plan.address().port(), plan.ports().management(), plan.toolkit(), end(plan));
    }

    private static LocalDate end(KitPlan plan) {
        return plan.identity()
                .certificate()
                .getNotAfter()
                .toInstant()
                .atOffset(ZoneOffset.UTC)
                .toLocalDate();
    }
}
