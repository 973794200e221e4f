package dev.ft900.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {
    private static Body read(String json) {
        return Body.read(json.getBytes(StandardCharsets.UTF_8), "a", "b");
    }

    @Test
    void fieldsAreTakenOutByNameAndKind() {
        var body = read("{\"a\": \"text\", \"b\": 7}");

        assertThat(body.text("a")).contains("text");
        assertThat(body.number("b")).contains(7L);
        assertThat(read("{}").text("a")).isEmpty();
        assertThatThrownBy(() -> body.number("a")).hasMessageContaining("a to be a whole number");
        assertThatThrownBy(() -> body.text("b")).hasMessageContaining("b to be a string");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{\"a\":1,\"a\":2}",
                "{\"c\":1}",
                "{\"a\":1}{}",
                "{\"a\":1",
                "{\"a\":[[[[[[1]]]]]]}",
                "{'a':1}",
                "{\"a\":NaN}"
            })
    void everythingElseIsABadRequest(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(
                        e.problem().kind())
                .isEqualTo(Problem.Kind.BAD_REQUEST));
    }

    @Property
    void anyBytesAreReadOrRefused(@ForAll @Size(max = 200) byte[] bytes) {
        try {
            assertThat(Body.read(bytes, "a")).isNotNull();
        } catch (ProblemException e) {
            assertThat(e.problem().kind().status()).isBetween(400, 499);
        }
    }
}
