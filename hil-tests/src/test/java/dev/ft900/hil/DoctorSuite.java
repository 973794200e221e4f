package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ft900.ca.store.RevocationReason;
import dev.ft900.protocol.name.BoardId;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** {@code ./ft900 doctor}. Run by {@code .ci/flash-suite}. */
class DoctorSuite extends StationSuite {
    private static String found(JsonNode doctor, String check) {
        for (var line : doctor.path("checks")) {
            if (line.path("check").asText().equals(check)) {
                return line.path("outcome").asText() + ": " + line.path("found").asText() + " -> "
                        + line.path("next").asText();
            }
        }
        return "";
    }

    @Test
    void doctorSaysWhatIsWrongAndWhatToDo() throws Exception {
        var board = board("ill");
        var port = board.portName();
        var blank = run(3, "doctor", "--json", "--port", port, "--state", state());
        assertThat(found(blank, "identity")).startsWith("fail").contains("./ft900 flash --id");

        run(0, "flash", "--json", "--port", port, "--id", "flash-ill", "--state", state(), "--wait-online", "60");
        var certificates = bench.chain().gateway().enrolment().certificates(new BoardId("flash-ill"));
        bench.chain().gateway().enrolment().revoke(certificates.get(0).serial(), RevocationReason.KEY_COMPROMISE);
        await().atMost(PATIENCE).until(() -> !bench.rest()
                .get("/api/v1/devices/flash-ill")
                .body()
                .path("online")
                .asBoolean());
        var revoked = run(3, "doctor", "--json", "--port", port, "--state", state());
        assertThat(found(revoked, "register"))
                .startsWith("fail")
                .contains("revoked")
                .contains("provision it again");
        assertThat(found(revoked, "online")).startsWith("fail").contains("not online");
        assertThat(found(revoked, "broker")).startsWith("ok").contains("is not tried here");

        var wrong = Files.writeString(dir.resolve("token"), "not a token\n").toString();
        var badToken = run(3, "doctor", "--json", "--no-board", "--state", state(), "--token-file", wrong);
        assertThat(found(badToken, "gateway"))
                .startsWith("fail")
                .contains("401")
                .contains("./ft900 token create")
                .doesNotContain("start it");

        var elsewhere = dir.resolve("elsewhere").toString();
        run(0, "ca", "init", "--json", "--state", elsewhere);
        var stranger = run(
                3,
                "doctor",
                "--json",
                "--port",
                port,
                "--state",
                elsewhere,
                "--gateway",
                "https://localhost:1",
                "--token-file",
                bench.state().token().toString());
        assertThat(found(stranger, "certificate chain")).startsWith("fail").contains("--state");
        assertThat(found(stranger, "register")).startsWith("fail").contains("not registered");
        assertThat(found(stranger, "gateway"))
                .startsWith("fail")
                .contains("https://localhost:1")
                .contains("start it");

        var nothing = run(
                3,
                "doctor",
                "--json",
                "--port",
                "/dev/ttyNOTTHERE",
                "--state",
                dir.resolve("nothing").toString(),
                "--broker",
                "localhost:1");
        assertThat(found(nothing, "port")).startsWith("fail").contains("flash ports");
        assertThat(found(nothing, "board")).startsWith("skipped");
        assertThat(found(nothing, "authority")).startsWith("fail").contains("ca init");

        var closed = run(3, "doctor", "--json", "--no-board", "--state", elsewhere, "--broker", "localhost:1");
        assertThat(found(closed, "broker")).startsWith("fail").contains("cannot be reached");
    }
}
