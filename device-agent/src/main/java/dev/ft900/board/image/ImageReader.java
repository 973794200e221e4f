package dev.ft900.board.image;

import dev.ft900.board.memory.ProgramMemory;
import dev.ft900.board.memory.Ram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Reads images: ELF by their first four bytes, everything else as a raw binary for address 0. */
public final class ImageReader {
    /** More than any image with debug information. */
    private static final long LARGEST_FILE = 64L << 20;

    private ImageReader() {}

    /**
     * @throws ImageException it is no image for this machine
     * @throws IOException it cannot be read
     */
    public static Image read(Path file) throws IOException, ImageException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IOException("expected an image in " + file + "; "
                    + (Files.isDirectory(file)
                            ? "that is a folder"
                            : Files.exists(file) ? "the file cannot be read" : "there is no such file"));
        }
        long size = Files.size(file);
        if (size > LARGEST_FILE) {
            throw new ImageException(
                    "expected an image of at most " + LARGEST_FILE + " bytes; " + file + " has " + size);
        }
        return parse(Files.readAllBytes(file));
    }

    /** @throws ImageException it is no image for this machine */
    public static Image parse(byte[] file) throws ImageException {
        var image = ElfFile.isElf(file) ? new ElfFile(file).image() : raw(file);
        for (var segment : image.segments()) {
            requireFits(segment);
        }
        return image;
    }

    private static Image raw(byte[] file) throws ImageException {
        if (file.length == 0) {
            throw new ImageException("expected an image; the file is empty");
        }
        return new Image(0, List.of(new Image.Segment(0, file)), List.of(), List.of());
    }

    private static void requireFits(Image.Segment segment) throws ImageException {
        int base = segment.inRam() ? Image.RAM_BIAS : 0;
        int size = segment.inRam() ? Ram.SIZE : ProgramMemory.SIZE;
        if (segment.address() < base || segment.bytes().length > base + size - segment.address()) {
            throw new ImageException(String.format(
                    Locale.ROOT,
                    "expected bytes within %s (0x%X to 0x%X); the image has %d bytes for 0x%X",
                    segment.inRam() ? "data RAM" : "program memory",
                    base,
                    base + size - 1,
                    segment.bytes().length,
                    segment.address()));
        }
    }
}
