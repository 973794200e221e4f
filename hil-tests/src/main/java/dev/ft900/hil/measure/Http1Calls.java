package dev.ft900.hil.measure;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;

/** Over HTTP/1.1 (RFC 9112): one caller on each connection, who sends the same bytes again and again. */
final class Http1Calls implements Calls {
    private final ByteBuf request;

    Http1Calls(byte[] request) {
        this.request = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(request));
    }

    @Override
    public String protocol() {
        return "http/1.1";
    }

    @Override
    public int perConnection() {
        return 1;
    }

    @Override
    public void addTo(ChannelPipeline pipeline, Progress progress) {
        pipeline.addLast(new HttpResponseDecoder(), new Caller(progress));
    }

    private final class Caller extends SimpleChannelInboundHandler<HttpObject> {
        private final Progress progress;
        private int status;

        Caller(Progress progress) {
            this.progress = progress;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == Go.NOW) {
                call(context);
            }
        }

        private void call(ChannelHandlerContext context) {
            context.writeAndFlush(request.duplicate());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject part) throws IOException {
            if (part instanceof HttpResponse response) {
                status = response.status().code();
            }
            if (part instanceof LastHttpContent && progress.answered(status)) {
                call(context);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            progress.broken(cause);
            context.close();
        }
    }
}
