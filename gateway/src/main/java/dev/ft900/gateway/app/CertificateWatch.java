package dev.ft900.gateway.app;

import dev.ft900.gateway.tls.TlsIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks from time to time whether a server's certificate was replaced in its file or nears its end, and has the server show the new one to
 * whoever connects from then on. A new one that cannot be read changes nothing. What it watches is told before it starts.
 */
final class CertificateWatch {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);

    private final List<Watched> watched = new ArrayList<>();

    /**
     * @param server for the log
     * @param shown what it shows now
     * @param newest what it should show, made or read now
     * @param show has it show another; on the watch's thread
     */
    void add(String server, TlsIdentity shown, Callable<TlsIdentity> newest, Consumer<TlsIdentity> show) {
        watched.add(new Watched(server, shown, newest, show));
    }

    void start(ScheduledExecutorService timer, Duration pause) {
        timer.scheduleWithFixedDelay(
                () -> watched.forEach(Watched::look), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Confined to the timer's thread. */
    private static final class Watched {
        private final String server;
        private final Callable<TlsIdentity> newest;
        private final Consumer<TlsIdentity> show;
        private TlsIdentity shown;
        private String said = "";

        Watched(String server, TlsIdentity shown, Callable<TlsIdentity> newest, Consumer<TlsIdentity> show) {
            this.server = server;
            this.shown = shown;
            this.newest = newest;
            this.show = show;
        }

        // What goes wrong here must not end the watch.
        @SuppressWarnings("PMD.AvoidCatchingGenericException")
        void look() {
            try {
                var now = newest.call();
                if (!now.chain().equals(shown.chain())) {
                    show.accept(now);
                    shown = now;
                    LOG.info(
                            "{} shows another certificate from now on: {}, good until {}",
                            server,
                            now.certificate().getSubjectX500Principal(),
                            now.certificate().getNotAfter().toInstant());
                }
                said = "";
            } catch (Exception e) {
                // Once, not at every look.
                if (!said.equals(String.valueOf(e.getMessage()))) {
                    said = String.valueOf(e.getMessage());
                    LOG.error("{} goes on with its certificate, since the new one cannot be used: {}", server, said);
                }
            }
        }
    }
}
