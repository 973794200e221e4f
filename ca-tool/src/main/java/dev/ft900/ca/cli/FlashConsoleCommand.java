package dev.ft900.ca.cli;

import dev.ft900.protocol.exchange.LinkException;
import dev.ft900.protocol.exchange.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./ft900 flash console}. One thread reads what is typed, the caller's moves the bytes. */
@Command(
        name = "console",
        description = {
            "Show what the board prints, and send it what is typed, line by line. Ctrl-] and Enter end it, Ctrl-C too.",
            "Frames are left out. With --json each piece of text is a JSON object."
        })
final class FlashConsoleCommand implements Callable<Integer> {
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final int TYPED_AT_MOST = 64;
    /** Ctrl-], as in telnet: what is typed before it still goes to the board. */
    private static final byte ESCAPE = 0x1D;

    @Mixin
    private CommonOptions common;

    @Mixin
    private LinkOptions link;

    @Option(
            names = "--for",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "end after so many seconds (default: never)")
    private int seconds;

    @Override
    public Integer call() throws CommandException {
        if (link.port().isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE, "expected --port P: a console is opened without asking the board anything");
        }
        var typed = new LinkedBlockingQueue<byte[]>(TYPED_AT_MOST);
        try (var open = link.open(link.port().get(), Ticker.SYSTEM)) {
            var keyboard = new Thread(() -> read(typed), "keyboard");
            keyboard.setDaemon(true);
            keyboard.start();
            common.say("Console of " + open.port() + " at " + link.baud() + " baud; Ctrl-] and Enter end it.");
            long until = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
            while (seconds == 0 || until - System.nanoTime() > 0) {
                open.link().watch(LOOK);
                var text = open.link().console();
                open.link().forgetConsole();
                if (!text.isEmpty()) {
                    common.text(text);
                }
                for (var line = typed.poll(); line != null; line = typed.poll()) {
                    int end = escape(line);
                    open.link().type(Arrays.copyOf(line, end));
                    if (end < line.length) {
                        return ExitCode.OK;
                    }
                }
            }
            return ExitCode.OK;
        } catch (LinkException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
    }

    /** Where in it the escape is; its length when there is none. */
    private static int escape(byte[] line) {
        int at = 0;
        while (at < line.length && line[at] != ESCAPE) {
            at++;
        }
        return at;
    }

    private static void read(BlockingQueue<byte[]> typed) {
        var buffer = new byte[256];
        try {
            for (int got = System.in.read(buffer); got > 0; got = System.in.read(buffer)) {
                typed.put(Arrays.copyOf(buffer, got));
            }
        } catch (IOException e) {
            // The keyboard is gone: what the board prints is still shown.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
