package dev.ft900.hil.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.CommonOptions;
import dev.ft900.ca.cli.DatabaseVariables;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.gateway.access.Caller;
import dev.ft900.gateway.access.CertificateRoles;
import dev.ft900.gateway.access.Role;
import dev.ft900.gateway.access.Scope;
import dev.ft900.gateway.access.StoredToken;
import dev.ft900.gateway.access.TokenStore;
import dev.ft900.gateway.store.GatewayDatabase;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ft900 token}: works on the state folder itself, also beside a running gateway, which sees the change within a second. */
@Command(
        name = "token",
        description = "Who may call the REST API.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TokenCommand.Create.class,
            TokenCommand.Listing.class,
            TokenCommand.Revoke.class,
            TokenCommand.Allow.class
        })
final class TokenCommand {

    /** A state database that is opened for one command. */
    private static StateDatabase open(CommonOptions common) throws CommandException {
        DatabaseVariables.apply(common.state());
        try {
            return GatewayDatabase.migrate(StateDatabase.open(common.state().create()));
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
    }

    private static Role role(String word) throws CommandException {
        return Role.from(word)
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE, "expected --role to be viewer, operator or admin; got " + word));
    }

    private static Caller caller(String name, String roleWord, List<String> scope) throws CommandException {
        var role = role(roleWord);
        if (role == Role.ADMIN && !scope.isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE, "expected no --for with --role admin: admins work with all devices");
        }
        try {
            return new Caller(name, role, Scope.of(scope));
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, "--for: " + e.getMessage(), e);
        }
    }

    private static ObjectNode json(StoredToken token) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("id", token.id())
                .put("name", token.name())
                .put("role", token.role().word())
                .put("created", token.created().toString());
        var scope = json.putArray("scope");
        token.scope().names().stream().sorted().forEach(scope::add);
        token.expires().ifPresent(at -> json.put("expires", at.toString()));
        token.revoked().ifPresent(at -> json.put("revoked", at.toString()));
        return json;
    }

    /** {@code ./ft900 token create}. */
    @Command(name = "create", description = "Make a token. It is printed this once and never again.")
    static final class Create implements Callable<Integer> {
        @Mixin
        private CommonOptions common;

        @Parameters(paramLabel = "NAME", description = "what the token is called in lists and logs")
        private String name;

        @Option(names = "--role", defaultValue = "viewer", description = "viewer, operator or admin (default: viewer)")
        private String role;

        @Option(
                names = "--for",
                paramLabel = "DEVICE|group:NAME",
                description = "the only devices, or groups of devices, for which it is good; may be repeated")
        private List<String> scope = List.of();

        @Option(names = "--days", paramLabel = "N", description = "after how many days it ends (default: never)")
        private Optional<Integer> days = Optional.empty();

        @Override
        public Integer call() throws CommandException {
            var caller = caller(name, role, scope);
            if (days.filter(n -> n < 1 || n > 3650).isPresent()) {
                throw new CommandException(ExitCode.USAGE, "expected --days to be 1 to 3650; got " + days.get());
            }
            try (var database = open(common)) {
                var made = new TokenStore(database, Clock.systemUTC())
                        .create(name, caller.role(), caller.scope(), days.map(Duration::ofDays));
                common.say("Made token " + made.token().id() + " for " + name + ", "
                        + caller.role().word() + ". It is shown this once:");
                common.print(made.secret());
                common.result(json(made.token()).put("token", made.secret()));
            }
            return ExitCode.OK;
        }
    }

    /** {@code ./ft900 token list}. */
    @Command(name = "list", description = "List the tokens, newest first, without their secrets.")
    static final class Listing implements Callable<Integer> {
        @Mixin
        private CommonOptions common;

        @Override
        public Integer call() throws CommandException {
            try (var database = open(common)) {
                var tokens = new TokenStore(database, Clock.systemUTC()).list();
                var json = JsonNodeFactory.instance.objectNode();
                var list = json.putArray("tokens");
                tokens.forEach(token -> list.add(json(token)));
                common.result(json);
                tokens.forEach(token -> common.print(String.format(
                        "%-8s  %-24s %-9s %-24s %s",
                        token.id(),
                        token.name(),
                        token.role().word(),
                        token.scope().isAll()
                                ? "all devices"
                                : String.join(",", token.scope().names()),
                        standing(token))));
            }
            return ExitCode.OK;
        }

        private static String standing(StoredToken token) {
            if (token.revoked().isPresent()) {
                return "revoked " + token.revoked().get();
            }
            return token.expires()
                    .map(at -> (at.isAfter(Instant.now()) ? "ends " : "ended ") + at)
                    .orElse("good");
        }
    }

    /** {@code ./ft900 token revoke}. */
    @Command(name = "revoke", description = "Revoke a token; a running gateway refuses it within a second.")
    static final class Revoke implements Callable<Integer> {
        @Mixin
        private CommonOptions common;

        @Parameters(paramLabel = "ID", description = "as token list shows it")
        private String id;

        @Override
        public Integer call() throws CommandException {
            try (var database = open(common)) {
                if (!new TokenStore(database, Clock.systemUTC()).revoke(id)) {
                    throw new CommandException(
                            ExitCode.REFUSED,
                            "expected the id of a good token; there is no " + id + ". token list has them.");
                }
                common.say("Revoked " + id + ".");
                common.result(JsonNodeFactory.instance.objectNode().put("revoked", id));
            }
            return ExitCode.OK;
        }
    }

    /** {@code ./ft900 token allow}. */
    @Command(
            name = "allow",
            description = {
                "Let the holder of a client certificate call without a token.",
                "",
                "The certificate is one of profile rest-client, for example from",
                "  ./ft900 ca issue --profile rest-client ..."
            })
    static final class Allow implements Callable<Integer> {
        @Mixin
        private CommonOptions common;

        @Parameters(paramLabel = "CLIENT", description = "the certificate's common name, client.NAME")
        private String client;

        @Option(names = "--role", defaultValue = "viewer", description = "viewer, operator or admin (default: viewer)")
        private String role;

        @Option(
                names = "--for",
                paramLabel = "DEVICE|group:NAME",
                description = "the only devices or groups; may be repeated")
        private List<String> scope = List.of();

        @Override
        public Integer call() throws CommandException {
            if (!client.startsWith("client.")) {
                throw new CommandException(
                        ExitCode.USAGE, "expected the common name of a client certificate, client.NAME; got " + client);
            }
            var caller = caller(client, role, scope);
            try (var database = open(common)) {
                new CertificateRoles(database, Clock.systemUTC()).allow(caller);
                common.say(client + " may call as " + caller.role().word() + ".");
                common.result(JsonNodeFactory.instance
                        .objectNode()
                        .put("client", client)
                        .put("role", caller.role().word()));
            }
            return ExitCode.OK;
        }
    }
}
