package cloud.enact.doubles.http;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a double answers.
 *
 * @param status of HTTP
 * @param headers besides the type of the content
 * @param body JSON, or nothing
 */
record VendorReply(int status, Map<String, String> headers, String body) {

    static VendorReply json(int status, Object value) {
        return new VendorReply(status, Map.of(), JsonMapper.shared().writeValueAsString(value));
    }

    static VendorReply empty(int status) {
        return new VendorReply(status, Map.of(), "");
    }

    VendorReply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(this.headers);
        more.put(header, value);
        return new VendorReply(this.status, more, this.body);
    }
}
