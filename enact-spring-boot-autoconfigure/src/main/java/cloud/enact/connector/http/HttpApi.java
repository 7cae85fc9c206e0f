package cloud.enact.connector.http;

import cloud.enact.connector.ConnectorException;
import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicyFileException;
import cloud.enact.policy.file.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An API as it is declared: where it is, how to log in, and what it can do. Immutable. */
public final class HttpApi {

    private static final Pattern OPERATION = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    private final @Nullable BaseUrl baseUrl;

    private final Credentials credentials;

    private final Map<String, String> headers;

    private final List<Pointer> errors;

    private final boolean followsRedirects;

    private final Map<String, HttpOperation> operations;

    private HttpApi(
            @Nullable BaseUrl baseUrl,
            Credentials credentials,
            Map<String, String> headers,
            List<Pointer> errors,
            boolean followsRedirects,
            Map<String, HttpOperation> operations) {
        this.baseUrl = baseUrl;
        this.credentials = credentials;
        this.headers = headers;
        this.errors = errors;
        this.followsRedirects = followsRedirects;
        this.operations = operations;
    }

    /**
     * Reads a declaration.
     *
     * @param file the declaration in YAML
     * @param variables what it leaves to configuration
     * @throws PolicyFileException when it is wrong; the message names file, line, operation and key
     */
    public static HttpApi read(PolicyFile file, Variables variables) {
        List<YamlValue> documents = YamlValue.documents(file);
        if (documents.size() != 1) {
            throw new PolicyFileException(
                    file.name(), 0, "a declaration of an API is one YAML document", "Split the file, or fill it.");
        }
        Place root = new Place(documents.get(0), "the declaration");
        Map<String, Place> members = new LinkedHashMap<>();
        root.members("description", "base-url", "auth", "headers", "errors", "follow-redirects", "operations")
                .forEach((key, place) -> members.put(key, new Place(place.value(), key)));
        Place url = members.get("base-url");
        Place redirects = members.get("follow-redirects");
        Place errors = members.get("errors");
        List<Pointer> pointers = new ArrayList<>();
        if (errors != null) {
            (errors.isText() ? List.of(errors) : errors.elements()).forEach(error -> pointers.add(Pointer.read(error)));
        }
        try {
            return new HttpApi(
                    (url != null) ? BaseUrl.read(url, Template.read(url, variables)) : null,
                    Credentials.read(members.get("auth"), variables),
                    Headers.fixed(members.get("headers"), variables),
                    List.copyOf(pointers),
                    redirects != null && redirects.flag(),
                    operations(RequestTemplate.required(root, members, "operations"), variables));
        } catch (ConnectorException ex) {
            throw new PolicyFileException(file.name(), 0, String.valueOf(ex.getMessage()), "Correct it.");
        }
    }

    private static Map<String, HttpOperation> operations(Place place, Variables variables) {
        Map<String, HttpOperation> operations = new LinkedHashMap<>();
        place.members().forEach((id, operation) -> {
            if (!OPERATION.matcher(id).matches()) {
                throw operation.wrong(
                        "is no name of an operation", "Use small letters, digits and underscores, a letter first.");
            }
            operations.put(id, new OperationReader(id, operation, variables).read());
        });
        return operations;
    }

    @Nullable
    BaseUrl baseUrl() {
        return this.baseUrl;
    }

    Credentials credentials() {
        return this.credentials;
    }

    Map<String, String> headers() {
        return this.headers;
    }

    List<Pointer> errors() {
        return this.errors;
    }

    boolean followsRedirects() {
        return this.followsRedirects;
    }

    Map<String, HttpOperation> operations() {
        return this.operations;
    }
}
