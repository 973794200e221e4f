package dev.ft900.ca.cli.authority;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.CommonOptions;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.cli.OpenState;
import dev.ft900.ca.store.CertificatePage;
import dev.ft900.ca.store.CertificatePage.Cursor;
import dev.ft900.ca.store.CertificatePage.Filter;
import dev.ft900.ca.store.CertificateStore;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./ft900 ca list}. */
@Command(
        name = "list",
        description = {
            "List certificates, newest first, page by page.",
            "",
            "  ./ft900 ca list --profile board --expiring 60        boards to renew in the next two months",
            "  ./ft900 ca list --revoked --json"
        })
final class CaListCommand implements Callable<Integer> {
    private static final String ROW = "%-32s  %-13s  %-14s  %-10s  %s";

    private final Clock clock = Clock.systemUTC();

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            completionCandidates = Issuing.Names.class,
            description = "those of one profile only")
    private String profile;

    @Option(
            names = {"--id", "--cn"},
            paramLabel = "NAME",
            description = "those with one name only")
    private String name;

    @Option(names = "--revoked", negatable = true, description = "those that are revoked, or those that are not")
    private Boolean revoked;

    @Option(names = "--expiring", paramLabel = "DAYS", description = "those that end within so many days or have ended")
    private Integer expiring;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "so many on a page, up to " + CertificatePage.MAX + " (default: ${DEFAULT-VALUE})")
    private int limit;

    @Option(names = "--after", paramLabel = "CURSOR", description = "the next page, as the page before says")
    private String after;

    @Override
    public Integer call() throws CommandException {
        if (limit < 1 || limit > CertificatePage.MAX) {
            throw new CommandException(
                    ExitCode.USAGE, "expected --limit to be 1 to " + CertificatePage.MAX + "; got " + limit);
        }
        var cursor = after == null ? Optional.of(Cursor.START) : Cursor.parse(after);
        var start = cursor.orElseThrow(() ->
                new CommandException(ExitCode.USAGE, "expected --after to be what the page before said; got " + after));
        var filter = new Filter(
                Optional.ofNullable(profile),
                Optional.ofNullable(name),
                Optional.ofNullable(revoked),
                Optional.ofNullable(expiring).map(days -> clock.instant().plus(Duration.ofDays(days))));
        try (var open = OpenState.open(common.state())) {
            report(open.database().jdbi().withHandle(handle -> new CertificateStore(handle)
                    .page(filter, start, limit)));
            return ExitCode.OK;
        }
    }

    private void report(CertificatePage page) {
        if (common.json()) {
            common.result(json(page));
        } else {
            common.print(table(page));
        }
        page.next().ifPresent(next -> common.say("There are more: --after " + next));
    }

    private ObjectNode json(CertificatePage page) {
        var json = JsonNodeFactory.instance.objectNode();
        var list = json.putArray("certificates");
        page.certificates().forEach(certificate -> list.add(CertificateWords.json(certificate, clock.instant())));
        page.next().ifPresent(next -> json.put("next", next.toString()));
        return json;
    }

    private String table(CertificatePage page) {
        var lines = new StringJoiner(System.lineSeparator());
        lines.add(String.format(ROW, "SERIAL", "STATUS", "PROFILE", "ENDS", "NAME"));
        for (var certificate : page.certificates()) {
            lines.add(String.format(
                    ROW,
                    certificate.serial(),
                    CertificateWords.status(certificate, clock.instant()),
                    certificate.profile(),
                    LocalDate.ofInstant(certificate.notAfter(), ZoneOffset.UTC),
                    certificate.commonName()));
        }
        return lines.toString();
    }
}
