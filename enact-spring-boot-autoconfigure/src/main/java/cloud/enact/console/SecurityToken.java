package cloud.enact.console;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;

/** The token that Spring Security wants from the forms of the application it is in. */
final class SecurityToken {

    private SecurityToken() {}

    /** Name and value of a hidden field, or {@code null} when this is no such token. */
    static @Nullable Map<String, @Nullable Object> of(Object attribute) {
        if (!(attribute instanceof CsrfToken token)) {
            return null;
        }
        Map<String, @Nullable Object> field = new LinkedHashMap<>();
        field.put("parameter", token.getParameterName());
        field.put("token", token.getToken());
        return field;
    }
}
