package dev.ft900.hil.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ft900.ca.cli.CommonOptions;
import dev.ft900.ca.store.Endpoints;
import dev.ft900.gateway.app.Gateway;
import dev.ft900.protocol.name.BoardId;
import java.nio.file.Path;
import java.util.List;

/** What a person needs next. */
final class Welcome {
    private final CommonOptions common;

    Welcome(CommonOptions common) {
        this.common = common;
    }

    /** Says that everything is ready: in words, or in one line of JSON. */
    void announce(Gateway gateway, List<BoardId> ids) {
        var endpoints = gateway.endpoints();
        var root = common.state().rootCertificate();
        if (!common.json()) {
            common.say(text(endpoints, root, common.state().token(), ids));
        }
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("gateway", endpoints.gateway().toString())
                .put("token", gateway.token())
                .put("ca", root.toString())
                .put("broker", endpoints.broker().uri());
        var boards = json.putArray("boards");
        ids.forEach(id -> boards.add(id.value()));
        common.result(json);
    }

    private static String text(Endpoints endpoints, Path root, Path token, List<BoardId> ids) {
        var api = endpoints.gateway() + "/api/v1";
        var head = """

                Ready.
                  REST API   %s   (described at %s/docs)
                  broker     %s
                  trust      %s
                  token      in %s
                """.formatted(api, endpoints.gateway(), endpoints.broker().uri(), root, token);
        if (ids.isEmpty()) {
            return head + "\nProvision a board: ./ft900 flash --port /dev/ttyUSB0 --id board1\n";
        }
        var board = api + "/devices/" + ids.get(0);
        var curl = "curl -sS --cacert %s -H \"Authorization: Bearer $(cat %s)\"".formatted(root, token);
        return head + """

                Paste one of these:
                  set a pin      %1$s -X PUT -H 'Content-Type: application/json' -d '{"direction":"out","value":1}' %2$s/gpio/12
                  read it        %1$s %2$s/gpio/12
                  set the clock  %1$s -X PUT -H 'Content-Type: application/json' -d "{\\"time\\":\\"$(date -u +%%FT%%TZ)\\"}" %2$s/rtc
                  reset          %1$s -X POST %2$s/reset

                Ctrl-C stops everything; all of it stays for the next time.
                """.formatted(curl, board);
    }
}
