package dev.ft900.hil.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.ft900.hil.SharedChain.Bench;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A headless Chromium before the page. Whatever the browser complains about on the way is kept. Confined to one thread. */
final class Browsing implements AutoCloseable {
    private static final double PATIENCE_MILLIS = 30_000;

    private static final List<Path> PLACES = List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"));

    private final Bench bench;
    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    Browsing(Bench bench) {
        this.bench = bench;
        var chromium = PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "expected Chromium at one of " + PLACES + "; install it (Debian: apt-get install chromium)"));
        // What is asserted has a patience of its own.
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        playwright = Playwright.create();
        // A container's root may not make the sandbox; the only page visited is our own.
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
    }

    /** A window of a size in CSS pixels, at the page's address, with nobody signed in. */
    Page open(int width, int height) {
        // The certificate's trust is the business of other tests; a browser takes its anchors from the system only.
        var context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(width, height).setIgnoreHTTPSErrors(true));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        var page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !isAnswerThatATestAskedFor(message.text())) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.navigate(bench.chain().gateway().endpoints().gateway().toString());
        return page;
    }

    /** Chromium logs each answer of 400 and above as an error; what the page makes of them is what tests look at. */
    private static boolean isAnswerThatATestAskedFor(String text) {
        return text.startsWith("Failed to load resource: the server responded with a status of")
                || text.startsWith("Failed to load resource: net::ERR_");
    }

    /** Errors on the console, breaches of the policy and exceptions since the browser was opened. */
    List<String> complaints() {
        return complaints;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
