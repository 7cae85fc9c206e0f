package cloud.enact.connector.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a connector logs in with. It goes into the headers of requests and nowhere else. Immutable. */
final class Credentials {

    private static final int SHORTEST_SECRET = 4;

    /** Of a header such as {@code Token token=…} the server may tell a part. */
    private static final int SHORTEST_WORD = 8;

    private final Map<String, String> headers;

    private final List<String> secrets;

    private Credentials(Map<String, String> headers, List<String> secrets) {
        this.headers = Map.copyOf(headers);
        this.secrets = List.copyOf(secrets);
    }

    static Credentials read(@Nullable Place place, Variables variables) {
        Map<String, String> headers = new LinkedHashMap<>();
        List<String> secrets = new ArrayList<>();
        if (place != null) {
            Map<String, Place> members = place.members("bearer", "basic", "headers");
            Place bearer = members.get("bearer");
            Place basic = members.get("basic");
            Place own = members.get("headers");
            if (members.size() > 1) {
                throw place.wrong("has more than one way to log in", "Choose one.");
            }
            if (bearer != null) {
                String token = secret(bearer, variables, secrets);
                headers.put("Authorization", value(bearer, "Bearer " + token));
            }
            if (basic != null) {
                Map<String, Place> login = basic.members("username", "password");
                String name = secret(RequestTemplate.required(basic, login, "username"), variables, new ArrayList<>());
                Place password = login.get("password");
                String both = name + ":" + ((password != null) ? secret(password, variables, secrets) : "");
                if (password == null) {
                    // some vendors take a key for the name
                    secrets.add(name);
                }
                String encoded = Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
                secrets.add(encoded);
                headers.put("Authorization", "Basic " + encoded);
            }
            if (own != null) {
                own.members()
                        .forEach((name, value) -> headers.put(
                                Headers.name(value, name), value(value, secret(value, variables, secrets))));
            }
        }
        return new Credentials(headers, secrets);
    }

    private static String secret(Place place, Variables variables, List<String> secrets) {
        Template template = Template.read(place, variables);
        if (!template.placeholders().isEmpty()) {
            throw place.wrong("can't have placeholders", "Write ${NAME} for a variable.");
        }
        String secret = template.text(new Values(Map.of(), Map.of(), Map.of(), ""));
        if (secret.isBlank()) {
            throw place.wrong("is empty", "Set its variable.");
        }
        secrets.add(secret);
        for (String word : secret.split("[\\s=:,]+")) {
            if (word.length() >= SHORTEST_WORD) {
                secrets.add(word);
            }
        }
        return secret;
    }

    /** Says nothing of the value: it is a secret. */
    private static String value(Place place, String value) {
        if (!value.chars().allMatch(c -> c >= ' ' && c < 127)) {
            throw place.wrong("has characters that no header can have", "Correct its variable.");
        }
        return value;
    }

    Map<String, String> headers() {
        return this.headers;
    }

    /** A text of the remote system, without what it knows from us. */
    String without(String text) {
        String clean = text;
        for (String secret : this.secrets) {
            if (secret.length() >= SHORTEST_SECRET) {
                clean = clean.replace(secret, "***");
            }
        }
        return clean;
    }

    @Override
    public String toString() {
        return "Credentials[***]";
    }
}
