package dev.ft900.hil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.gateway.tls.TlsIdentity;
import dev.ft900.hil.SharedChain.Bench;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the broker says in a TLS handshake, seen byte by byte. */
@ExtendWith(SharedChain.class)
class HandshakeIT {
    /** A board's TLS stack cannot join handshake messages that are split over records; below this nothing is split. */
    private static final int LARGEST_FLIGHT = 3_000;

    private static final String BOARD = "handshake";
    private static final int TLS_1_2 = 0x0303;

    /** Types of records. */
    private static final int HANDSHAKE = 22;

    private static final int ALERT = 21;

    private static TlsIdentity identity;

    private Bench bench;

    @BeforeEach
    void register(Bench shared) throws Exception {
        bench = shared;
        if (identity == null) {
            identity = TestClients.registered(bench, BOARD);
        }
    }

    /** What came of a handshake. @param flight bytes that the broker sent before it waited for the client */
    private record Shaken(int flight, String protocol, String suite) {}

    private Shaken shake(String protocol, String... suites) throws Exception {
        var broker = bench.chain().gateway().endpoints().broker();
        var engine = identity.context().createSSLEngine(broker.host(), broker.port());
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[] {protocol});
        if (suites.length > 0) {
            engine.setEnabledCipherSuites(suites);
        }
        try (var socket = new Socket(broker.host(), broker.port())) {
            socket.setSoTimeout(10_000);
            return shake(engine, socket);
        }
    }

    private static Shaken shake(SSLEngine engine, Socket socket) throws IOException {
        var nothing = ByteBuffer.allocate(0);
        var out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize() * 2);
        var in = ByteBuffer.allocate(engine.getSession().getPacketBufferSize() * 2)
                .flip();
        var plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        int received = 0;
        int flight = 0;
        boolean wrapped = false;
        engine.beginHandshake();
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> {
                    if (!wrapped) {
                        // The client's last turn comes after the broker's whole flight, in TLS 1.2 as in 1.3.
                        wrapped = true;
                        flight = received;
                    }
                    out.clear();
                    engine.wrap(nothing, out);
                    socket.getOutputStream().write(out.array(), 0, out.position());
                }
                case NEED_UNWRAP -> {
                    wrapped = false;
                    plain.clear();
                    var result = engine.unwrap(in, plain);
                    switch (result.getStatus()) {
                        case BUFFER_UNDERFLOW -> {
                            in.compact();
                            int count = socket.getInputStream().read(in.array(), in.position(), in.remaining());
                            if (count < 0) {
                                throw new IOException("the broker hung up");
                            }
                            in.position(in.position() + count).flip();
                        }
                        case OK -> received += result.bytesConsumed();
                        default -> throw new IOException("the handshake ended early: " + result);
                    }
                }
                default -> {
                    assertThat(engine.getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);
                    return new Shaken(
                            flight,
                            engine.getSession().getProtocol(),
                            engine.getSession().getCipherSuite());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theBrokersFlightFitsASmallBoard(String protocol) throws Exception {
        var shaken = shake(protocol);

        TestBroker.say("flight, %s: %d bytes, %s", protocol, shaken.flight(), shaken.suite());
        assertThat(shaken.protocol()).isEqualTo(protocol);
        assertThat(shaken.flight()).isPositive().isLessThan(LARGEST_FLIGHT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
                "TLS_ECDH_ECDSA_WITH_AES_128_GCM_SHA256"
            })
    void suitesWithoutForwardSecrecyOrAuthenticatedEncryptionAreRefused(String suite) {
        assertThatThrownBy(() -> shake("TLSv1.2", suite)).isInstanceOf(IOException.class);
    }

    /** Java offers nothing so old any more, so the bytes are written here; the same with TLS 1.2 are answered, so they are good. */
    @ParameterizedTest
    @ValueSource(ints = {0x0301, 0x0302, 0x0303})
    void nothingOlderThanTls12IsTaken(int version) throws Exception {
        var broker = bench.chain().gateway().endpoints().broker();
        try (var socket = new Socket(broker.host(), broker.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(clientHello(version));
            int answer = socket.getInputStream().read();

            assertThat(answer == HANDSHAKE).isEqualTo(version == TLS_1_2);
            assertThat(answer).isIn(HANDSHAKE, ALERT, -1);
        }
    }

    /** RFC 4346 and RFC 5246, section 7.4.1.2: suites with ECDSA of each version's kind, secp256r1, ECDSA with SHA-256. */
    private static byte[] clientHello(int version) throws IOException {
        var body = new ByteArrayOutputStream();
        var out = new DataOutputStream(body);
        out.writeShort(version);
        out.write(new byte[32]);
        out.writeByte(0);
        int[] suites = {0xC02B, 0xC009, 0xC00A, 0x002F};
        out.writeShort(2 * suites.length);
        for (int suite : suites) {
            out.writeShort(suite);
        }
        out.writeShort(0x0100);
        // Extensions: supported_groups, ec_point_formats, signature_algorithms.
        var extensions = HexFormat.of().parseHex("000a000400020017" + "000b00020100" + "000d000400020403");
        out.writeShort(extensions.length);
        out.write(extensions);
        var record = new ByteArrayOutputStream();
        out = new DataOutputStream(record);
        out.writeByte(HANDSHAKE);
        out.writeShort(0x0301);
        out.writeShort(body.size() + 4);
        out.writeInt(1 << 24 | body.size());
        body.writeTo(out);
        return record.toByteArray();
    }

    @Test
    void aSuiteThatSmallBoardsHaveIsTaken() throws Exception {
        assertThat(shake("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256").suite())
                .isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
    }
}
