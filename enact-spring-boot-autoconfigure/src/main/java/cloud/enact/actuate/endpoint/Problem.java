package cloud.enact.actuate.endpoint;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** An answer with the members of RFC 9457. */
final class Problem {

    private Problem() {}

    static WebEndpointResponse<Map<String, @Nullable Object>> of(int status, String title, @Nullable String detail) {
        Map<String, @Nullable Object> problem = new LinkedHashMap<>();
        problem.put("title", title);
        problem.put("status", status);
        problem.put("detail", detail);
        return new WebEndpointResponse<>(problem, status);
    }
}
