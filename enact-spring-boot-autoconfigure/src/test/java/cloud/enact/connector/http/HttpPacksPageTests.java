package cloud.enact.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Enact;
import cloud.enact.OpenRun;
import cloud.enact.docs.GeneratedPart;
import cloud.enact.docs.Snippets;
import cloud.enact.doubles.http.CloudflareDouble;
import cloud.enact.doubles.http.HubSpotDouble;
import cloud.enact.doubles.http.JiraDouble;
import cloud.enact.doubles.http.LaunchDarklyDouble;
import cloud.enact.doubles.http.PagerDutyDouble;
import cloud.enact.doubles.http.StripeDouble;
import cloud.enact.doubles.http.VendorServer;
import cloud.enact.doubles.http.ZendeskDouble;
import cloud.enact.policy.PolicyFile;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.workflow.Calls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ByteArrayResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code docs/http-packs.md} lists the packs and what they do, and its examples work. */
class HttpPacksPageTests {

    private static final String PAGE = "http-packs.md";

    private static final List<String> PACKS =
            List.of("hubspot", "jira", "zendesk", "pagerduty", "launchdarkly", "cloudflare", "stripe");

    @TempDir
    Path directory;

    @Test
    void thePageListsEveryOperation() throws IOException {
        StringBuilder table =
                new StringBuilder("\n| operation | arguments | what takes it back |\n| --- | --- | --- |\n");
        for (String pack : PACKS) {
            new TreeMap<>(read(pack).operations())
                    .forEach((id, operation) -> table.append("| `")
                            .append(pack)
                            .append('.')
                            .append(id)
                            .append("` | ")
                            .append(operation.arguments().stream()
                                    .map(argument -> "`" + argument + "`")
                                    .collect(Collectors.joining(", ")))
                            .append(" | ")
                            .append(takesBack(operation))
                            .append(" |\n"));
        }

        new GeneratedPart(PAGE).mustBe(table.append('\n').toString());
    }

    private static String takesBack(HttpOperation operation) {
        if (operation.undo() != null) {
            return "`" + operation.undo().request() + "`";
        }
        return operation.isRead() ? "Nothing was changed." : "Nothing.";
    }

    @TestFactory
    List<DynamicTest> theExampleOfEveryPackWorksAndIsTakenBack() throws IOException {
        Iterator<String> settings = Snippets.of(PAGE, "yaml").iterator();
        Iterator<String> calls = Snippets.of(PAGE, "json").iterator();
        return PACKS.stream()
                .map(pack -> {
                    String yaml = settings.next();
                    JsonNode call = JsonMapper.shared().readTree(calls.next());
                    return DynamicTest.dynamicTest(pack, () -> {
                        try (VendorServer vendor = vendor(pack)) {
                            tryOut(pack, vendor, yaml, call);
                        }
                    });
                })
                .toList();
    }

    private void tryOut(String pack, VendorServer vendor, String yaml, JsonNode call) {
        application(pack, vendor, yaml).run(context -> {
            assertThat(context).hasNotFailed();
            int before = vendor.count();
            try (OpenRun open = context.getBean(Enact.class).openRun(pack)) {
                String answer = Calls.tool(context, call.get("tool").asString())
                        .call(call.get("arguments").toString());

                if (pack.equals("stripe")) {
                    assertThat(answer).contains("Nothing brings the money back");
                    assertThat(vendor.requests()).isEmpty();
                } else {
                    assertThat(vendor.changingRequests()).as(answer).hasSize(1);
                    assertThat(Calls.rollback(context, open.id()).result()).isEqualTo(RollbackResult.ROLLED_BACK);
                    assertThat(vendor.count() == before || pack.equals("pagerduty"))
                            .isTrue();
                }
            }
        });
    }

    private ApplicationContextRunner application(String pack, VendorServer vendor, String yaml) {
        return PackApplication.with(this.directory, pack, vendor, "")
                .withPropertyValues(
                        "HUBSPOT_TOKEN=" + HubSpotDouble.TOKEN,
                        "JIRA_URL=https://example.atlassian.net",
                        "JIRA_USER=" + JiraDouble.USER,
                        "JIRA_TOKEN=" + JiraDouble.TOKEN,
                        "ZENDESK_URL=https://example.zendesk.com",
                        "ZENDESK_USER=" + ZendeskDouble.USER,
                        "ZENDESK_TOKEN=" + ZendeskDouble.TOKEN,
                        "PAGERDUTY_TOKEN=" + PagerDutyDouble.TOKEN,
                        "PAGERDUTY_FROM=" + PagerDutyDouble.USER,
                        "LAUNCHDARKLY_TOKEN=" + LaunchDarklyDouble.TOKEN,
                        "CLOUDFLARE_TOKEN=" + CloudflareDouble.TOKEN,
                        "STRIPE_KEY=" + StripeDouble.KEY)
                .withInitializer(context -> add(context, yaml));
    }

    /** What the page says holds before anything else. */
    private static void add(ConfigurableApplicationContext context, String yaml) {
        try {
            new YamlPropertySourceLoader()
                    .load("the page", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
                    .forEach(context.getEnvironment().getPropertySources()::addFirst);
        } catch (IOException ex) {
            throw new AssertionError(ex);
        }
    }

    private static VendorServer vendor(String pack) {
        return switch (pack) {
            case "hubspot" -> new HubSpotDouble();
            case "jira" -> new JiraDouble();
            case "zendesk" -> new ZendeskDouble();
            case "pagerduty" -> new PagerDutyDouble();
            case "cloudflare" -> new CloudflareDouble();
            case "launchdarkly" -> {
                LaunchDarklyDouble flags = new LaunchDarklyDouble();
                flags.addFlag("new-checkout");
                yield flags;
            }
            default -> {
                StripeDouble stripe = new StripeDouble();
                stripe.addPayment("pi_1", 5000);
                yield stripe;
            }
        };
    }

    private static HttpApi read(String pack) throws IOException {
        try (InputStream yaml = HttpPacksPageTests.class.getResourceAsStream("/enact/http/" + pack + ".yaml")) {
            return HttpApi.read(
                    new PolicyFile(pack + ".yaml", new String(yaml.readAllBytes(), StandardCharsets.UTF_8)),
                    name -> name.endsWith("_URL") ? "https://api.example.com" : "value-of-" + name);
        }
    }
}
