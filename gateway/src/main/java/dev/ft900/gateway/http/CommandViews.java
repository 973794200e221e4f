package dev.ft900.gateway.http;

import dev.ft900.gateway.device.CommandRecord;
import dev.ft900.gateway.device.Operation;
import dev.ft900.protocol.message.Command;
import java.util.LinkedHashMap;
import java.util.Map;

/** How commands look in JSON. */
final class CommandViews {
    private CommandViews() {}

    /** What became of a command. */
    static Map<String, Object> ended(CommandRecord ended) {
        var view = new LinkedHashMap<String, Object>();
        ended.id().ifPresent(id -> view.put("id", id.value()));
        view.put("requestId", ended.origin().requestId());
        view.put("caller", ended.origin().caller());
        view.put("operation", Operation.of(ended.command()));
        view.put("arguments", arguments(ended.command()));
        view.put("at", ended.at().toString());
        view.put("outcome", ended.outcome());
        if (!ended.detail().isEmpty()) {
            view.put("detail", ended.detail());
        }
        view.put("totalMs", ended.total().toNanos() / 1_000 / 1_000.0);
        view.put("hops", Timings.view(ended.hops()));
        return view;
    }

    static Map<String, Object> arguments(Command command) {
        return command.accept(new Arguments());
    }

    private static final class Arguments implements Command.Visitor<Map<String, Object>> {
        private final Map<String, Object> view = new LinkedHashMap<>();

        @Override
        public Map<String, Object> readPad(Command.ReadPad command) {
            view.put("pin", command.pad().number());
            return view;
        }

        @Override
        public Map<String, Object> writePad(Command.WritePad command) {
            view.put("pin", command.pad().number());
            command.level().ifPresent(level -> view.put("value", level.bit()));
            command.direction().ifPresent(direction -> view.put("direction", direction.word()));
            command.pull().ifPresent(pull -> view.put("pull", pull.word()));
            command.edge().ifPresent(edge -> view.put("edge", edge.word()));
            return view;
        }

        @Override
        public Map<String, Object> readPads(Command.ReadPads command) {
            return view;
        }

        @Override
        public Map<String, Object> writePads(Command.WritePads command) {
            view.put(
                    "pins",
                    command.touched().pads().stream().map(pad -> pad.number()).toList());
            return view;
        }

        @Override
        public Map<String, Object> readClock(Command.ReadClock command) {
            return view;
        }

        @Override
        public Map<String, Object> setClock(Command.SetClock command) {
            view.put("time", command.to().instant().toString());
            return view;
        }

        @Override
        public Map<String, Object> reset(Command.Reset command) {
            return view;
        }

        @Override
        public Map<String, Object> readStatus(Command.ReadStatus command) {
            return view;
        }

        @Override
        public Map<String, Object> readNetwork(Command.ReadNetwork command) {
            return view;
        }

        @Override
        public Map<String, Object> writeUart(Command.WriteUart command) {
            view.put("port", command.port());
            view.put("text", command.text());
            return view;
        }
    }
}
