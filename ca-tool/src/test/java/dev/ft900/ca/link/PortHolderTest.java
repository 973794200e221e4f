package dev.ft900.ca.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;
import org.junit.jupiter.api.Test;

/** Processes come and go while somebody looks who has a port open. */
class PortHolderTest {
    @Test
    void aProcessThatEndsWhileItsFilesAreReadHoldsNothing() {
        var ending = new DirectoryStream<Path>() {
            @Override
            public Iterator<Path> iterator() {
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        throw new DirectoryIteratorException(new IOException("No such process"));
                    }

                    @Override
                    public Path next() {
                        throw new AssertionError("nothing is there");
                    }
                };
            }

            @Override
            public void close() {}
        };

        assertThat(PortHolder.isIn(() -> ending, Path.of("/dev/ttyUSB0"))).isFalse();
    }
}
