package dev.ft900.board.machine;

import dev.ft900.board.image.Image;
import dev.ft900.board.memory.ProgramMemory;
import dev.ft900.board.memory.Ram;

/** Images put straight into the memories. */
final class MemoryImage {
    private MemoryImage() {}

    /** What no segment covers becomes zero in program memory, and stays as it is in RAM. */
    static void write(Image image, ProgramMemory program, Ram ram) {
        var bytes = new byte[ProgramMemory.SIZE];
        for (var segment : image.segments()) {
            if (segment.inRam()) {
                System.arraycopy(
                        segment.bytes(), 0, ram.bytes(), segment.address() - Image.RAM_BIAS, segment.bytes().length);
            } else {
                System.arraycopy(segment.bytes(), 0, bytes, segment.address(), segment.bytes().length);
            }
        }
        program.load(0, bytes);
    }
}
