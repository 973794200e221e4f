package dev.ft900.board.cli;

import com.fasterxml.jackson.core.JsonFactory;
import dev.ft900.board.image.CodeScan;
import dev.ft900.board.image.Image;
import dev.ft900.board.image.ImageException;
import dev.ft900.board.image.ImageReader;
import dev.ft900.board.memory.ProgramMemory;
import dev.ft900.board.memory.Ram;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./ft900 board info}. */
@Command(
        name = "info",
        description = {
            "Say what is in a firmware image, and whether an FT900 can run it.",
            "",
            "Exit code: 0 it can, 3 it cannot."
        })
final class InfoCommand implements Callable<Integer> {
    /** What the vendor's boot loader leaves to applications. */
    private static final int FLASH_FOR_IMAGES = 0x3F000;

    @Spec
    CommandSpec spec;

    @Option(names = "--json", description = "one JSON object on stdout, for machines")
    boolean json;

    @Parameters(paramLabel = "IMAGE", description = "an ELF file or a raw binary")
    Path file;

    @Override
    public Integer call() throws Exception {
        try {
            var image = ImageReader.read(file);
            new CodeScan(image).requireRunnable();
            print(image);
            return BoardExit.OK;
        } catch (ImageException e) {
            throw new BoardException(BoardExit.REFUSED, file + ": " + e.getMessage());
        } catch (IOException e) {
            throw new BoardException(BoardExit.ENVIRONMENT, e.getMessage());
        }
    }

    private void print(Image image) throws IOException {
        var out = spec.commandLine().getOut();
        out.print(json ? json(image) : text(image));
        out.flush();
    }

    private static int flashUsed(Image image) {
        return image.segments().stream()
                .filter(segment -> !segment.inRam())
                .mapToInt(segment -> segment.bytes().length)
                .sum();
    }

    /** Static data; the stack and the heap share what is left. */
    private static int ramUsed(Image image) {
        return image.sections().stream()
                .filter(section -> section.allocated() && section.address() >= Image.RAM_BIAS)
                .mapToInt(Image.Section::size)
                .sum();
    }

    private String text(Image image) {
        var text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%s: FT32, entry 0x%05X%n", file, image.entry()));
        for (var segment : image.segments()) {
            text.append(String.format(
                    Locale.ROOT,
                    "  loads %6d bytes at 0x%06X (%s)%n",
                    segment.bytes().length,
                    segment.address(),
                    segment.inRam() ? "RAM" : "flash"));
        }
        for (var section : image.sections()) {
            if (section.allocated()) {
                text.append(String.format(
                        Locale.ROOT,
                        "  section %-14s %6d bytes at 0x%06X%n",
                        section.name(),
                        section.size(),
                        section.address()));
            }
        }
        int flash = flashUsed(image);
        text.append(String.format(
                Locale.ROOT,
                "  flash %d of %d bytes (%d %%)",
                flash,
                FLASH_FOR_IMAGES,
                100 * flash / FLASH_FOR_IMAGES));
        text.append(flash > FLASH_FOR_IMAGES ? ", covers the boot loader's sector" : "");
        text.append(
                String.format(Locale.ROOT, "%n  RAM %d of %d bytes before stack and heap%n", ramUsed(image), Ram.SIZE));
        return text.toString();
    }

    private String json(Image image) throws IOException {
        var text = new StringWriter();
        try (var out = new JsonFactory().createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("image", file.toString());
            out.writeNumberField("entry", image.entry());
            out.writeArrayFieldStart("sections");
            for (var section : image.sections()) {
                if (section.allocated()) {
                    out.writeStartObject();
                    out.writeStringField("name", section.name());
                    out.writeNumberField("address", section.address());
                    out.writeNumberField("size", section.size());
                    out.writeEndObject();
                }
            }
            out.writeEndArray();
            out.writeNumberField("flashUsed", flashUsed(image));
            out.writeNumberField("flashSize", ProgramMemory.SIZE);
            out.writeNumberField("ramUsed", ramUsed(image));
            out.writeNumberField("ramSize", Ram.SIZE);
            out.writeEndObject();
        }
        return text + System.lineSeparator();
    }
}
