package dev.ft900.hil.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StoredCertificate;
import dev.ft900.gateway.access.Role;
import dev.ft900.gateway.access.TokenStore;
import dev.ft900.hil.SharedChain;
import dev.ft900.hil.SharedChain.Bench;
import dev.ft900.hil.bench.Dut;
import dev.ft900.hil.rest.RestClient;
import dev.ft900.protocol.pad.Level;
import dev.ft900.protocol.pad.Pad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** People control a board from a browser, and see what it does; the pad itself is the oracle. */
@ExtendWith(SharedChain.class)
class PageIT {
    private static final String BOARD = "board2";
    private static final String DEVICE = "/api/v1/devices/" + BOARD;

    /** Design decision 10: a board that falls silent is known to be gone within 30 s. */
    private static final double PRESENCE_MS = 35_000;

    private Bench bench;
    private Dut dut;
    private RestClient rest;
    private Browsing browsing;

    @BeforeEach
    void openBrowser(Bench bench) throws IOException {
        this.bench = bench;
        dut = bench.dut(BOARD);
        rest = bench.rest();
        dut.power().on();
        await().untilAsserted(() -> assertThat(rest.get(DEVICE + "/status").status()).isEqualTo(200));
        browsing = new Browsing(bench);
    }

    @AfterEach
    void nothingWasComplainedAbout() {
        try {
            assertThat(browsing.complaints()).isEmpty();
        } finally {
            browsing.close();
        }
    }

