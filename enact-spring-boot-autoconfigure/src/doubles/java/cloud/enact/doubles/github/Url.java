package cloud.enact.doubles.github;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parts of an address, in and out of percent encoding. */
final class Url {

    private Url() {}

    static String path(String decoded) {
        try {
            return new URI(null, null, decoded, null).getRawPath();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("No path: " + decoded, e);
        }
    }

    static String value(String decoded) {
        return URLEncoder.encode(decoded, StandardCharsets.UTF_8);
    }

    static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        if (raw == null) {
            return query;
        }
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            query.put(
                    decoded(equals < 0 ? pair : pair.substring(0, equals)),
                    equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return query;
    }

    private static String decoded(String raw) {
        return URLDecoder.decode(raw, StandardCharsets.UTF_8);
    }
}
