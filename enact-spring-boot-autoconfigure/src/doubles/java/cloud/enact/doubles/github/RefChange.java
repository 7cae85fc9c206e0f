package cloud.enact.doubles.github;

import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One name to move.
 *
 * @param name the full name
 * @param before where it must stand, zeros for nowhere, or anywhere
 * @param after where it goes, zeros to take it away
 * @param force whether commits may get lost
 */
record RefChange(String name, @Nullable ObjectId before, ObjectId after, boolean force) {

    static RefChange of(JsonNode given) {
        JsonNode before = given.get("beforeOid");
        JsonNode force = given.get("force");
        return new RefChange(
                given.path("name").asString(""),
                before == null || before.isNull() ? null : id(before.asString()),
                id(given.path("afterOid").asString("")),
                force != null && force.asBoolean());
    }

    boolean isDeletion() {
        return this.after.equals(ObjectId.zeroId());
    }

    /** An id as a request spells it. */
    static ObjectId id(String text) {
        if (!text.matches("[0-9a-f]{40}")) {
            throw Refusal.invalid("The sha parameter must be exactly 40 characters and contain only [0-9a-f].");
        }
        return ObjectId.fromString(text);
    }
}
