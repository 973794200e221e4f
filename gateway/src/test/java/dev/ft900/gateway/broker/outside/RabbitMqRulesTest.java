package dev.ft900.gateway.broker.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.protocol.name.BoardId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RabbitMqRulesTest {
    private final RabbitMqRules rules = new RabbitMqRules(new BoardId("board1")::equals);

    private boolean allows(String kind, String... question) {
        var parameters = new HashMap<>(Map.of("username", "board1", "vhost", "/"));
        for (int i = 0; i < question.length; i += 2) {
            parameters.put(question[i], question[i + 1]);
        }
        return rules.allows(kind, parameters);
    }

    @Test
    void aRegisteredBoardMayConnectUnderItsOwnClientIdOnly() {
        assertThat(allows("user")).isTrue();
        assertThat(allows("vhost", "client_id", "board1")).isTrue();
        assertThat(allows("vhost", "client_id", "board2")).isFalse();
        assertThat(allows("vhost", "client_id", "gw.main")).isFalse();
        assertThat(allows("vhost")).isFalse();
        assertThat(allows("vhost", "client_id", "board1", "vhost", "other")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"board2", "gw.main", "FT900-management", "", "board1 "})
    void nobodyElseMayConnect(String username) {
        assertThat(allows("user", "username", username)).isFalse();
    }

    @Test
    void aBoardThatIsRemovedWhileItConnectsIsRefused() {
        assertThat(allows("vhost", "username", "board2", "client_id", "board2")).isFalse();
    }

    @Test
    void whoeverShowsAPasswordIsNoBoard() {
        assertThat(allows("user", "password", "x")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "read, ft900.board1.req.*, true",
        "read, ft900.board1.req.main, true",
        "read, ft900.board1.pin.*, true",
        "read, ft900.*.req.*, false",
        "read, ft900.board2.req.*, false",
        "read, ft900.board1.#, false",
        "read, #, false",
        "read, ft900.board1.rep.main, false",
        "write, ft900.board1.rep.main, true",
        "write, ft900.board1.up, true",
        "write, ft900.board1.ev, true",
        "write, ft900.board1.req.main, false",
        "write, ft900.board2.rep.main, false",
        "write, ft900.board1.rep.*, false",
        "write, ft900/board1.rep.main, false",
        "configure, ft900.board1.up, false"
    })
    void aBoardIsHeldToItsTopics(String permission, String routingKey, boolean allowed) {
        assertThat(allows("topic", "name", "amq.topic", "permission", permission, "routing_key", routingKey))
                .isEqualTo(allowed);
        assertThat(allows("topic", "name", "amq.direct", "permission", permission, "routing_key", routingKey))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "queue, mqtt-subscription-board1qos1, configure, true",
        "queue, mqtt-subscription-board1qos0, read, true",
        "queue, mqtt-subscription-board2qos1, read, false",
        "queue, mqtt-subscription-board1qos1, delete, false",
        "exchange, amq.topic, read, true",
        "exchange, amq.topic, write, true",
        "exchange, amq.topic, configure, false",
        "exchange, amq.fanout, write, false",
        "nonsense, amq.topic, read, false"
    })
    void aBoardIsHeldToItsQueueAndOneExchange(String resource, String name, String permission, boolean allowed) {
        assertThat(allows("resource", "resource", resource, "name", name, "permission", permission))
                .isEqualTo(allowed);
    }

    @Test
    void onlyWhoKnowsTheSecretIsAnswered() {
        assertThat(RabbitMqRules.kind("/secret/user", "secret"::equals)).contains("user");
        assertThat(RabbitMqRules.kind("/other/user", "secret"::equals)).isEmpty();
        assertThat(RabbitMqRules.kind("/user", "secret"::equals)).isEmpty();
        assertThat(RabbitMqRules.kind("/secret/user/more", "secret"::equals)).isEmpty();
        assertThat(allows("nonsense")).isFalse();
    }
}
