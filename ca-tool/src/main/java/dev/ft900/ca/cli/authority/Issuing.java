package dev.ft900.ca.cli.authority;

import dev.ft900.ca.authority.IssuedCertificate;
import dev.ft900.ca.authority.IssuingException;
import dev.ft900.ca.authority.Profile;
import dev.ft900.ca.authority.Profiles;
import dev.ft900.ca.authority.SubjectName;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.cli.OpenAuthority;
import dev.ft900.ca.store.CertificateStore;
import dev.ft900.protocol.name.BoardId;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What the commands that issue have in common: profile, host names, validity. Use as a mixin. */
final class Issuing {
    @Option(
            names = "--profile",
            required = true,
            paramLabel = "NAME",
            completionCandidates = Names.class,
            description = "the kind of certificate: ${COMPLETION-CANDIDATES}")
    private String profile;

    @Option(
            names = "--san",
            paramLabel = "TYPE:NAME",
            split = ",",
            description = "a host name of a server, DNS:host or IP:address; may be repeated")
    private List<String> names = new ArrayList<>();

    @Option(names = "--days", paramLabel = "N", description = "valid for so many days (default: the profile's longest)")
    private Integer days;

    /** The names of all profiles, for help and completion. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Profiles.load().all().stream().map(Profile::name).iterator();
        }
    }

    Profile profile(OpenAuthority open) throws CommandException {
        var all = open.authority().profiles();
        return all.find(profile)
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE,
                        "expected --profile to be one of "
                                + all.all().stream().map(Profile::name).toList() + "; got " + profile));
    }

    List<SubjectName> names() throws CommandException {
        var parsed = new ArrayList<SubjectName>();
        for (var name : names) {
            parsed.add(SubjectName.parse(name)
                    .orElseThrow(() -> new CommandException(
                            ExitCode.USAGE, "expected --san DNS:host or IP:address; got " + name)));
        }
        return parsed;
    }

    /** Issues a certificate; one for a board also registers the board. */
    IssuedCertificate issue(OpenAuthority open, Profile chosen, String commonName, PublicKey key)
            throws IssuingException, CommandException {
        var parsed = names();
        var valid = Optional.ofNullable(days).map(Duration::ofDays);
        var board = chosen.name().equals(Profiles.BOARD) ? BoardId.from(commonName) : Optional.<BoardId>empty();
        if (board.isPresent() && parsed.isEmpty()) {
            return open.enrolment().register(board.get(), key, Optional.empty(), valid);
        }
        return open.database().jdbi().inTransaction(handle -> open.authority()
                .issue(new CertificateStore(handle), chosen, commonName, parsed, key, valid));
    }
}
