package dev.ft900.ca.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.ca.TestState;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.protocol.name.BoardId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be known of an authority without its keys. */
class RegisterTest {
    private static final BoardId ID = new BoardId("board7");

    @TempDir
    Path dir;

    @Test
    void isReadWithoutAPassphrase() throws Exception {
        var state = new StateFolder(dir.resolve("state"));
        try (var made = new TestState(state.path(), Clock.systemUTC())) {
            var issued = made.enrolment().enrol(ID, KeyKind.P256.generate().getPublic(), TestState.facts(1));
            Files.delete(state.passphrase());
            assertThatThrownBy(() -> OpenAuthority.open(state)).hasMessageContaining("expected a passphrase");

            try (var register = Register.open(state)) {
                assertThat(register.root()).isEqualTo(made.authority().root());
                assertThat(register.find(ID)).isPresent();
                assertThat(register.certificate(issued.serial())).isPresent();
                assertThat(register.certificates(ID)).hasSize(1);
            }
        }
    }

    @Test
    void whereThereIsNoAuthorityTheNextStepIsSaid() {
        assertThatThrownBy(() -> Register.open(new StateFolder(dir.resolve("nothing"))))
                .hasMessageContaining("./ft900 ca init");
    }
}
