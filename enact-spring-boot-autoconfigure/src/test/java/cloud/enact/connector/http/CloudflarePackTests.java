package cloud.enact.connector.http;

import static cloud.enact.workflow.Calls.output;
import static cloud.enact.workflow.Calls.rollback;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.ActionResult;
import cloud.enact.doubles.http.CloudflareDouble;
import cloud.enact.rollback.RollbackResult;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** DNS records of Cloudflare. */
class CloudflarePackTests extends PackContract {

    private final CloudflareDouble cloudflare = new CloudflareDouble();

    CloudflarePackTests() {
        super("cloudflare");
    }

    @Override
    CloudflareDouble vendor() {
        return this.cloudflare;
    }

    @Override
    ApplicationContextRunner application() {
        return with("create_record,update_record,delete_record", "CLOUDFLARE_TOKEN=" + CloudflareDouble.TOKEN);
    }

    @Override
    String create() {
        return "create_record";
    }

    @Override
    Map<String, Object> createArgs() {
        return Map.of("zone", CloudflareDouble.ZONE, "type", "A", "name", "www.example.com", "content", "198.51.100.4");
    }

    @Override
    Map<String, Object> wrongArgs() {
        return Map.of("zone", CloudflareDouble.ZONE, "type", "A", "name", "www.example.com", "content", "nowhere");
    }

    @Override
    String vendorError() {
        return "9005, Content for A record must be a valid IPv4 address.";
    }

    @Override
    String update() {
        return "update_record";
    }

    @Override
    Map<String, Object> updateArgs(String id) {
        return Map.of("zone", CloudflareDouble.ZONE, "id", id, "content", "198.51.100.5", "ttl", 300);
    }

    @Override
    void change(String id) {
        this.cloudflare.edit(id, entry -> entry.put("content", "198.51.100.6"));
    }

    @Override
    String secret() {
        return CloudflareDouble.TOKEN;
    }

    @Override
    JsonNode comparable(JsonNode node) {
        ((ObjectNode) node).remove("modified_on");
        return node;
    }

    @Test
    void aDeletedRecordComesBackUnderAnotherId() {
        String id = this.cloudflare.addRecord("TXT", "example.com", "v=spf1 -all");
        application().run(context -> {
            JsonNode before = this.cloudflare.find(id);
            ActionResult deleted = delete(context, id);
            output(deleted);
            assertThat(this.cloudflare.count()).isZero();

            var report = rollback(context, deleted.runId());

            assertThat(report.result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(this.cloudflare.count()).isOne();
            JsonNode back = this.cloudflare.find(this.cloudflare.newest());
            for (String field : new String[] {"type", "name", "content", "ttl", "proxied"}) {
                assertThat(back.get(field)).isEqualTo(before.get(field));
            }
            assertThat(report.steps())
                    .singleElement()
                    .satisfies(step -> assertThat(step.output()).containsEntry("id", this.cloudflare.newest()));
            assertThat(rollback(context, deleted.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(this.cloudflare.count()).isOne();
        });
    }

    @Test
    void aRecordThatSomebodyMadeAgainNeedsNoUndo() {
        String id = this.cloudflare.addRecord("A", "www.example.com", "198.51.100.4");
        application().run(context -> {
            ActionResult deleted = delete(context, id);
            this.cloudflare.addRecord("A", "www.example.com", "198.51.100.4");

            assertThat(rollback(context, deleted.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(this.cloudflare.count()).isOne();
        });
    }

    @Test
    void aRecordThatIsNotThereIsFoundDeleted() {
        application().run(context -> {
            ActionResult deleted = delete(context, "00000000000000000000000000000000");

            assertThat(output(deleted)).isNotNull();
            assertThat(this.cloudflare.changingRequests()).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "comment", "tags"})
    void aRecordThatSomebodyUsesForSomethingElseIsNotDeleted(String field) {
        application().run(context -> {
            ActionResult created = perform(context, "create_record", createArgs());
            this.cloudflare.edit(output(created, "id"), entry -> {
                if (field.equals("tags")) {
                    entry.putArray(field).add("owner:ops");
                } else {
                    entry.put(field, "shop.example.com");
                }
            });

            assertThat(rollback(context, created.runId()).result()).isEqualTo(RollbackResult.REFUSED);
            assertThat(this.cloudflare.count()).isOne();
        });
    }

    @Test
    void aRecordThatWasProxiedHasItsTimeToLiveAgain() {
        String id = this.cloudflare.addRecord("A", "www.example.com", "198.51.100.4");
        this.cloudflare.edit(id, entry -> entry.put("ttl", 300));
        application().run(context -> {
            ActionResult proxied =
                    perform(context, "update_record", Map.of("zone", CloudflareDouble.ZONE, "id", id, "proxied", true));
            assertThat(this.cloudflare.find(id).get("ttl").asInt()).isOne();

            assertThat(rollback(context, proxied.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);

            assertThat(this.cloudflare.find(id).get("ttl").asInt()).isEqualTo(300);
        });
    }

    @Test
    void aMailServersRecordComesBackWithItsPriority() {
        application().run(context -> {
            String id = output(
                    perform(
                            context,
                            "create_record",
                            Map.of(
                                    "zone",
                                    CloudflareDouble.ZONE,
                                    "type",
                                    "MX",
                                    "name",
                                    "example.com",
                                    "content",
                                    "mail.example.com",
                                    "priority",
                                    10)),
                    "id");

            assertThat(rollback(context, delete(context, id).runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);

            assertThat(this.cloudflare
                            .find(this.cloudflare.newest())
                            .get("priority")
                            .asInt())
                    .isEqualTo(10);
        });
    }

    private ActionResult delete(ApplicationContext context, String id) {
        return perform(context, "delete_record", Map.of("zone", CloudflareDouble.ZONE, "id", id));
    }
}
