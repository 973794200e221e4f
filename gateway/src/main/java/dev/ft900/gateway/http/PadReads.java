package dev.ft900.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ft900.gateway.access.Access;
import dev.ft900.gateway.access.Caller;
import dev.ft900.gateway.access.Role;
import dev.ft900.gateway.device.CommandCall;
import dev.ft900.gateway.device.Origin;
import dev.ft900.gateway.device.Patience;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.Result;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.pad.Pad;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the call that programs make most, the read of one pad ({@code GET /api/v1/devices/ID/gpio/PIN}), without a servlet container and
 * Jersey, which are a good part of what it costs (ADR 0020). Only one that is plain and good is answered here. Whatever is to be refused,
 * whatever has to be looked up first, and all else that a request can say, goes on to {@link PinsResource}, which answers the same. Nothing
 * here waits: all of it is done by the thread that waits for the bytes of all connections ({@link LoopConnector}), the answer too, so that
 * nobody need be woken for it where many are under way.
 */
final class PadReads extends Handler.Wrapper {
    private static final String BOARDS = "/api/v1/devices/";
    private static final String PADS = "/gpio/";
    private static final String JSON_TYPE = "application/json";
    private static final Set<String> ACCEPTED = Set.of("*/*", JSON_TYPE);
    private static final Logger LOG = LoggerFactory.getLogger(PadReads.class);
    private static final JsonMapper JSON = new JsonMapper();

    private final Devices devices;
    private final Access access;
    private final Callers callers;

    PadReads(Devices devices, Access access, Handler others) {
        super(others);
        this.devices = devices;
        this.access = access;
        this.callers = new Callers(access);
    }

    private record PadRead(BoardId board, Pad pad, Caller caller) {}

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var read = plain(request);
        if (read.isEmpty() || !access.limits().mayCall(read.get().caller().key())) {
            return super.handle(request, response, callback);
        }
        ask(read.get(), request, response, callback);
        return true;
    }

    /** What is asked for, if it is the read of a pad and there is nothing to be said against it. */
    private Optional<PadRead> plain(Request request) {
        var uri = request.getHttpURI();
        var path = uri.getPath();
        if (!HttpMethod.GET.is(request.getMethod())
                || uri.getQuery() != null
                || request.getLength() > 0
                || !path.startsWith(BOARDS)) {
            return Optional.empty();
        }
        int slash = path.indexOf('/', BOARDS.length());
        if (slash < 0 || !path.startsWith(PADS, slash)) {
            return Optional.empty();
        }
        var pad = PathIds.goodPad(path.substring(slash + PADS.length()));
        var board = BoardId.from(path.substring(BOARDS.length(), slash))
                .filter(id -> devices.presence().standing(id).isPresent());
        var authorization = authorization(request.getHeaders());
        return pad.isEmpty() || board.isEmpty() || authorization.isEmpty()
                ? Optional.empty()
                : viewer(authorization.get(), board.get()).map(caller -> new PadRead(board.get(), pad.get(), caller));
    }

    /** What a caller shows who wishes for nothing out of the ordinary. */
    private static Optional<String> authorization(HttpFields fields) {
        String shown = null;
        for (var field : fields) {
            var header = field.getHeader();
            if (header == HttpHeader.AUTHORIZATION) {
                if (shown != null || !Callers.isBearer(field.getValue())) {
                    return Optional.empty();
                }
                shown = field.getValue();
            } else if (header == HttpHeader.ORIGIN
                    || header == HttpHeader.EXPECT
                    || header == HttpHeader.CONTENT_TYPE
                    || header == HttpHeader.TRANSFER_ENCODING
                    || header == HttpHeader.ACCEPT && !ACCEPTED.contains(field.getValue())) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(shown);
    }

    /** Without waiting: nobody is looked up, neither tokens nor the groups that a board is in. */
    private Optional<Caller> viewer(String authorization, BoardId board) {
        return callers.remembered(authorization)
                .filter(caller ->
                        caller.role().includes(Role.VIEWER) && caller.scope().includes(board, unknown -> Set.of()));
    }

    private void ask(PadRead read, Request request, Response response, Callback callback) {
        var origin = new Origin(
                (String) request.getAttribute(RequestIds.ATTRIBUTE),
                read.caller().name());
        var asked = devices.commands()
                .ask(
                        read.board(),
                        new Command.ReadPad(read.pad()),
                        origin,
                        Patience.forAnswer(devices.commandPatience()));
        BiConsumer<Result, Throwable> answer =
                (result, failure) -> origin.inLog(() -> answer(asked, result, failure, response, callback));
        var connection = request.getConnectionMetaData().getConnection();
        // Also when it is over already, so that a caller whose calls end at once leaves others their turn.
        asked.result().whenCompleteAsync(answer, LoopConnector.loopOf(connection, devices.executor()));
    }

    private static void answer(
            CommandCall asked, Result result, Throwable failure, Response response, Callback callback) {
        try {
            var bytes = body(asked, result, failure, response);
            Commanding.headers(asked, response.getHeaders()::put);
            response.write(true, ByteBuffer.wrap(bytes), callback);
        } catch (RuntimeException | Error e) {
            // Nobody else hears of it on this thread, and the caller would wait for ever.
            LOG.error("an answer for {} could not be written", asked.board(), e);
            callback.failed(e);
        }
    }

    private static byte[] body(CommandCall asked, Result result, Throwable failure, Response response) {
        try {
            var view =
                    Commanding.view(asked, result, failure, Result.OnePad.class, (call, pad) -> Views.pad(pad.state()));
            response.setStatus(HttpStatus.OK_200);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON_TYPE);
            return JSON.writeValueAsBytes(view);
        } catch (ProblemException e) {
            response.setStatus(e.problem().kind().status());
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
            return ProblemJson.write(e.problem());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a pad is made of words and numbers", e);
        }
    }
}
