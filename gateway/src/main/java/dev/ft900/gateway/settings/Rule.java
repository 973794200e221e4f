package dev.ft900.gateway.settings;

import dev.ft900.ca.store.SharedDatabase;
import dev.ft900.protocol.name.GatewayName;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a value must be.
 *
 * @param expects in words that follow "expected it to be"
 * @param parser throws {@link IllegalArgumentException} for any other text
 * @param isPath whether a relative value in a file is meant from that file's folder
 */
public record Rule<T>(String expects, Function<String, T> parser, boolean isPath) {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
    private static final Pattern HOST = Pattern.compile("[0-9A-Za-z]([0-9A-Za-z.:-]{0,252}[0-9A-Za-z])?");

    private Rule(String expects, Function<String, T> parser) {
        this(expects, parser, false);
    }

    static Rule<Integer> number(int least, int most) {
        return new Rule<>("a whole number, " + least + " to " + most, text -> {
            require(WHOLE.matcher(text).matches());
            int number = Integer.parseInt(text);
            require(number >= least && number <= most);
            return number;
        });
    }

    /** Written as {@code 500ms}, {@code 5s}, {@code 2m} or {@code 1h}. */
    static Rule<Duration> duration(String least, String most) {
        var from = duration(least);
        var to = duration(most);
        return new Rule<>("a duration, " + least + " to " + most, text -> {
            var duration = duration(text);
            require(duration.compareTo(from) >= 0 && duration.compareTo(to) <= 0);
            return duration;
        });
    }

    private static Duration duration(String text) {
        var match = DURATION.matcher(text);
        require(match.matches());
        long count = Long.parseLong(match.group(1));
        return switch (match.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }

    static Rule<Boolean> yesOrNo() {
        return new Rule<>("true or false", text -> {
            require(text.equals("true") || text.equals("false"));
            return text.equals("true");
        });
    }

    static Rule<String> word(List<String> words) {
        return new Rule<>("one of " + String.join(", ", words), text -> {
            require(words.contains(text));
            return text;
        });
    }

    static Rule<String> text() {
        return new Rule<>("some text", text -> text);
    }

    static Rule<String> postgresUrl() {
        return new Rule<>("jdbc:postgresql://HOST/DATABASE, without user and password in it", text -> {
            require(SharedDatabase.isUrl(text));
            return text;
        });
    }

    static Rule<GatewayName> gatewayName() {
        return new Rule<>(GatewayName.RULE, text -> GatewayName.from(text).orElseThrow(IllegalArgumentException::new));
    }

    /** Resolved when it is read. */
    static Rule<InetAddress> address() {
        return new Rule<>("an address of this machine, such as 0.0.0.0", text -> {
            try {
                require(HOST.matcher(text).matches() || text.startsWith(":"));
                return InetAddress.getByName(text);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(e);
            }
        });
    }

    static Rule<String> host() {
        return new Rule<>("a host name or an address", text -> {
            require(HOST.matcher(text).matches() || text.startsWith(":"));
            return text;
        });
    }

    static Rule<Path> path(String expects) {
        return new Rule<>(expects, text -> Path.of(text).toAbsolutePath().normalize(), true);
    }

    /** With commas between them, each as a browser sends it: scheme and host, and the port if it is not the usual one. */
    static Rule<Set<String>> origins() {
        return new Rule<>("origins such as https://panel.example, with commas between them", text -> Arrays.stream(
                        text.split(",", -1))
                .map(String::strip)
                .map(Rule::origin)
                .collect(Collectors.toUnmodifiableSet()));
    }

    private static String origin(String text) {
        var uri = URI.create(text);
        require(uri.getHost() != null && List.of("https", "http").contains(uri.getScheme()));
        require(uri.getRawPath().isEmpty()
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && uri.getRawUserInfo() == null);
        return text;
    }

    private static void require(boolean isSo) {
        if (!isSo) {
            throw new IllegalArgumentException();
        }
    }
}
