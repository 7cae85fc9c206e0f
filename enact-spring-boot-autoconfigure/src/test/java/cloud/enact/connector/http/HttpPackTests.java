package cloud.enact.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.Reversibility;
import cloud.enact.policy.PolicyFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped declarations can be read, and say of each operation whether it comes back. */
class HttpPackTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cloudflare   | create_record=COMPENSATABLE, delete_record=COMPENSATABLE, update_record=COMPENSATABLE",
                "hubspot      | create_contact=COMPENSATABLE, create_task=COMPENSATABLE, find_contact=READ_ONLY,"
                        + " update_contact=REVERSIBLE",
                "jira         | create_issue=COMPENSATABLE, edit_issue=COMPENSATABLE, transition_issue=COMPENSATABLE",
                "launchdarkly | turn_flag_off=REVERSIBLE, turn_flag_on=REVERSIBLE",
                "pagerduty    | acknowledge_incident=IRREVERSIBLE, create_incident=COMPENSATABLE,"
                        + " resolve_incident=IRREVERSIBLE, update_incident=COMPENSATABLE",
                "stripe       | get_refund=READ_ONLY, refund=IRREVERSIBLE",
                "zendesk      | create_ticket=COMPENSATABLE, update_ticket=COMPENSATABLE",
            })
    void eachOperationSaysWhetherItComesBack(String pack, String reversibilities) throws IOException {
        Map<String, Reversibility> found = new TreeMap<>();
        read(pack).operations().forEach((id, operation) -> found.put(id, operation.reversibility()));

        assertThat(found).hasToString("{" + reversibilities + "}");
    }

    @ParameterizedTest
    @CsvSource({"cloudflare", "hubspot", "jira", "launchdarkly", "pagerduty", "stripe", "zendesk"})
    void everyOperationAndEveryPackIsDescribed(String pack) throws IOException {
        assertThat(text(pack)).startsWith("description: ");
        assertThat(read(pack).operations().values())
                .allSatisfy(operation -> assertThat(operation.description()).contains(" "));
        assertThat(read(pack).errors()).isNotEmpty();
    }

    private static HttpApi read(String pack) throws IOException {
        return HttpApi.read(
                new PolicyFile(pack + ".yaml", text(pack)),
                name -> name.endsWith("_URL") ? "https://api.example.com" : "value-of-" + name);
    }

    private static String text(String pack) throws IOException {
        try (InputStream yaml = HttpPackTests.class.getResourceAsStream("/enact/http/" + pack + ".yaml")) {
            return new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
