package dev.ft900.hil.fuzz;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** Sends bytes over TLS and reads what comes back, opening a new connection whenever the gateway has closed the last. For one thread. */
final class RawHttps implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int NOTHING = -1;

    private final URI gateway;
    private final SSLContext tls;
    private SSLSocket socket;
    private InputStream in;

    RawHttps(URI gateway, SSLContext tls) {
        this.gateway = gateway;
        this.tls = tls;
    }

    private void open() throws IOException {
        if (socket == null) {
            socket = (SSLSocket) tls.getSocketFactory().createSocket(gateway.getHost(), gateway.getPort());
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        }
    }

    /**
     * Sends a request; once more when the gateway had hung up after the one before.
     *
     * @return the status; negative when the gateway closed a new connection instead of an answer
     * @throws SocketTimeoutException the request is stuck
     */
    int exchange(byte[] request) throws IOException {
        boolean isFresh = socket == null;
        int status = exchangeOnce(request);
        return status == NOTHING && !isFresh ? exchangeOnce(request) : status;
    }

    private int exchangeOnce(byte[] request) throws IOException {
        open();
        try {
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            return answer(new String(request, 0, 5, StandardCharsets.ISO_8859_1).startsWith("HEAD"));
        } catch (SocketTimeoutException e) {
            close();
            throw e;
        } catch (SSLException | EOFException | SocketException e) {
            close();
            return NOTHING;
        }
    }

    /** Sends bytes and hangs up, whatever the gateway makes of them. */
    void shout(byte[] bytes) throws IOException {
        open();
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // It has hung up first.
        } finally {
            close();
        }
    }

    private int answer(boolean isHead) throws IOException {
        int status = Integer.parseInt(line().substring(9, 12));
        int length = 0;
        boolean stays = true;
        for (var header = line(); !header.isEmpty(); header = line()) {
            var lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            }
            stays &= !lower.equals("connection: close") && !lower.startsWith("transfer-encoding:");
        }
        if (status == 100) {
            return answer(isHead);
        }
        // A stream of events has no end: hanging up is the client's way to leave it.
        if (!stays) {
            close();
        } else if (!isHead) {
            in.skipNBytes(length);
        }
        return status;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the gateway hung up");
            }
            line.append((char) b);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            var old = socket;
            socket = null;
            old.close();
        }
    }
}
