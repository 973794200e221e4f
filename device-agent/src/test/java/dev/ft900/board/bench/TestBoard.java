package dev.ft900.board.bench;

import dev.ft900.agent.flash.MemoryFlash;
import dev.ft900.board.ft900.Ft900Devices;
import dev.ft900.board.ft900.Ft900Model;
import dev.ft900.board.image.Image;
import dev.ft900.board.image.ImageException;
import dev.ft900.board.image.ImageReader;
import dev.ft900.board.machine.Machine;
import dev.ft900.board.machine.MachineSettings;
import dev.ft900.board.peripheral.Revision;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A strict board with one of the images of {@code firmware/images}, on a bench, with power. */
final class TestBoard {
    final Machine<Ft900Devices> machine;
    final Bench bench;

    private TestBoard(Revision revision, Image image) {
        machine = new Machine<>(new Ft900Model(revision), new MemoryFlash(), MachineSettings.DEFAULT.withStrict(true));
        bench = new Bench(machine);
        machine.load(image);
        machine.powerOn();
    }

    static TestBoard with(Revision revision, String image) {
        return new TestBoard(revision, image(image));
    }

    static TestBoard with(Revision revision, Image image) {
        return new TestBoard(revision, image);
    }

    static Image image(String name) {
        try (var file = TestBoard.class.getResourceAsStream("/dev/ft900/board/images/" + name + ".elf")) {
            return ImageReader.parse(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ImageException e) {
            throw new IllegalStateException(name, e);
        }
    }

    String printed() {
        return bench.serial(0).text();
    }
}
