package dev.ft900.agent.fleet;

import dev.ft900.protocol.slot.SlotCodec;
import dev.ft900.protocol.slot.SlotRecord;
import dev.ft900.protocol.wire.ByteReader.MalformedException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The identities of a fleet: slot records with their keys, one after another, each behind two bytes of length. A secret. */
public final class FleetFile {
    private FleetFile() {}

    public static void write(Path file, List<SlotRecord> records) throws IOException {
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            for (var record : records) {
                var bytes = SlotCodec.encode(record);
                out.writeShort(bytes.length);
                out.write(bytes);
            }
        }
    }

    /** @throws IOException the file cannot be read, or is not one of these */
    public static List<SlotRecord> read(Path file) throws IOException {
        var records = new ArrayList<SlotRecord>();
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            while (true) {
                int length;
                try {
                    length = in.readUnsignedShort();
                } catch (EOFException e) {
                    return records;
                }
                records.add(SlotCodec.decode(in.readNBytes(length)));
            }
        } catch (MalformedException e) {
            throw new IOException("expected slot records in " + file + "; " + e.getMessage(), e);
        }
    }
}
