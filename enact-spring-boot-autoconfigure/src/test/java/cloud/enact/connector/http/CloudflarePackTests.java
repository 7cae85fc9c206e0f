package cloud.enact.connector.http;

import cloud.enact.doubles.http.CloudflareDouble;
import java.util.Map;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
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
}
