package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaEnumConstant;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.ft900.gateway.http.Problem;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract and the code name the same addresses, methods, roles and problems. */
class OpenApiTest {
    private static JsonNode contract() throws IOException {
        try (var in = Problem.class.getResourceAsStream("openapi.json")) {
            return new JsonMapper().readTree(in);
        }
    }

    private static Stream<JavaClass> resources() {
        return new ClassFileImporter()
                .importPackages("dev.ft900.gateway.http").stream().filter(type -> type.isAnnotatedWith(Path.class));
    }

    private static String address(JavaMethod method) {
        var path = method.getOwner().getAnnotationOfType(Path.class).value();
        var more = method.isAnnotatedWith(Path.class)
                ? method.getAnnotationOfType(Path.class).value()
                : "";
        return ("/" + path + "/" + more).replaceAll("/+", "/").replaceAll("(.)/$", "$1");
    }

    /** Without HEAD, which every GET brings along. */
    private static Stream<JavaMethod> routes() {
        return resources().flatMap(type -> type.getMethods().stream()).filter(method -> verb(method)
                .filter(verb -> !verb.equals("head"))
                .isPresent());
    }

    private static Optional<String> verb(JavaMethod method) {
        return method.getAnnotations().stream()
                .map(annotation -> annotation.getRawType())
                .filter(type -> type.isAnnotatedWith(HttpMethod.class))
                .map(type -> type.getSimpleName().toLowerCase(Locale.ROOT))
                .findFirst();
    }

    @Test
    void everyRouteIsInTheContractAndNothingElse() throws IOException {
        var inCode = new TreeSet<String>();
        routes().forEach(method -> inCode.add(verb(method).orElseThrow() + " " + address(method)));
        var inContract = new TreeSet<String>();
        contract().path("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(verb -> {
                    if (Set.of("get", "put", "post", "delete", "patch").contains(verb)) {
                        inContract.add(verb + " " + path.getKey());
                    }
                }));

        assertThat(inCode).isEqualTo(inContract).hasSizeGreaterThan(10);
    }

    @Test
    void theRoleOfEveryRouteIsAsInTheContract() throws IOException {
        var contract = contract();

        assertThat(routes()).allSatisfy(method -> {
            var operation = contract.path("paths")
                    .path(address(method))
                    .path(verb(method).orElseThrow());
            var needs = method.tryGetAnnotationOfType("dev.ft900.gateway.http.Needs")
                    .flatMap(annotation -> annotation.get("value"))
                    .map(role -> ((JavaEnumConstant) role).name().toLowerCase(Locale.ROOT));
            assertThat(operation.path("x-role").asText(null))
                    .as("%s", method.getFullName())
                    .isEqualTo(needs.orElse(null));
        });
    }

    /** The codes that operations name under each status. */
    private static Map<Integer, Set<String>> problems() throws IOException {
        var contract = contract();
        var named = new TreeMap<Integer, Set<String>>();
        contract.path("paths")
                .forEach(path -> path.forEach(
                        operation -> operation.path("responses").properties().forEach(response -> {
                            var at =
                                    response.getValue().path("$ref").asText("#").substring(1);
                            var words =
                                    contract.at(at).path("description").asText().split("[^a-z-]+");
                            named.computeIfAbsent(Integer.valueOf(response.getKey()), status -> new TreeSet<>())
                                    .addAll(List.of(words));
                        })));
        return named;
    }

    /** They come before an address is looked at, or whatever it is. */
    @Test
    void whatAnyCallMayBeAnsweredWithIsInTheContractOfEach() throws IOException {
        var contract = contract();

        assertThat(routes()).allSatisfy(method -> assertThat(contract.path("paths")
                        .path(address(method))
                        .path(verb(method).orElseThrow())
                        .path("responses")
                        .fieldNames())
                .toIterable()
                .as("%s", method.getFullName())
                .contains("406", "414", "431", "500"));
    }

    @Test
    void everyProblemIsNamedInTheContractUnderItsStatus() throws IOException {
        var named = problems();

        assertThat(Problem.Kind.values())
                // These two are answers to calls of no operation.
                .filteredOn(kind -> kind != Problem.Kind.NOT_FOUND && kind != Problem.Kind.METHOD_NOT_ALLOWED)
                .allSatisfy(kind ->
                        assertThat(named.getOrDefault(kind.status(), Set.of())).contains(kind.code()));
    }
}
