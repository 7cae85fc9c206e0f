package cloud.enact.docs;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.policy.PolicyType;
import cloud.enact.policy.catalogue.BuiltinPolicies;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** {@code docs/policies.md} lists the policies that there are. */
class PolicyCataloguePageTests {

    @Test
    void thePageListsEveryBuiltInPolicy() throws IOException {
        StringBuilder page = new StringBuilder("\n| policy | parameters | what it prevents |\n| --- | --- | --- |\n");
        for (PolicyType type : new BuiltinPolicies(name -> null, "/home/somebody").types()) {
            page.append("| `").append(type.name()).append("` | ");
            page.append(type.parameters().isEmpty() ? "" : "`" + String.join("`, `", type.parameters()) + "`");
            page.append(" | ").append(type.harm()).append(" |\n");
        }

        new GeneratedPart("policies.md").mustBe(page.append('\n').toString());
    }

    @Test
    void thePageExplainsEveryParameter() throws IOException {
        String page = DocsFolder.read("policies.md");
        String explained = page.substring(page.indexOf("| parameter | default |"));

        for (PolicyType type : new BuiltinPolicies(name -> null, "/home/somebody").types()) {
            assertThat(type.parameters())
                    .as(type.name())
                    .allSatisfy(parameter -> assertThat(explained).contains("`" + parameter + "`"));
        }
    }
}
