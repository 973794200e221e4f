package dev.ft900.gateway.broker.outside;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KitPortsTest {
    @Test
    void fourPortsAreReadInTheirOrder() {
        assertThat(KitPorts.from("1,2,3,65535")).contains(new KitPorts(1, 2, 3, 65_535));
        assertThat(KitPorts.from(KitPorts.USUAL.toString())).contains(KitPorts.USUAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1,2,3", "1,2,3,4,5", "1,2,3,3", "0,1,2,3", "1,2,3,65536", "1,2,3,x", "1, 2,3,4", "-1,2,3,4"
            })
    void anythingElseIsNone(String text) {
        assertThat(KitPorts.from(text)).isEmpty();
    }
}
