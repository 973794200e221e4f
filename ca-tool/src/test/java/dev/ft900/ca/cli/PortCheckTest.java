package dev.ft900.ca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.ca.link.PortHolder;
import dev.ft900.ca.link.PortInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What doctor and flash ports say of a port. */
class PortCheckTest {
    private static final PortHolder SCREEN = new PortHolder(4711, "screen");

    @TempDir
    Path dir;

    private Path device;

    @BeforeEach
    void plugIn() throws IOException {
        device = Files.createFile(dir.resolve("ttyUSB0"));
    }

    @Test
    void aFreePortIsFine() {
        assertThat(new PortCheck(path -> true, path -> Optional.empty()).look(device.toString()))
                .extracting(Check::outcome, Check::next)
                .containsExactly(Check.Outcome.OK, "");
    }

    @Test
    void aPortThatIsNotThereLeadsToTheListOfPorts() {
        var check = PortCheck.HERE.look(dir.resolve("ttyUSB9").toString());

        assertThat(check.outcome()).isEqualTo(Check.Outcome.FAIL);
        assertThat(check.found()).contains("ttyUSB9");
        assertThat(check.next()).contains("./ft900 flash ports");
    }

    @Test
    void aPortThatThisUserMayNotUseLeadsToItsGroup() {
        var check = new PortCheck(path -> false, path -> Optional.empty()).look(device.toString());

        assertThat(check.outcome()).isEqualTo(Check.Outcome.FAIL);
        assertThat(check.found()).contains("may not use");
        assertThat(check.next()).contains("dialout");
    }

    @Test
    void aBusyPortNamesTheProgram() {
        var check = new PortCheck(path -> true, path -> Optional.of(SCREEN)).look(device.toString());

        assertThat(check.outcome()).isEqualTo(Check.Outcome.FAIL);
        assertThat(check.found()).contains("screen (process 4711)");
        assertThat(check.next()).isEqualTo("end that program");
    }

    @Test
    void whoHasItOpenIsFoundByAsking() throws Exception {
        var holder = new ProcessBuilder("tail", "-f", device.toString()).start();
        try {
            var deadline = System.nanoTime() + 30_000_000_000L;
            Optional<PortHolder> found;
            do {
                found = PortHolder.of(device);
            } while (found.isEmpty() && holder.isAlive() && deadline - System.nanoTime() > 0);

            assertThat(found).contains(new PortHolder(holder.pid(), "tail"));
        } finally {
            holder.destroy();
            holder.waitFor();
        }
    }

    @Test
    void aPortOfWindowsIsAName() {
        assertThat(PortCheck.HERE.look("COM7").outcome()).isEqualTo(Check.Outcome.OK);
    }

    @Test
    void aListedPortHasItsUsbIdsDescriptionAndHolder() {
        var port = new PortInfo(
                "/dev/ttyUSB0", "FT232R USB UART", Optional.of(new PortInfo.Usb(0x0403, 0x6001, "A50285BI")));

        assertThat(FlashPortsCommand.words(port, Optional.of(SCREEN)))
                .isEqualTo("/dev/ttyUSB0     0403:6001 A50285BI   FT232R USB UART, open in screen (process 4711)");
        assertThat(FlashPortsCommand.json(port, Optional.of(SCREEN)))
                .hasToString("{\"name\":\"/dev/ttyUSB0\",\"description\":\"FT232R USB UART\",\"usb\":\"0403:6001\","
                        + "\"usbSerial\":\"A50285BI\",\"heldBy\":\"screen (process 4711)\"}");
        assertThat(FlashPortsCommand.json(new PortInfo("COM7", "UART", Optional.empty()), Optional.empty()))
                .hasToString("{\"name\":\"COM7\",\"description\":\"UART\"}");
    }
}
