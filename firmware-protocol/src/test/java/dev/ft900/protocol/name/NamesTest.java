package dev.ft900.protocol.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "board1", "a_b-c", "d123456789012345678901234567890z"})
    void takesBoardIdsThatFollowTheRule(String id) {
        assertThat(BoardId.from(id)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                "_a",
                "A",
                "a.b",
                "a/b",
                "a+",
                "#",
                "gw.main",
                "ft900",
                "server",
                "ä",
                "d1234567890123456789012345678901z"
            })
    void refusesOtherBoardIds(String id) {
        assertThat(BoardId.from(id)).isEmpty();
        assertThatThrownBy(() -> new BoardId(id)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void noBoardIdIsAGatewaysCommonName(@ForAll BoardId board, @ForAll GatewayName gateway) {
        assertThat(GatewayName.fromCommonName(board.value())).isEmpty();
        assertThat(BoardId.from(gateway.commonName())).isEmpty();
        assertThat(GatewayName.fromCommonName(gateway.commonName())).contains(gateway);
    }

    @Test
    void bootIdsAreNumbersInFramesAndHexElsewhere() {
        assertThat(BootId.of(0x9F12AB03)).hasToString("9f12ab03");
        assertThat(new BootId("9f12ab03").bits()).isEqualTo(0x9F12AB03);
        assertThat(BootId.from("9F12AB03")).isEmpty();
    }

    @Test
    void quotedTextIsShortAndHoldsNoControlCharacters() {
        assertThat(Quoted.of("a\nb\u001b[2J")).isEqualTo("\"a?b?[2J\"");
        assertThat(Quoted.of("x".repeat(100))).hasSize(63);
        assertThat(Quoted.of(null)).isEqualTo("nothing");
    }
}
