package dev.ft900.hil.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What a board might send that is wrong in one place or another, on its own topics. The same seed makes the same messages. */
final class MqttGarbage {
    private static final List<String> NEARLY = List.of(
            "{\"v\":2,\"id\":\"c1\",\"boot\":\"0000beef\",\"ok\":{\"level\":1}}",
            "{\"v\":2,\"boot\":\"0000beef\",\"conn\":1,\"cause\":\"power\",\"fw\":\"1.0\",\"gen\":1}",
            "{\"v\":2,\"boot\":\"0000beef\",\"conn\":1,\"gone\":true}",
            "{\"v\":2,\"boot\":\"0000beef\",\"seq\":1,\"pin\":12,\"level\":1}",
            "{}",
            "[]",
            "null",
            "");

    private final Random random;

    MqttGarbage(long seed) {
        this.random = new Random(seed);
    }

    /** One of the topics on which this board may publish. */
    String topic(String board, String gateway) {
        return "ft900/" + board
                + List.of("/rep/" + gateway, "/up", "/ev", "/pout/" + gateway).get(random.nextInt(4));
    }

    /**
     * @param heard something that was really said on such a topic, to be spoilt
     */
    byte[] payload(byte[] heard) {
        return switch (random.nextInt(5)) {
            case 0 -> noise(random.nextInt(200));
            case 1 -> noise(random.nextInt(60_000));
            case 2 -> spoilt(heard);
            case 3 -> heard;
            default -> spoilt(NEARLY.get(random.nextInt(NEARLY.size())).getBytes(StandardCharsets.UTF_8));
        };
    }

    private byte[] noise(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] spoilt(byte[] good) {
        var bytes = Arrays.copyOf(good, random.nextInt(4) == 0 ? random.nextInt(good.length + 1) : good.length);
        for (int i = random.nextInt(3); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
