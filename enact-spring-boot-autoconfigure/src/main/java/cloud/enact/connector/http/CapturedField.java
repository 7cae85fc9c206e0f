package cloud.enact.connector.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A field that is looked at before a change and after it.
 *
 * @param name its name
 * @param pointer where it is in the answer
 * @param when the argument without which it isn't looked at, because the change leaves it alone; or {@code null}
 * @param missing what it is when it isn't there
 * @param becomes what the change makes of it, or {@code null} when nobody knows beforehand
 * @param argument whether an argument has its name
 */
record CapturedField(
        String name,
        Pointer pointer,
        @Nullable String when,
        @Nullable Object missing,
        @Nullable BodyTemplate becomes,
        boolean argument) {

    static CapturedField read(
            String name, Place place, DeclaredArguments arguments, Variables variables, Template.Scope scope) {
        boolean argument = arguments.get(name) != null;
        if (place.isText()) {
            return new CapturedField(name, Pointer.read(place), null, null, null, argument);
        }
        Map<String, Place> members = place.members("at", "when", "missing", "becomes");
        Place when = members.get("when");
        if (when != null && arguments.get(when.text()) == null) {
            throw when.wrong("names no argument", "Name one of " + arguments.names() + ".");
        }
        Place missing = members.get("missing");
        Place becomes = members.get("becomes");
        return new CapturedField(
                name,
                Pointer.read(RequestTemplate.required(place, members, "at")),
                (when != null) ? when.text() : null,
                (missing != null) ? missing.value().value() : null,
                (becomes != null) ? BodyTemplate.read(becomes, variables, scope) : null,
                argument);
    }

    /** Whether this step changes it. */
    boolean concerns(Values values) {
        return this.when == null || values.args().containsKey(this.when);
    }

    /** What the change makes of it: what is declared, or the argument of its name; else {@link Values#ABSENT}. */
    @Nullable
    Object expected(Values values) {
        return (this.becomes != null) ? this.becomes.render(values) : given(values);
    }

    private @Nullable Object given(Values values) {
        Object value = values.get(new Placeholder(Placeholder.Origin.ARGUMENT, this.name));
        // without the argument of its name the change leaves it alone
        return (value == Values.ABSENT && this.argument)
                ? values.get(new Placeholder(Placeholder.Origin.BEFORE, this.name))
                : value;
    }

    /** What it is in a document. */
    @Nullable
    Object in(@Nullable Object document) {
        Object value = this.pointer.in(document);
        return (value == Values.ABSENT || value == null) ? this.missing : value;
    }
}
