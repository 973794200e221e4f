package dev.ft900.hil.measure;

import io.netty.channel.ChannelPipeline;
import java.io.IOException;

/** How callers speak to a gateway: by which protocol, what they say, and how many share a connection. */
sealed interface Calls permits Http1Calls, Http2Calls {
    /** Its name among those of ALPN (RFC 7301). */
    String protocol();

    /** How many callers share a connection. */
    int perConnection();

    /**
     * Adds the callers of one connection, behind its TLS. Each makes a call when {@link Go} comes by, and another when it was answered, as
     * long as it is told to.
     */
    void addTo(ChannelPipeline pipeline, Progress progress);

    /** Has every caller of a connection make a call. */
    enum Go {
        NOW
    }

    /** Is told what becomes of calls, on the connection's thread. */
    interface Progress {
        /**
         * A call was answered.
         *
         * @return whether to make the next
         * @throws IOException it did not succeed
         */
        boolean answered(int status) throws IOException;

        /** There will be no more answers. */
        void broken(Throwable cause);
    }
}
