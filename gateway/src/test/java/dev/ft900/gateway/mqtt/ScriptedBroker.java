package dev.ft900.gateway.mqtt;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** As much of an MQTT 3.1.1 broker as it takes to note what one client subscribes to, and to break off when a test says so. */
final class ScriptedBroker implements AutoCloseable {
    private static final int CONNECT = 1;
    private static final int SUBSCRIBE = 8;
    private static final int PINGREQ = 12;

    private final SSLServerSocket listener;
    private final CountDownLatch greeting = new CountDownLatch(1);
    private final List<List<List<String>>> connections = new CopyOnWriteArrayList<>();
    private volatile int breakAfter = Integer.MAX_VALUE;
    private volatile int longestPacket;
    private volatile int silentConnections;
    private volatile int silentPackets;
    private volatile int refusedPackets;
    private final AtomicInteger greeted = new AtomicInteger();
    private volatile SSLSocket open;

    ScriptedBroker(SSLContext tls) throws IOException {
        listener = (SSLServerSocket)
                tls.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getByName("localhost"));
        var acceptor = new Thread(this::accept, "scripted-broker");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    String uri() {
        return "ssl://localhost:" + listener.getLocalPort();
    }

    /** Until then no client hears that it is connected. */
    void greet() {
        greeting.countDown();
    }

    /** Ends the next connection instead of acknowledging the SUBSCRIBE packet after so many. */
    void breakAfter(int packets) {
        breakAfter = packets;
    }

    /** Does not answer the next connections, after TLS. */
    void stayNextSilent(int connections) {
        silentConnections = connections;
    }

    /** Does not answer the next SUBSCRIBE packets. */
    void leaveSubscriptionsUnanswered(int packets) {
        silentPackets = packets;
    }

    /** Refuses the last filter of each of the next SUBSCRIBE packets. */
    void refuse(int packets) {
        refusedPackets = packets;
    }

    /** How many connections were acknowledged. */
    int greeted() {
        return greeted.get();
    }

    /** Sends a message on the connection that there is. */
    void deliver(String topic) throws IOException {
        var name = topic.getBytes(StandardCharsets.UTF_8);
        var packet = new byte[4 + name.length + 1];
        packet[0] = 0x30;
        packet[1] = (byte) (packet.length - 2);
        packet[3] = (byte) name.length;
        System.arraycopy(name, 0, packet, 4, name.length);
        synchronized (this) {
            open.getOutputStream().write(packet);
            open.getOutputStream().flush();
        }
    }

    /** Ends the connection that there is. */
    void breakNow() throws IOException {
        open.close();
    }

    /** The filters of each SUBSCRIBE packet of each connection. */
    List<List<List<String>>> connections() {
        return connections;
    }

    /** Bytes of the longest SUBSCRIBE packet, without its fixed header. */
    int longestPacket() {
        return longestPacket;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try (var socket = (SSLSocket) listener.accept()) {
                open = socket;
                serve(new DataInputStream(socket.getInputStream()), new DataOutputStream(socket.getOutputStream()));
            } catch (EOFException | SocketException e) {
                // This connection is over; the client makes another.
            } catch (IOException | InterruptedException e) {
                return;
            }
        }
    }

    private void serve(DataInputStream in, DataOutputStream out) throws IOException, InterruptedException {
        var packets = new CopyOnWriteArrayList<List<String>>();
        connections.add(packets);
        while (true) {
            int type = in.readUnsignedByte() >> 4;
            var body = in.readNBytes(remainingLength(in));
            switch (type) {
                case CONNECT -> {
                    greeting.await();
                    if (silentConnections > 0) {
                        silentConnections--;
                        continue;
                    }
                    greeted.incrementAndGet();
                    out.write(new byte[] {0x20, 2, 0, 0});
                }
                case SUBSCRIBE -> {
                    longestPacket = Math.max(longestPacket, body.length);
                    var filters = filters(body);
                    packets.add(filters);
                    if (packets.size() > breakAfter) {
                        breakAfter = Integer.MAX_VALUE;
                        return;
                    }
                    if (silentPackets > 0) {
                        silentPackets--;
                        continue;
                    }
                    var answer = suback(body, filters.size());
                    if (refusedPackets > 0) {
                        refusedPackets--;
                        answer[answer.length - 1] = (byte) 0x80;
                    }
                    out.write(answer);
                }
                case PINGREQ -> out.write(new byte[] {(byte) 0xD0, 0});
                default -> throw new EOFException("the client leaves");
            }
            out.flush();
        }
    }

    /** MQTT 3.1.1, section 2.2.3. */
    private static int remainingLength(DataInputStream in) throws IOException {
        int length = 0;
        for (int shift = 0; ; shift += 7) {
            int next = in.readUnsignedByte();
            length |= (next & 0x7F) << shift;
            if (next < 0x80) {
                return length;
            }
        }
    }

    private static List<String> filters(byte[] body) {
        var filters = new ArrayList<String>();
        for (int at = 2; at < body.length; ) {
            int length = (body[at] & 0xFF) << 8 | body[at + 1] & 0xFF;
            filters.add(new String(body, at + 2, length, StandardCharsets.UTF_8));
            at += 2 + length + 1;
        }
        return filters;
    }

    private static byte[] suback(byte[] subscribe, int count) {
        int length = 2 + count;
        var header = length < 0x80
                ? new byte[] {(byte) 0x90, (byte) length}
                : new byte[] {(byte) 0x90, (byte) (length & 0x7F | 0x80), (byte) (length >> 7)};
        var packet = Arrays.copyOf(header, header.length + length);
        packet[header.length] = subscribe[0];
        packet[header.length + 1] = subscribe[1];
        Arrays.fill(packet, header.length + 2, packet.length, (byte) 1);
        return packet;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        if (open != null) {
            open.close();
        }
    }
}
