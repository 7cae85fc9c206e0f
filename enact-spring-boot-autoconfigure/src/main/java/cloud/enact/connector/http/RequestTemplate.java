package cloud.enact.connector.http;

import cloud.enact.connector.ConnectorException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is declared.
 *
 * @param method its method
 * @param path its path below the base URL
 * @param query parameters
 * @param headers headers
 * @param body JSON, or {@code null}
 * @param form fields of a form, or {@code null}
 * @param ifMatch whether it is made only if what was looked at is still there unchanged
 */
record RequestTemplate(
        String method,
        PathTemplate path,
        Map<String, Template> query,
        Map<String, Template> headers,
        @Nullable BodyTemplate body,
        @Nullable Map<String, Template> form,
        boolean ifMatch) {

    private static final int LONGEST_BODY = 8 * 1024 * 1024;

    static final String JSON = "application/json";

    private static final String FORM = "application/x-www-form-urlencoded";

    private static final String[] METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"};

    /** Reads a request: a map, or a text such as {@code GET /tickets/{id}}. */
    static RequestTemplate read(Place place, Variables variables, Template.Scope scope) {
        if (place.isText()) {
            String[] words = place.text().strip().split(" +", 2);
            if (words.length < 2 || !List.of(METHODS).contains(words[0])) {
                throw place.wrong("is no request", "Write one such as GET /tickets/{id}, or a map.");
            }
            PathTemplate path = PathTemplate.read(place, words[1], variables, scope);
            return new RequestTemplate(words[0], path, Map.of(), Map.of(), null, null, false);
        }
        Map<String, Place> members = place.members("method", "path", "query", "headers", "body", "form", "if-match");
        Place method = required(place, members, "method");
        Place path = required(place, members, "path");
        Place body = members.get("body");
        Place form = members.get("form");
        if (body != null && form != null) {
            throw form.wrong("can't be beside a body", "Remove one of them.");
        }
        String verb = method.choice(METHODS);
        if (verb.equals("GET") && (body != null || form != null)) {
            throw place.wrong("reads, so it can't have a body", "Use 'query'.");
        }
        Place ifMatch = members.get("if-match");
        return new RequestTemplate(
                verb,
                PathTemplate.read(path, path.text(), variables, scope),
                templates(members.get("query"), variables, scope),
                Headers.templates(members.get("headers"), variables, scope),
                (body != null) ? BodyTemplate.read(body, variables, scope) : null,
                (form != null) ? templates(form, variables, scope) : null,
                ifMatch != null && ifMatch.flag());
    }

    static Place required(Place place, Map<String, Place> members, String key) {
        Place member = members.get(key);
        if (member == null) {
            throw place.wrong("needs '" + key + "'", "Add it.");
        }
        return member;
    }

    static Map<String, Template> templates(@Nullable Place place, Variables variables, Template.Scope scope) {
        Map<String, Template> templates = new LinkedHashMap<>();
        if (place != null) {
            place.members()
                    .forEach((name, value) ->
                            templates.put(name, Template.read(value, variables).in(scope, value)));
        }
        return templates;
    }

    /** Whether it changes nothing by the meaning of its method. */
    boolean isRead() {
        return this.method.equals("GET");
    }

    /**
     * Refuses arguments that no request can be made of.
     *
     * @throws ConnectorException when they can't stand where the request has them
     */
    void requireSendable(Values values) {
        if (this.path.needsOnlyArguments()) {
            this.path.render(values);
        }
        this.headers.forEach((name, template) -> {
            if (PathTemplate.needsOnlyArguments(template)) {
                String value = template.textOrNothing(values);
                Headers.value(name, (value != null) ? value : "");
            }
        });
    }

    Call render(Values values) {
        StringBuilder target = new StringBuilder(this.path.render(values));
        String encoded = encoded(this.query, values);
        if (!encoded.isEmpty()) {
            target.append('?').append(encoded);
        }
        Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        this.headers.forEach((name, template) -> {
            String value = template.textOrNothing(values);
            if (value != null) {
                sent.put(name, Headers.value(name, value));
            }
        });
        String content = content(values);
        if (content != null && content.length() > LONGEST_BODY) {
            throw new ConnectorException("The body of the request would be too large");
        }
        String type = (content == null) ? null : (this.form != null) ? FORM : sent.getOrDefault("Content-Type", JSON);
        sent.remove("Content-Type");
        return new Call(this.method, target.toString(), sent, type, content, toString());
    }

    private @Nullable String content(Values values) {
        if (this.form != null) {
            return encoded(this.form, values);
        }
        Object rendered = (this.body != null) ? this.body.render(values) : Values.ABSENT;
        return (rendered == Values.ABSENT) ? null : Json.write(rendered);
    }

    private static String encoded(Map<String, Template> templates, Values values) {
        StringBuilder encoded = new StringBuilder();
        templates.forEach((name, template) -> {
            String value = template.textOrNothing(values);
            if (value != null) {
                encoded.append(encoded.isEmpty() ? "" : "&")
                        .append(PathTemplate.percentEncoded(name))
                        .append('=')
                        .append(PathTemplate.percentEncoded(value));
            }
        });
        return encoded.toString();
    }

    /** Method and path as they are declared, which hold no values. */
    @Override
    public String toString() {
        return this.method + " " + this.path;
    }
}
