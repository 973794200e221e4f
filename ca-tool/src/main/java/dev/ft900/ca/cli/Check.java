package dev.ft900.ca.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * One thing that was looked at.
 *
 * @param name of what was looked at
 * @param found what was found, for people
 * @param next what to do about it; empty when nothing is to be done
 */
record Check(String name, Outcome outcome, String found, String next) {
    /** How it stands. */
    enum Outcome {
        OK,
        /** Works now, and somebody should look into it. */
        WARN,
        FAIL,
        /** Could not be looked at, because of something before it. */
        SKIPPED
    }

    static Check ok(String name, String found) {
        return new Check(name, Outcome.OK, found, "");
    }

    static Check warn(String name, String found, String next) {
        return new Check(name, Outcome.WARN, found, next);
    }

    static Check fail(String name, String found, String next) {
        return new Check(name, Outcome.FAIL, found, next);
    }

    static Check skipped(String name, String why) {
        return new Check(name, Outcome.SKIPPED, why, "");
    }

    /** The same, as something that works without it. */
    Check atMostAWarning() {
        return outcome == Outcome.FAIL ? warn(name, found, next) : this;
    }

    /** Says them all. @return the exit code: 0 when none failed */
    static int report(List<Check> checks, CommonOptions common) {
        for (var check : checks) {
            common.print(String.format(
                    "%-8s %-22s %s", check.outcome().name().toLowerCase(Locale.ROOT), check.name(), check.found()));
            if (!check.next().isEmpty()) {
                common.print(String.format("%-8s %-22s → %s", "", "", check.next()));
            }
        }
        boolean ok = checks.stream().noneMatch(check -> check.outcome() == Outcome.FAIL);
        var json = JsonNodeFactory.instance.objectNode().put("ok", ok);
        var list = json.putArray("checks");
        checks.forEach(check -> list.add(check.json()));
        common.result(json);
        return ok ? ExitCode.OK : ExitCode.REFUSED;
    }

    private ObjectNode json() {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("check", name)
                .put("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .put("found", found);
        return next.isEmpty() ? json : json.put("next", next);
    }
}
