package dev.ft900.board.peripheral.ethernet;

import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import dev.ft900.board.state.Stateful;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.CRC32;

/** The receive FIFO: 512 words with up to 63 packets in the layout of sheet 4.6.2, true CRC included. */
final class ReceiveMemory implements Stateful {
    private static final int WORDS = 512;
    private static final int PACKETS = 63;
    private static final int SHORTEST = 60;
    private static final int LENGTH_BYTES = 2;
    private static final int CRC_BYTES = 4;

    private final Deque<int[]> packets = new ArrayDeque<>();
    private int used;
    private int position;

    int packets() {
        return packets.size();
    }

    /** @return false if there was no room */
    boolean add(byte[] frame) {
        int[] words = words(frame);
        if (packets.size() == PACKETS || used + words.length > WORDS) {
            return false;
        }
        packets.add(words);
        used += words.length;
        return true;
    }

    private static int[] words(byte[] frame) {
        int length = Math.max(frame.length, SHORTEST);
        int total = LENGTH_BYTES + length + CRC_BYTES;
        var crc = new CRC32();
        crc.update(frame);
        crc.update(new byte[length - frame.length]);
        var words = new int[(total + 3) / 4];
        for (int i = 0; i < total; i++) {
            int next;
            if (i < LENGTH_BYTES) {
                next = total >> i * 8;
            } else if (i < LENGTH_BYTES + length) {
                next = i - LENGTH_BYTES < frame.length ? frame[i - LENGTH_BYTES] : 0;
            } else {
                next = (int) (crc.getValue() >> (i - LENGTH_BYTES - length) * 8);
            }
            words[i / 4] |= (next & 0xFF) << i % 4 * 8;
        }
        return words;
    }

    /** The next word of the first packet, which goes with its last word; 0 when there is none. */
    int read() {
        var first = packets.peek();
        if (first == null) {
            return 0;
        }
        int word = first[position++];
        if (position == first.length) {
            packets.remove();
            used -= first.length;
            position = 0;
        }
        return word;
    }

    void clear() {
        packets.clear();
        used = 0;
        position = 0;
    }

    @Override
    public void save(StateWriter out) {
        out.putInt(packets.size());
        for (var packet : packets) {
            out.putInt(packet.length);
            for (int word : packet) {
                out.putInt(word);
            }
        }
        out.putInt(position);
    }

    @Override
    public void restore(StateReader in) {
        clear();
        int count = in.getInt(0, PACKETS);
        for (int i = 0; i < count; i++) {
            var words = new int[in.getInt(1, WORDS)];
            for (int word = 0; word < words.length; word++) {
                words[word] = in.getInt();
            }
            packets.add(words);
            used += words.length;
        }
        position = in.getInt(0, packets.isEmpty() ? 0 : packets.peek().length - 1);
    }
}
