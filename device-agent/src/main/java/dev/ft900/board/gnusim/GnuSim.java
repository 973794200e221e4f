package dev.ft900.board.gnusim;

import dev.ft900.board.bus.AccessWidth;
import dev.ft900.board.bus.IoDevice;
import dev.ft900.board.machine.MachineModel;
import dev.ft900.board.machine.Parts;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/**
 * A machine that runs what GNU's {@code ft32-elf-run} runs. It is this table:
 *
 * <table>
 * <caption>I/O</caption>
 * <tr><td>0x10000</td><td>console: write prints a character, read takes one, −1 at the end</td></tr>
 * <tr><td>0x1FC80</td><td>program memory write port: unlock, address, data (hardware sheet 2.3)</td></tr>
 * <tr><td>0x1FFF4</td><td>read: cycles / 100. GNU's counts two cycles for some instructions, ours one for each</td></tr>
 * <tr><td>0x1FFF8</td><td>debug output, ignored</td></tr>
 * <tr><td>0x1FFFC</td><td>write ends the program with that exit code</td></tr>
 * </table>
 *
 * @param print takes the characters of the console, 0 to 255
 * @param read gives characters to the console, or −1
 */
public record GnuSim(IntConsumer print, IntSupplier read) implements MachineModel<GnuSimDevices> {
    private record Row(String name, int base, int length, Function<Parts, IoDevice> device) {}

    @Override
    public String name() {
        return "gnu-sim";
    }

    @Override
    public Boot boot() {
        return Boot.DIRECT;
    }

    @Override
    public GnuSimDevices build(Parts parts) {
        var port = new ProgramPort(parts.program());
        var table = List.of(
                new Row("console", 0x10000, 4, p -> register(read, print)),
                new Row("PM port", 0x1FC80, 12, p -> port),
                new Row(
                        "cycles",
                        0x1FFF4,
                        4,
                        p -> register(() -> (int) (p.clock().cycles() / 100), value -> {})),
                new Row("debug", 0x1FFF8, 4, p -> register(() -> 0, value -> {})),
                new Row("exit", 0x1FFFC, 4, p -> register(() -> 0, p.control()::exit)));
        for (var row : table) {
            parts.io().map(row.name(), row.base(), row.length(), row.device().apply(parts));
        }
        return new GnuSimDevices(port);
    }

    private static IoDevice register(IntSupplier load, IntConsumer store) {
        return new IoDevice() {
            @Override
            public int load(int offset, AccessWidth width) {
                return load.getAsInt();
            }

            @Override
            public void store(int offset, AccessWidth width, int value) {
                store.accept(value);
            }
        };
    }
}
