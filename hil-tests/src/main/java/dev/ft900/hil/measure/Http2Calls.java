package dev.ft900.hil.measure;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.io.IOException;
import java.net.URI;

/** Over HTTP/2 (RFC 9113): many callers on one connection, who send the same GET again and again. */
final class Http2Calls implements Calls {
    private static final int PER_CONNECTION = 16;
    private static final AsciiString GOOD = HttpResponseStatus.OK.codeAsText();

    private final Http2Headers request;

    Http2Calls(URI gateway, String path, String token) {
        request = new DefaultHttp2Headers()
                .method(HttpMethod.GET.asciiName())
                .scheme("https")
                .authority(gateway.getAuthority())
                .path(path)
                .set(HttpHeaderNames.AUTHORIZATION, "Bearer " + token);
    }

    @Override
    public String protocol() {
        return "h2";
    }

    @Override
    public int perConnection() {
        return PER_CONNECTION;
    }

    @Override
    public void addTo(ChannelPipeline pipeline, Progress progress) {
        var connection = new DefaultHttp2Connection(false);
        var callers = new Callers(connection, progress);
        callers.http = new Http2ConnectionHandlerBuilder()
                .connection(connection)
                .frameListener(callers)
                .build();
        pipeline.addLast(callers.http, new Starter(callers));
    }

    /** Those of one connection; what the protocol's own handler lets pass comes here. */
    private static final class Starter extends ChannelInboundHandlerAdapter {
        private final Callers callers;

        Starter(Callers callers) {
            this.callers = callers;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == Go.NOW) {
                for (int i = 0; i < PER_CONNECTION; i++) {
                    callers.call(context.pipeline().context(callers.http));
                }
                context.pipeline().flush();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            callers.progress.broken(cause);
            context.close();
        }
    }

    private final class Callers extends Http2EventAdapter {
        private final Http2Connection connection;
        private final Progress progress;
        private Http2ConnectionHandler http;
        /** Of all calls, whatever their stream: the first that is not good ends the measurement. */
        private int status = Integer.parseInt(GOOD.toString());

        Callers(Http2Connection connection, Progress progress) {
            this.connection = connection;
            this.progress = progress;
        }

        /** Goes out when all that has come is read. */
        void call(ChannelHandlerContext context) {
            http.encoder()
                    .writeHeaders(
                            context,
                            connection.local().incrementAndGetNextStreamId(),
                            request,
                            0,
                            true,
                            context.newPromise());
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context,
                int stream,
                Http2Headers headers,
                int dependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean last) {
            onHeadersRead(context, stream, headers, padding, last);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean last) {
            if (last) {
                progress.broken(new IOException("expected an answer with a body; there was none"));
            } else if (!GOOD.contentEquals(headers.status())) {
                status = Integer.parseInt(headers.status().toString());
            }
        }

        @Override
        public int onDataRead(ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean last) {
            int read = data.readableBytes() + padding;
            if (last) {
                answered(context);
            }
            return read;
        }

        @Override
        public void onRstStreamRead(ChannelHandlerContext context, int stream, long error) {
            progress.broken(
                    new IOException("expected an answer to every call; one was broken off with error " + error));
        }

        private void answered(ChannelHandlerContext context) {
            try {
                if (progress.answered(status)) {
                    call(context);
                }
            } catch (IOException e) {
                progress.broken(e);
            }
        }
    }
}
