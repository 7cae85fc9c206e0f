package cloud.enact.connector.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that reads, and what of its answer matters.
 *
 * @param request the request
 * @param fields what is kept of the answer
 * @param gone status codes which say that nothing is there
 * @param leavesGone whether the change leaves nothing there
 */
record Look(RequestTemplate request, List<CapturedField> fields, List<Integer> gone, boolean leavesGone) {

    static Look read(
            Place place, DeclaredArguments arguments, boolean deletes, Variables variables, Template.Scope scope) {
        Map<String, Place> members = place.members("request", "fields", "gone", "leaves");
        List<CapturedField> fields = new ArrayList<>();
        Place declared = members.get("fields");
        if (declared != null) {
            declared.members()
                    .forEach((name, field) -> fields.add(CapturedField.read(name, field, arguments, variables, scope)));
        }
        Place gone = members.get("gone");
        Place leaves = members.get("leaves");
        return new Look(
                reading(RequestTemplate.required(place, members, "request"), variables, scope),
                List.copyOf(fields),
                (gone != null) ? gone.statuses() : List.of(404, 410),
                (leaves != null) ? leaves.choice("changed", "gone").equals("gone") : deletes);
    }

    /** Reads a request that changes nothing. */
    static RequestTemplate reading(Place place, Variables variables, Template.Scope scope) {
        RequestTemplate request = RequestTemplate.read(place, variables, scope);
        if (!request.isRead()) {
            throw place.wrong("looks, so it must be a GET", "Name the request that reads.");
        }
        return request;
    }

    boolean says(Answer answer) {
        return this.gone.contains(answer.status()) || answer.isSuccess();
    }

    /** What is there, as far as this step is about it. */
    State state(Answer answer, Values values) {
        if (this.gone.contains(answer.status())) {
            return State.nothing();
        }
        Map<String, @Nullable Object> found = new LinkedHashMap<>();
        for (CapturedField field : this.fields) {
            if (field.concerns(values)) {
                found.put(field.name(), field.in(answer.document()));
            }
        }
        return new State(false, found);
    }

    /** What the answer to the change says it left, or {@code null} when it doesn't say everything. */
    @Nullable
    State told(Answer answer, Values values) {
        boolean whole = this.fields.stream()
                .filter(field -> field.concerns(values))
                .allMatch(field -> field.pointer().in(answer.document()) != Values.ABSENT);
        State told = state(answer, values);
        return (this.leavesGone || !whole || told.gone() || told.fields().isEmpty()) ? null : told;
    }

    /** What the change will leave, or {@code null} when nobody knows beforehand. */
    @Nullable
    State expected(Values values) {
        if (this.leavesGone) {
            return State.nothing();
        }
        Map<String, @Nullable Object> expected = new LinkedHashMap<>();
        for (CapturedField field : this.fields) {
            if (field.concerns(values)) {
                Object value = field.expected(values);
                if (value == Values.ABSENT) {
                    return null;
                }
                expected.put(field.name(), value);
            }
        }
        return expected.isEmpty() ? null : new State(false, expected);
    }

    /** A document as it is going to be when a state is there. */
    @Nullable
    Object foreseen(@Nullable Object document, State state) {
        Object foreseen = document;
        for (CapturedField field : this.fields) {
            if (state.fields().containsKey(field.name())) {
                foreseen = field.pointer().with(foreseen, state.fields().get(field.name()));
            }
        }
        return foreseen;
    }
}
