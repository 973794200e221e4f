package dev.ft900.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.ft900.gateway.access.Access;
import dev.ft900.gateway.access.Caller;
import dev.ft900.gateway.access.RateLimits;
import dev.ft900.gateway.access.Role;
import dev.ft900.gateway.access.Scope;
import dev.ft900.gateway.access.TokenStore;
import dev.ft900.gateway.device.CommandCall;
import dev.ft900.gateway.device.CommandService;
import dev.ft900.gateway.device.Hops;
import dev.ft900.gateway.device.PresenceTracker;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.pad.Direction;
import dev.ft900.protocol.pad.Edge;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import dev.ft900.protocol.pad.PadState;
import dev.ft900.protocol.pad.Pull;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is answered without waiting, and what goes on to where waiting is allowed. */
class PadReadsTest {
    private static final String TOKEN = "ft900_token";
    private static final String PATH = "/api/v1/devices/board1/gpio/12";
    private static final Caller VIEWER = new Caller("viewer", Role.VIEWER);

    private final TokenStore tokens = mock();
    private final CommandService commands = mock();
    private final Server server = new Server();
    private final LocalConnector connector = new LocalConnector(server);
    private RateLimits limits = new RateLimits(1_000);

    @BeforeEach
    void boardAnswers() {
        var call = mock(CommandCall.class);
        var pad = new PadState(new Pad(12), Direction.IN, Pull.NONE, Edge.NONE, Level.HIGH, false);
        when(call.result()).thenReturn(CompletableFuture.completedFuture(new Result.OnePad(pad)));
        when(call.hops()).thenReturn(Hops.NONE);
        when(call.id()).thenReturn(Optional.empty());
        when(commands.ask(any(), any(), any(), any())).thenReturn(call);
        when(tokens.remembered(TOKEN)).thenReturn(Optional.of(VIEWER));
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        verify(tokens, never()).verify(any());
    }

    private String answer(String head) throws Exception {
        if (!server.isStarted()) {
            start();
        }
        return connector.getResponse(head + "\r\nHost: localhost\r\nAuthorization: Bearer " + TOKEN + "\r\n\r\n");
    }

    private void start() throws Exception {
        var presence = new PresenceTracker(Clock.systemUTC());
        presence.follow(new BoardId("board1"));
        var devices = new Devices(
                null,
                presence,
                null,
                commands,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Runnable::run,
                Clock.systemUTC(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
        var others = new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                Content.Sink.write(response, true, "the usual way", callback);
                return true;
            }
        };
        server.addConnector(connector);
        server.setHandler(new RequestIds(new PadReads(devices, new Access(tokens, null, null, null, limits), others)));
        server.start();
    }

    @Test
    void aPlainReadWithATokenThatIsKnownIsAnswered() throws Exception {
        assertThat(answer("GET " + PATH + " HTTP/1.1"))
                .contains("200 OK", "application/json", "X-Request-Id", "\"pin\":12")
                .doesNotContain("the usual way");
    }

    @Test
    void whatHasToBeLookedUpGoesTheUsualWay() throws Exception {
        when(tokens.remembered(TOKEN)).thenReturn(Optional.empty());
        assertThat(answer("GET " + PATH + " HTTP/1.1")).contains("the usual way");

        var ofGroup = new Caller("grouped", Role.OPERATOR, new Scope(Set.of("group:lab")));
        when(tokens.remembered(TOKEN)).thenReturn(Optional.of(ofGroup));
        assertThat(answer("GET " + PATH + " HTTP/1.1")).contains("the usual way");
        verify(commands, never()).ask(any(), any(), any(), any());
    }

    @Test
    void aTokenForThisBoardNeedsNoLook() throws Exception {
        var ofBoard = new Caller("one", Role.OPERATOR, new Scope(Set.of("board1")));
        when(tokens.remembered(TOKEN)).thenReturn(Optional.of(ofBoard));
        assertThat(answer("GET " + PATH + " HTTP/1.1")).contains("200 OK", "\"pin\":12");
    }

    @Test
    void whatIsMoreThanAPlainReadGoesTheUsualWay() throws Exception {
        for (var head : new String[] {
            "PUT " + PATH + " HTTP/1.1\r\nContent-Length: 0",
            "GET " + PATH + "?view=last HTTP/1.1",
            "GET /api/v1/devices/board1/gpio HTTP/1.1",
            "GET /api/v1/devices/board2/gpio/12 HTTP/1.1",
            "GET /api/v1/devices/board1/gpio/67 HTTP/1.1",
            "GET " + PATH + " HTTP/1.1\r\nOrigin: https://elsewhere.example",
            "GET " + PATH + " HTTP/1.1\r\nAccept: text/html",
            "GET " + PATH + " HTTP/1.1\r\nTransfer-Encoding: chunked",
            "GET " + PATH + " HTTP/1.1\r\nContent-Length: 1"
        }) {
            assertThat(answer(head)).as(head).contains("the usual way");
        }
        verify(commands, never()).ask(any(), any(), any(), any());
    }

    @Test
    void whoCallsTooOftenIsRefusedByTheUsualWay() throws Exception {
        limits = new RateLimits(1);
        assertThat(answer("GET " + PATH + " HTTP/1.1")).contains("\"pin\":12");
        assertThat(answer("GET " + PATH + " HTTP/1.1")).contains("the usual way");
    }
}
