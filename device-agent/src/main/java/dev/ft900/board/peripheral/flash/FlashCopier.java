package dev.ft900.board.peripheral.flash;

import dev.ft900.agent.flash.Flash;
import dev.ft900.board.memory.ProgramMemory;
import dev.ft900.board.memory.Ram;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** What the copying commands move between flash, RAM and program memory. Addresses beyond a memory's end wrap; lengths are rounded up. */
final class FlashCopier {
    private final Flash flash;
    private final Ram ram;
    private final ProgramMemory program;

    FlashCopier(Flash flash, Ram ram, ProgramMemory program) {
        this.flash = flash;
        this.ram = ram;
        this.program = program;
    }

    /**
     * One copy.
     *
     * @param memory byte address in RAM or program memory, a multiple of 4
     * @param flash byte address in flash
     * @param length in bytes, 1 … 0x1000000
     */
    record Request(int memory, int flash, int length) {}

    private interface ByteSource {
        byte at(int address);
    }

    List<FlashWork> pagesOfRam(Request request) {
        return pages(request, address -> ram.bytes()[address & (Ram.SIZE - 1)]);
    }

    List<FlashWork> pagesOfProgram(Request request) {
        return pages(request, address -> (byte) (program.word(address) >>> (address & 3) * 8));
    }

    private static List<FlashWork> pages(Request request, ByteSource source) {
        int length = Math.min(request.length(), Flash.SIZE);
        var pages = new ArrayList<FlashWork>();
        for (int done = 0; done < length; done += Flash.PAGE) {
            var page = new byte[Flash.PAGE];
            for (int i = 0; i < page.length; i++) {
                page[i] = source.at(request.memory() + done + i);
            }
            int address = (request.flash() + done) & (Flash.SIZE - 1) & -Flash.PAGE;
            pages.add(new FlashWork(FlashWork.Kind.PAGE, address, page));
        }
        return pages;
    }

    void toRam(Request request) {
        int length = Math.min(request.length(), Flash.SIZE);
        var content = flash.read(0, Flash.SIZE);
        for (int i = 0; i < length; i++) {
            ram.bytes()[(request.memory() + i) & (Ram.SIZE - 1)] = content[(request.flash() + i) & (Flash.SIZE - 1)];
        }
    }

    void toProgram(Request request) {
        int length = Math.min(request.length() + 3 & ~3, Flash.SIZE);
        var content = ByteBuffer.wrap(flash.read(0, Flash.SIZE)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < length; i += 4) {
            program.store(request.memory() + i, content.getInt((request.flash() + i) & (Flash.SIZE - 4)));
        }
    }
}
