package dev.ft900.ca.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.protocol.install.Installation.KeyOrigin;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What is asked of every board that is provisioned, be it one or many. */
class WishOptionsTest {
    private static WishOptions options(String... arguments) {
        return CommandLine.populateCommand(new WishOptions(), arguments);
    }

    @Test
    void theKeyIsMadeOnTheBoardUnlessItIsToBeMadeOnTheHost() throws CommandException {
        assertThat(options().wishes().key()).isEqualTo(KeyOrigin.BOARD);
        assertThat(options("--key", "host").wishes().key()).isEqualTo(KeyOrigin.HOST);
    }

    @Test
    void anotherPlaceForTheKeyIsWrongUsage() {
        assertThatThrownBy(() -> options("--key", "cloud").wishes())
                .isInstanceOfSatisfying(
                        CommandException.class, e -> assertThat(e.getExitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining("cloud");
    }

    @Test
    void nobodyIsWaitedForUnlessThatIsAskedFor() throws CommandException {
        var asked = options("--wait-online", "5");

        assertThat(asked.waiting(asked.wishes(), (id, serial, board) -> true).online())
                .isPresent();
        assertThat(options()
                        .waiting(asked.wishes(), (id, serial, board) -> true)
                        .online())
                .isEmpty();
    }
}
