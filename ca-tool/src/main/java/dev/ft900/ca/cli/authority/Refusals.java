package dev.ft900.ca.cli.authority;

import dev.ft900.ca.authority.IssuingException;
import dev.ft900.ca.authority.PolicyException;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.ExitCode;

/** What the authority refused, as the end of a command. */
final class Refusals {
    private Refusals() {}

    static CommandException of(IssuingException refusal) {
        var rule = refusal instanceof PolicyException policy ? " (rule " + policy.rule() + ")" : "";
        return new CommandException(ExitCode.REFUSED, refusal.getMessage() + rule, refusal);
    }
}
