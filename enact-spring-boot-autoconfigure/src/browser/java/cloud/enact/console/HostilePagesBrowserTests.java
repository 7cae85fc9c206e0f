package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.gate.ApprovalRequiredException;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** An agent that writes pages instead of notes, and whoever reads them in Chromium. */
@ConsoleTest
@TestPropertySource(
        properties = {
            "enact.policies[0].name=ask-<b>somebody</b>",
            "enact.policies[0].on=notes.*",
            "enact.policies[0].ask=args.title.endsWith(\"!\")",
            "enact.policies[0].reason=<img src=x onerror=\"window.ran=1;alert(4)\">",
            "enact.approval.enabled=true",
            "enact.rollback.enabled=true",
            "enact.actor.id=<script>window.ran=1;alert(5)</script>"
        })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostilePagesBrowserTests {

    private static final List<String> HOSTILE = List.of(
            "<script>window.ran=1;alert(1)</script>",
            "</pre></details></textarea></title><script>window.ran=1;alert(2)</script>",
            "\"><img src=x onerror='window.ran=1;alert(3)'>",
            "' autofocus onfocus='window.ran=1;alert(6)' x='",
            "<svg onload=window.ran=1><a xlink:href=javascript:alert(7)>x</a></svg>",
            "javascript:window.ran=1;alert(8)",
            "{{{raw}}} ${7*7} <iframe srcdoc='<script>parent.ran=1</script>'>",
            "\u202E>tpircs<\u2028\u0000");

    /** Whatever only a page that was broken out of has. */
    private static final String PLANTED =
            "document.querySelectorAll(\"img:not(.brand *), iframe, script:not([src]), svg[onload],"
                    + " [onerror], [onfocus], [onclick], [autofocus], [href^='javascript:'], [srcdoc], b\").length";

    private final ConsoleApplication.Notes notes;

    private final ConsoleApplication.Operator operator;

    private final ReceiptStore store;

    private final String base;

    private Browser browser;

    HostilePagesBrowserTests(
            @Autowired ConsoleApplication.Notes notes,
            @Autowired ConsoleApplication.Operator operator,
            @Autowired ReceiptStore store,
            @LocalServerPort int port) {
        this.notes = notes;
        this.operator = operator;
        this.store = store;
        this.base = "http://localhost:" + port + "/enact";
    }

    @BeforeAll
    void anAgentWritesPages() {
        for (String text : HOSTILE) {
            this.notes.write(text, text);
            this.notes.write(text, text + text);
            assertThatExceptionOfType(ApprovalRequiredException.class)
                    .isThrownBy(() -> this.notes.write(text + "!", text));
        }
        this.browser = Browser.open();
        this.browser.signIn(page("/login"), this.operator.credential());
    }

    @AfterAll
    void close() {
        this.browser.close();
    }

    private URI page(String path) {
        return URI.create(this.base + path);
    }

    private void assertNothingRan() {
        assertThat(this.browser.hasDialog()).isFalse();
        assertThat(this.browser.ask("window.ran")).isNull();
        assertThat(this.browser.ask(PLANTED)).isEqualTo(0L);
        // a policy that has to stop something means that something got that far
        assertThat(this.browser.complaints())
                .noneMatch(complaint -> complaint.contains("Content Security Policy") || complaint.contains("Refused"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/receipts", "/receipts?kind=COMPLETED", "/approvals", "/policies", "/integrity", "/receipts#x"})
    void listsShowItAsText(String path) {
        this.browser.go(page(path));

        assertThat(this.browser.shows("#sign-out")).isTrue();
        assertNothingRan();
    }

    @Test
    void runsShowItAsText() {
        List<String> runs = this.store.query(ReceiptFilter.ofKind(ReceiptKind.COMPLETED), null, 100).receipts().stream()
                .map(receipt -> receipt.runId().toString())
                .distinct()
                .toList();
        assertThat(runs).isNotEmpty();
        for (String run : runs.subList(0, Math.min(4, runs.size()))) {
            for (String path : new String[] {"", "/verify", "/rollback"}) {
                this.browser.go(page("/runs/" + run + path));
                assertNothingRan();
            }
        }
    }

    @Test
    void whatIsTypedIntoTheFormsIsShownAsText() {
        for (String text : HOSTILE.subList(0, 7)) {
            String typed = URLEncoder.encode(text, StandardCharsets.UTF_8);
            this.browser.go(page("/receipts?action=" + typed + "&actor=" + typed + "&policy=" + typed));
            assertNothingRan();
        }
        for (String field : new String[] {"decision", "kind", "run", "since", "text", "cursor", "<b>"}) {
            String typed = URLEncoder.encode(HOSTILE.get(2), StandardCharsets.UTF_8);
            this.browser.go(page("/receipts?" + URLEncoder.encode(field, StandardCharsets.UTF_8) + "=" + typed));
            assertNothingRan();
        }
        this.browser.go(page("/policies"));
        this.browser.find("#draft").sendKeys("policies:\n- name: \"" + HOSTILE.get(1) + "\"\nblock: " + HOSTILE.get(2));
        this.browser.click("#replay button");
        this.browser.find("#report");
        assertNothingRan();
    }

    @Test
    void aReasonIsShownAsText() {
        this.browser.go(page("/approvals"));
        this.browser.find("#pending input[name=reason]").sendKeys(HOSTILE.get(0) + HOSTILE.get(2));
        this.browser.click("#pending button[value=deny]");

        assertThat(this.browser.read("#answered")).contains(HOSTILE.get(0));
        assertNothingRan();
    }

    @Test
    void whatArrivesWhileSomebodyLooksIsShownAsText() {
        this.browser.go(page("/receipts"));
        this.browser.find("#live.on");
        this.notes.write("live " + HOSTILE.get(2), HOSTILE.get(0));
        String run = this.store
                .query(ReceiptFilter.ofKind(ReceiptKind.COMPLETED), null, 1)
                .receipts()
                .get(0)
                .runId()
                .toString();

        this.browser.find("#receipts .id[title='" + run + "']");
        assertNothingRan();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/..%2f..%2freceipts",
                "/assets/%2e%2e%2fconsole.js",
                "/receipts/%3Cscript%3Ewindow.ran=1%3C%2Fscript%3E",
                "/receipts;jsessionid=1",
                "/runs/..%5c..%5creceipts",
                "/runs/%00",
                "/badge/%3Csvg%20onload=window.ran=1%3E.svg",
                "//evil.example/receipts",
                "/login%2f..%2freceipts",
                "/%2f%2fevil.example"
            })
    void anAddressThatIsATrickLeadsNowhere(String path) {
        this.browser.go(page(path));

        assertThat(this.browser.address().getHost()).isEqualTo("localhost");
        assertThat(this.browser.text()).containsAnyOf("Not found", "Bad Request", "HTTP Status 400", "404");
        assertThat(this.browser.text()).doesNotContain("cloud.enact", "Exception");
        assertThat(this.browser.ask("window.ran")).isNull();
        this.browser.complaints();
    }
}
