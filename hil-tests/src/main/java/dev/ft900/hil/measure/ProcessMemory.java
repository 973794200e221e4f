package dev.ft900.hil.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Memory of a process.
 *
 * @param heapBytes live objects, after a collection
 * @param residentBytes what the operating system holds in memory for it; empty where that cannot be asked
 */
record ProcessMemory(long heapBytes, OptionalLong residentBytes) {
    /** Of this process. Collects first. */
    static ProcessMemory own() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return new ProcessMemory(
                memory.getHeapMemoryUsage().getUsed(),
                resident(ProcessHandle.current().pid()));
    }

    /** Resident memory as Linux tells it in {@code /proc/PID/status} (proc(5)). */
    static OptionalLong resident(long pid) {
        var status = Path.of("/proc", Long.toString(pid), "status");
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
