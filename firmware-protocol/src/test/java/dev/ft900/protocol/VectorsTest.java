package dev.ft900.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.ft900.protocol.dialect.Decoded;
import dev.ft900.protocol.dialect.EventCodec;
import dev.ft900.protocol.dialect.IncomingRequest;
import dev.ft900.protocol.dialect.PresenceCodec;
import dev.ft900.protocol.dialect.ReplyCodec;
import dev.ft900.protocol.dialect.RequestCodec;
import dev.ft900.protocol.frame.Frame;
import dev.ft900.protocol.frame.FrameParser;
import dev.ft900.protocol.frame.SerialFraming;
import dev.ft900.protocol.message.ClockState;
import dev.ft900.protocol.message.FirmwareVersion;
import dev.ft900.protocol.message.Ipv4Address;
import dev.ft900.protocol.message.MacAddress;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.name.BootId;
import dev.ft900.protocol.pad.PadSet;
import dev.ft900.protocol.provisioning.BoardIdentity;
import dev.ft900.protocol.provisioning.BoardReply;
import dev.ft900.protocol.provisioning.BoardReplyCodec;
import dev.ft900.protocol.provisioning.Digest;
import dev.ft900.protocol.provisioning.Refusal;
import dev.ft900.protocol.provisioning.StationRequest;
import dev.ft900.protocol.provisioning.StationRequestCodec;
import dev.ft900.protocol.provisioning.StoredObject;
import dev.ft900.protocol.provisioning.Uid;
import dev.ft900.protocol.slot.Addressing;
import dev.ft900.protocol.slot.BrokerAddress;
import dev.ft900.protocol.slot.Der;
import dev.ft900.protocol.slot.SlotCodec;
import dev.ft900.protocol.slot.SlotRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds {@code docs/protocol.md} and the code to one another: every line of a {@code vector} block there is checked here. */
class VectorsTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "protocol.md");
    private static final HexFormat HEX = HexFormat.of();

    private static final Uid UID = new Uid(HEX.parseHex("000102030405060708090a0b0c0d0e0f"));
    private static final BootId BOOT = new BootId("9f12ab03");

    /** One line: what kind of message, its name, its text. */
    private record Vector(String kind, String name, String text) {
        static Vector of(String line) {
            var parts = line.split(" +", 3);
            return new Vector(parts[0], parts[1], parts[2]);
        }

        byte[] utf8() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        byte[] hex() {
            return HEX.parseHex(text.replace(" ", ""));
        }
    }

    private static List<Vector> vectors() throws IOException {
        var vectors = new ArrayList<Vector>();
        boolean inside = false;
        for (var line : Files.readAllLines(DOCUMENT)) {
            if (line.startsWith("```")) {
                inside = line.equals("```vector");
            } else if (inside) {
                vectors.add(Vector.of(line));
            }
        }
        return vectors;
    }

    @TestFactory
    Stream<DynamicTest> everyVectorOfTheDocumentHolds() throws IOException {
        return vectors().stream()
                .map(vector -> DynamicTest.dynamicTest(vector.kind + " " + vector.name, () -> check(vector)));
    }

    private static void check(Vector vector) throws Exception {
        switch (vector.kind) {
            case "req" -> {
                var decoded = (IncomingRequest.Accepted) RequestCodec.decode(vector.utf8());
                assertThat(new String(RequestCodec.encode(decoded.request()), StandardCharsets.UTF_8))
                        .isEqualTo(vector.text);
            }
            case "rep" ->
                assertThat(vector.text).isEqualTo(again(ReplyCodec.decode(vector.utf8()), ReplyCodec::encode));
            case "pre" ->
                assertThat(vector.text).isEqualTo(again(PresenceCodec.decode(vector.utf8()), PresenceCodec::encode));
            case "evt" ->
                assertThat(vector.text).isEqualTo(again(EventCodec.decode(vector.utf8()), EventCodec::encode));
            case "frm" -> {
                var frame = frames().get(vector.name);
                assertThat(HEX.withDelimiter(" ").formatHex(SerialFraming.encode(frame)))
                        .isEqualTo(vector.text);
                replayAtAllChunkSizes(vector.hex(), frame);
            }
            case "rec" -> {
                assertThat(HEX.withDelimiter(" ").formatHex(SlotCodec.encode(record())))
                        .isEqualTo(vector.text);
                assertThat(SlotCodec.decode(vector.hex())).isEqualTo(record());
            }
            default -> fail("unknown kind of vector: " + vector);
        }
    }

    private interface Encoder<T> {
        byte[] encode(T value);
    }

    private static <T> String again(Decoded<T> decoded, Encoder<T> encoder) {
        return new String(encoder.encode(decoded.asOptional().orElseThrow()), StandardCharsets.UTF_8);
    }

    private static void replayAtAllChunkSizes(byte[] line, Frame expected) {
        for (int chunk = 1; chunk <= line.length; chunk++) {
            var items = new ArrayList<FrameParser.Item>();
            var parser = new FrameParser(items::add);
            for (int at = 0; at < line.length; at += chunk) {
                parser.accept(line, at, Math.min(chunk, line.length - at));
            }
            assertThat(items).containsExactly(new FrameParser.Item.Parsed(expected));
        }
    }

    /** What each frame of the document says. */
    private static Map<String, Frame> frames() {
        var seed = new byte[StationRequest.Seed.SEED_BYTES];
        for (int i = 0; i < seed.length; i++) {
            seed[i] = (byte) (0xD0 + i);
        }
        var hello = StationRequestCodec.encode(0x0001, new StationRequest.Hello());
        var identity = new BoardIdentity(
                4,
                SlotRecord.MAX_BYTES,
                0x09000002,
                true,
                UID,
                new MacAddress(0x446D57AABBCCL),
                BOOT,
                new ClockState.Set(1_795_374_180),
                new FirmwareVersion("agent 0.1.0"),
                Optional.of(new BoardId("board1")),
                7,
                true);
        var seeding = StationRequestCodec.encode(0x00FD, new StationRequest.Seed(UID, seed));
        var makeKey = StationRequestCodec.encode(0x0003, new StationRequest.MakeKey(0xCAFEF00D, new BoardId("board1")));
        var read = StationRequestCodec.encode(0x0004, new StationRequest.Read(StoredObject.SIGNING_REQUEST, 224, 12));
        var begin = StationRequestCodec.encode(
                0x0005,
                new StationRequest.Begin(UID, 8, 1234, Digest.of("record".getBytes(StandardCharsets.US_ASCII))));
        var write = StationRequestCodec.encode(0x0006, new StationRequest.Write(64, new byte[] {1, 2, (byte) 0xFE}));
        var verify = StationRequestCodec.encode(0x0007, new StationRequest.Verify());
        var commit = StationRequestCodec.encode(0x0008, new StationRequest.Commit(UID, 8));
        var frames = new LinkedHashMap<String, Frame>();
        frames.put("hello", hello);
        frames.put("hello-ok", BoardReplyCodec.encode(hello, new BoardReply.HelloIs(identity)));
        frames.put("seed", seeding);
        frames.put("seed-ok", BoardReplyCodec.encode(seeding, new BoardReply.Seeded(UID)));
        frames.put(
                "clock", StationRequestCodec.encode(2, new StationRequest.SetClock(new ClockState.Set(1_795_374_180))));
        frames.put("make-key", makeKey);
        frames.put(
                "make-key-ok",
                BoardReplyCodec.encode(
                        makeKey,
                        new BoardReply.KeyMade(236, Digest.of("request".getBytes(StandardCharsets.US_ASCII)))));
        frames.put("read", read);
        frames.put(
                "read-ok",
                BoardReplyCodec.encode(
                        read, new BoardReply.Piece(236, 224, "hello, board".getBytes(StandardCharsets.US_ASCII))));
        frames.put("begin", begin);
        frames.put("begin-ok", BoardReplyCodec.encode(begin, new BoardReply.Begun(448)));
        frames.put("write", write);
        frames.put("write-ok", BoardReplyCodec.encode(write, new BoardReply.Ok()));
        frames.put("verify", verify);
        frames.put(
                "verify-ok",
                BoardReplyCodec.encode(
                        verify, new BoardReply.Hash(Digest.of("record".getBytes(StandardCharsets.US_ASCII)))));
        frames.put("commit", commit);
        frames.put(
                "commit-no",
                BoardReplyCodec.encode(commit, new BoardReply.Refused(Refusal.WRONG_BOARD, "this is another board")));
        frames.put(
                "erase",
                StationRequestCodec.encode(9, new StationRequest.Erase(UID, StationRequest.Erase.Scope.EVERYTHING)));
        frames.put("reboot", StationRequestCodec.encode(10, new StationRequest.Reboot(BOOT)));
        frames.put("set-rate", StationRequestCodec.encode(11, new StationRequest.SetRate(921_600)));
        return frames;
    }

    /** The record of the document; certificates and key are stand-ins of a few bytes. */
    private static SlotRecord record() {
        return new SlotRecord(
                new BoardId("board1"),
                7,
                new BrokerAddress("192.168.1.2", 8883, "broker.local"),
                List.of(new Der(HEX.parseHex("3003020101")), new Der(HEX.parseHex("3003020102"))),
                List.of(new Der(HEX.parseHex("3003020103")), new Der(HEX.parseHex("3003020104"))),
                Optional.of(new Der(HEX.parseHex("300302017f"))),
                new Addressing.Static(
                        new Ipv4Address(0xC0A8010A),
                        new Ipv4Address(0xFFFFFF00),
                        new Ipv4Address(0xC0A80101),
                        new Ipv4Address(0xC0A80101)),
                PadSet.of(0, 64));
    }

    @Test
    void theDocumentShowsEveryFrameAndARecord() throws IOException {
        var shown = vectors();

        assertThat(shown.stream().filter(v -> v.kind.equals("frm")).map(Vector::name))
                .containsExactlyElementsOf(frames().keySet());
        assertThat(shown.stream().filter(v -> v.kind.equals("rec"))).hasSize(1);
        assertThat(shown.stream().filter(v -> v.kind.equals("req"))).hasSize(10);
    }

    /** Prints the hex lines for the document, for whoever changes a table: run it and paste. */
    public static void main(String[] args) {
        frames().forEach((name, frame) -> System.out.printf(
                "frm %-11s %s%n", name, HEX.withDelimiter(" ").formatHex(SerialFraming.encode(frame))));
        System.out.printf("rec %-11s %s%n", "record", HEX.withDelimiter(" ").formatHex(SlotCodec.encode(record())));
    }
}
