package dev.ft900.ca.cli;

import dev.ft900.protocol.install.ProvisioningListener;
import dev.ft900.protocol.install.Step;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows a provisioning to a person: a line for each step, and a bar while bytes flow if there is a terminal to show it on. */
final class FlashProgress implements ProvisioningListener {
    private static final int WIDTH = 72;

    private final Consumer<String> say;
    private final boolean terminal;
    private ProgressBar bar;

    FlashProgress(Consumer<String> say, boolean terminal) {
        this.say = say;
        this.terminal = terminal;
    }

    /** Tells the person at this command. */
    static FlashProgress of(CommonOptions common) {
        return new FlashProgress(common::say, System.console() != null && !common.json());
    }

    @Override
    public void began(Step step) {}

    @Override
    public void transferred(Step step, int bytes, int of) {
        if (!terminal) {
            return;
        }
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName("  " + step.words())
                    .setInitialMax(of)
                    .setUnit(" B", 1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(50)
                    .setConsumer(new DelegatingProgressBarConsumer(this::draw, WIDTH))
                    .build();
        }
        bar.stepTo(bytes);
    }

    private void draw(String line) {
        System.err.print("\r" + line);
        System.err.flush();
    }

    @Override
    public void done(Step step, Duration took) {
        if (bar != null) {
            bar.close();
            bar = null;
            System.err.println();
        }
        say.accept(String.format(Locale.ROOT, "  %-32s %6d ms", step.words(), took.toMillis()));
    }
}
