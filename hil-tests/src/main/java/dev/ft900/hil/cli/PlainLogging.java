package dev.ft900.hil.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import java.util.Optional;

/**
 * How the toolkit logs: to stderr, our own code from the level in {@code FT900_LOG_LEVEL}, that of others from WARN. As code, since
 * reading the same from XML takes longer than the rest of a small command. Gives way to {@code -Dlogback.configurationFile=FILE}, and to
 * the tests' own file.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class PlainLogging extends ContextAwareBase implements Configurator {
    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null
                || PlainLogging.class.getResource("/logback-test.xml") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        // Nothing about logback itself: stderr is for people.
        context.getStatusManager().add(new NopStatusListener());
        var encoder = encoder();
        encoder.setContext(context);
        encoder.start();
        var stderr = new ConsoleAppender<ILoggingEvent>();
        stderr.setContext(context);
        stderr.setTarget("System.err");
        stderr.setEncoder(encoder);
        stderr.start();
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(stderr);
        context.getLogger("dev.ft900")
                .setLevel(Level.toLevel(
                        Optional.ofNullable(System.getenv("FT900_LOG_LEVEL")).orElse("INFO"), Level.INFO));
        // Says at every start that it runs without a root folder and without Windows.
        context.getLogger("com.hivemq").setLevel(Level.ERROR);
        // Says so whenever somebody who listened to events goes away.
        context.getLogger("org.eclipse.jetty.util.Blocker").setLevel(Level.ERROR);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** One line of text for people, or one JSON object for programs where {@code FT900_LOG_FORMAT} is {@code json}. */
    private static Encoder<ILoggingEvent> encoder() {
        if ("json".equals(System.getenv("FT900_LOG_FORMAT"))) {
            var json = new JsonEncoder();
            json.setWithSequenceNumber(false);
            json.setWithContext(false);
            json.setWithArguments(false);
            json.setWithMessage(false);
            json.setWithFormattedMessage(true);
            return json;
        }
        var text = new PatternLayoutEncoder();
        text.setPattern(
                "%d{HH:mm:ss.SSS} %-5level %logger{20}:%replace( [%X{request}]){' \\[\\]', ''} %msg%n%ex{short}");
        return text;
    }
}
