package dev.ft900.hil.measure;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * One HTTPS connection that is kept open, HTTP/1.1 (RFC 9112), one request at a time, as little as can be between caller and socket: what
 * is measured is the gateway and not its client. Understands answers with Content-Length only, which is what the gateway gives. For one
 * thread.
 */
final class KeepAliveConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;

    private final SSLSocket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] line = new byte[1024];

    KeepAliveConnection(URI gateway, SSLContext tls) throws IOException {
        socket = (SSLSocket) tls.getSocketFactory().createSocket(gateway.getHost(), gateway.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** The bytes of a GET request, to be sent as often as one likes. */
    static byte[] get(URI gateway, String path, String token) {
        return (head("GET", gateway, path, token) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The bytes of a PUT request with JSON, to be sent as often as one likes. */
    static byte[] put(URI gateway, String path, String token, String json) {
        return (head("PUT", gateway, path, token) + "Content-Type: application/json\r\nContent-Length: " + json.length()
                        + "\r\n\r\n" + json)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String head(String method, URI gateway, String path, String token) {
        return method + " " + path + " HTTP/1.1\r\nHost: " + gateway.getAuthority() + "\r\nAuthorization: Bearer "
                + token + "\r\n";
    }

    /** Sends a request and reads the whole answer. @return its status */
    int exchange(byte[] request) throws IOException {
        out.write(request);
        out.flush();
        int status = Integer.parseInt(readLine().substring(9, 12));
        int length = 0;
        for (var header = readLine(); !header.isEmpty(); header = readLine()) {
            if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        in.skipNBytes(length);
        return status;
    }

    private String readLine() throws IOException {
        int length = 0;
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0 || length == line.length) {
                throw new IOException("expected a line of HTTP; the connection broke off");
            }
            line[length++] = (byte) b;
        }
        return new String(line, 0, Math.max(0, length - 1), StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