    private Page signedIn(String token) {
        var page = browsing.open(1280, 1000);
        page.getByLabel("Token").fill(token);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile(BOARD))).click();
        assertThat(page.locator("h1")).containsText(BOARD);
        assertThat(page.locator(".presence")).hasText("online");
        assertThat(page.locator(".link")).hasText("Live");
        assertThat(pad(page, 20)).not().hasClass(Pattern.compile("unknown"));
        assertThat(page.locator(".as-of")).containsText("Read at ");
        return page;
    }

    private Page signedIn() {
        return signedIn(bench.chain().gateway().token());
    }

    private static Locator pad(Page page, int pin) {
        return page.locator("button.pad[data-pin='" + pin + "']");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private void makeOutput(int pin) throws IOException {
        assertThat(rest.put(DEVICE + "/gpio/" + pin, "{\"direction\":\"out\",\"value\":0}").status())
                .isEqualTo(200);
    }

    @Test
    void aPressedPadChangesOnTheBoard() throws Exception {
        makeOutput(20);
        var page = signedIn();

        pad(page, 20).click();

        await().until(() -> dut.pins().level(new Pad(20)) == Level.HIGH);
        assertThat(pad(page, 20)).hasAttribute("aria-pressed", "true");
        pad(page, 20).click();
        await().until(() -> dut.pins().level(new Pad(20)) == Level.LOW);
        assertThat(pad(page, 20)).hasAttribute("aria-pressed", "false");
    }

    @Test
    void aPadCanBeMovedToAndPressedByKeyboardAlone() throws Exception {
        makeOutput(20);
        makeOutput(21);
        var page = signedIn();
        pad(page, 20).focus();

        page.keyboard().press("ArrowRight");
        page.keyboard().press("Space");

        await().until(() -> dut.pins().level(new Pad(21)) == Level.HIGH);
        assertThat(dut.pins().level(new Pad(20))).isEqualTo(Level.LOW);
        assertThat(pad(page, 21)).isFocused();
    }

    @Test
    void anInputThatSomebodyDrivesIsSeenWithoutAsking() throws Exception {
        assertThat(rest.put(DEVICE + "/gpio/22", "{\"direction\":\"in\",\"pull\":\"down\"}").status())
                .isEqualTo(200);
        var page = signedIn();
        pad(page, 22).click();
        page.getByLabel("Report").selectOption("both");
        assertThat(page.getByLabel("Report")).hasValue("both");
        await().untilAsserted(() -> assertThat(rest.get(DEVICE + "/gpio/22")
                        .body()
                        .path("edge")
                        .asText())
                .isEqualTo("both"));

        try {
            dut.pins().drive(new Pad(22), Level.HIGH);

            assertThat(pad(page, 22)).hasClass(Pattern.compile("\\bhigh\\b"));
            assertThat(page.getByLabel("Events")).containsText("Pad 22 went high");
        } finally {
            dut.pins().release(new Pad(22));
        }
    }

    @Test
    void whatSomebodyElseChangedIsSeenToo() throws Exception {
        makeOutput(23);
        var page = signedIn();

        assertThat(rest.put(DEVICE + "/gpio/23", "{\"value\":1}").status()).isEqualTo(200);

        assertThat(pad(page, 23)).hasAttribute("aria-pressed", "true");
        assertThat(page.locator(".commands li").first()).containsText("gpio");
        assertThat(page.locator(".commands svg rect").first()).isAttached();
    }

    @Test
    void aReservedPadIsMarkedAndNotSwitched() {
        var page = signedIn();

        pad(page, 44).click();

        assertThat(pad(page, 44)).hasClass(Pattern.compile("reserved"));
        assertThat(page.locator(".pin")).containsText("Reserved");
        assertThat(button(page, "Set high")).hasCount(0);
    }

    @Test
    void aResetTellsItsResult() {
        var page = signedIn();

        button(page, "Reset").click();

        assertThat(page.locator(".message")).containsText("cause command");
    }

    @Test
    void theClockIsSetToNow() {
        var page = signedIn();

        button(page, "Set to now").click();

        assertThat(page.locator("section[aria-label='Clock']")).containsText("Agrees with this computer");
    }

    @Test
    void aBoardWithoutPowerIsShownOfflineWithinThePresenceTime() {
        var page = signedIn();

        dut.power().off();

        assertThat(page.locator(".presence")).hasText("offline", new HasTextOptions().setTimeout(PRESENCE_MS));
        assertThat(pad(page, 20)).hasClass(Pattern.compile("unknown"));
        assertThat(button(page, "Reset")).isDisabled();

        dut.power().on();

        assertThat(page.locator(".presence")).hasText("online");
        assertThat(pad(page, 20)).not().hasClass(Pattern.compile("unknown"));
    }

    @Test
    void aViewerSeesEverythingAndSwitchesNothing() throws Exception {
        makeOutput(20);
        var page = signedIn(tokenOf(Role.VIEWER));

        pad(page, 20).click();

        assertThat(page.locator(".pin")).containsText("may look");
        assertThat(dut.pins().level(new Pad(20))).isEqualTo(Level.LOW);
        assertThat(button(page, "Reset")).isDisabled();
        assertThat(button(page, "Revoke and remove")).hasCount(0);
    }

    private String tokenOf(Role role) throws IOException {
        try (var database = StateDatabase.open(bench.state())) {
            return new TokenStore(database, Clock.systemUTC()).create("page-" + role.word(), role);
        }
    }

    @Test
    void aTokenThatNobodyKnowsIsSaidToBeUnknown() {
        var page = browsing.open(1280, 1000);

        page.getByLabel("Token").fill("ft900_wrong");
        page.keyboard().press("Enter");

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("token");
        assertThat(page.getByLabel("Token")).isVisible();
    }

    @Test
    void aGatewayThatCannotAnswerNowSignsNobodyOut() {
        var page = browsing.open(1280, 1000);
        var calls = new AtomicInteger();
        page.route("**/api/v1/whoami", route -> {
            if (calls.getAndIncrement() == 0) {
                route.fulfill(new Route.FulfillOptions()
                        .setStatus(503)
                        .setContentType("application/problem+json")
                        .setBody("{\"title\":\"Stopping\",\"detail\":\"about to stop\"}"));
            } else {
                route.resume();
            }
        });
        page.getByLabel("Token").fill(bench.chain().gateway().token());
        page.keyboard().press("Enter");

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("about to stop");

        assertThat(page.locator(".link")).hasText("Live");
    }

    @Test
    void whatHappenedWhileNobodyListenedIsSeenWhenTheStreamIsBack() throws Exception {
        assertThat(rest.put(DEVICE + "/gpio/23", "{\"direction\":\"out\",\"value\":0}")
                        .status())
                .isEqualTo(200);
        var page = browsing.open(1280, 1000);
        var isAway = new AtomicBoolean(true);
        page.route("**/api/v1/events", route -> {
            if (isAway.get()) {
                route.abort();
            } else {
                route.resume();
            }
        });
        page.getByLabel("Token").fill(bench.chain().gateway().token());
        page.keyboard().press("Enter");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile(BOARD))).click();
        assertThat(pad(page, 23)).hasAttribute("aria-pressed", "false");
        assertThat(rest.put(DEVICE + "/gpio/23", "{\"value\":1}").status()).isEqualTo(200);
        assertThat(rest.post("/api/v1/devices", "{\"id\":\"page-new\"}").status()).isEqualTo(201);

        isAway.set(false);

        assertThat(page.locator(".link")).hasText("Live");
        assertThat(pad(page, 23)).hasAttribute("aria-pressed", "true");
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("page-new"))))
                .isVisible();
    }

    @Test
    void aRemovedBoardIsRevokedAndGone() throws Exception {
        assertThat(rest.post("/api/v1/devices", "{\"id\":\"page-gone\"}").status()).isEqualTo(201);
        var page = signedIn();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("page-gone"))).click();
        assertThat(page.locator("h1")).containsText("page-gone");

        button(page, "Revoke and remove").click();
        button(page, "Revoke and remove").click();

        await().untilAsserted(() ->
                assertThat(rest.get("/api/v1/devices/page-gone").status()).isEqualTo(404));
    }

    @Test
    void aBoardIsGivenANewKeyAndCertificate() throws Exception {
        var before = rest.get(DEVICE).body().path("slotGeneration").asInt();
        var page = signedIn();

        button(page, "Renew").click();
        button(page, "Renew").click();

        assertThat(page.locator(".message"))
                .containsText("new certificate", new ContainsTextOptions().setTimeout(PRESENCE_MS));
        assertThat(rest.get(DEVICE).body().path("slotGeneration").asInt()).isEqualTo(before + 1);
    }

    @Test
    void readsAreListedForThoseWhoWantThem() {
        var page = signedIn();
        button(page, "Set to now").click();
        assertThat(page.locator(".commands li").first()).containsText("rtc.set");
        assertThat(page.locator(".commands")).not().containsText("status");

        page.getByLabel("Reads too").check();

        assertThat(page.locator(".commands")).containsText("status");
    }

    @Test
    void whatTheBoardSaysOfItselfIsShown() throws Exception {
        var network = rest.get(DEVICE + "/network").body();

        var page = signedIn();

        assertThat(page.locator("section[aria-label='Network']"))
                .containsText(network.path("mac").asText());
        assertThat(page.locator("section[aria-label='Board']")).containsText("Last reset");
        assertThat(page.locator("body")).not().containsText("[object");
    }

    @Test
    void textIsWrittenToTheSerialLine() {
        var page = signedIn();

        page.getByLabel("Text to write").fill("hello");
        page.keyboard().press("Enter");

        assertThat(page.locator(".message")).hasText("Written");
        assertThat(page.locator(".commands li").first()).containsText("uart.write");
    }

    @Test
    void oneCertificateIsRevokedAndTheBoardStays() throws Exception {
        var spare = bench.chain()
                .gateway()
                .enrolment()
                .renew(dut.id(), KeyKind.P256.generate().getPublic(), Optional.empty())
                .orElseThrow();
        var serial = StoredCertificate.serial(spare.certificate().getSerialNumber());
        var page = signedIn();
        var line = page.locator("li", new Page.LocatorOptions().setHasText(serial));
        assertThat(line).containsText("good until");

        line.getByRole(AriaRole.BUTTON).click();
        line.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Revoke")).click();

        assertThat(line).containsText("revoked");
        assertThat(page.locator(".presence")).hasText("online");
    }

    @Test
    void theContractCanBeReadAsAPage() throws Exception {
        var page = browsing.open(1280, 1000);
        page.navigate(bench.chain().gateway().endpoints().gateway().resolve("/docs#setPin").toString());

        assertThat(page.locator("h1")).containsText("FT900 gateway");
        var operation = page.locator("#setPin");
        assertThat(operation).hasAttribute("open", "");
        assertThat(operation).containsText("/api/v1/devices/{id}/gpio/{pin}");
        assertThat(operation).containsText("operator");
        assertThat(operation).containsText("direction");
        assertThat(operation).containsText("504");
        assertThat(page.locator("details").count()).isGreaterThan(35);
        page.setViewportSize(390, 844);
        int overflow = (int) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(overflow).isZero();
        picture(page, "docs-phone.png");
        page.setViewportSize(1280, 1000);
        picture(page, "docs.png");
    }

    @Test
    void everythingFitsOnAPhone() throws Exception {
        for (int pin : new int[] {6, 7, 9, 12, 18, 19, 20}) {
            makeOutput(pin);
        }
        assertThat(rest.put(DEVICE + "/gpio/12", "{\"value\":1}").status()).isEqualTo(200);
        var page = signedIn();
        pad(page, 18).click();
        assertThat(pad(page, 18)).hasAttribute("aria-pressed", "true");
        assertThat(page.locator("body")).not().containsText("null");

        page.setViewportSize(390, 844);

        int overflow = (int) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(overflow).isZero();
        assertThat(pad(page, 20).boundingBox().width).isGreaterThanOrEqualTo(40);
        picture(page, "page-phone.png");
        page.setViewportSize(1280, 1000);
        picture(page, "page.png");
    }

    private static void picture(Page page, String name) {
        Optional.ofNullable(System.getProperty("ft900.pictures")).map(Path::of).filter(Files::isDirectory).ifPresent(folder ->
                page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name)).setFullPage(true)));
    }
}
