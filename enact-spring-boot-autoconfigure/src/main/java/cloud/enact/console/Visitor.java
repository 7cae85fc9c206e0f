package cloud.enact.console;

import cloud.enact.action.Actor;
import cloud.enact.approval.Approver;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whoever looks at a page.
 *
 * @param name who that is, or {@code null} for somebody of this machine, who may only read
 * @param csrf what a form must bring along to change something, or {@code null} for who may not
 * @param signedIn whether a session of the console can be ended
 * @param roles whether the person has a role
 */
record Visitor(@Nullable String name, @Nullable String csrf, boolean signedIn, Predicate<String> roles) {

    private static final String SOURCE = "console";

    /** Somebody of this machine. */
    static Visitor reader() {
        return new Visitor(null, null, false, role -> false);
    }

    boolean mayChange() {
        return this.csrf != null;
    }

    /** Refuses a form that is none of this person's pages. */
    void requireToken(@Nullable String token) {
        if (this.csrf == null) {
            throw ConsoleException.forbidden("Only who is signed in can change something. Sign in, and try again.");
        }
        if (token == null
                || !MessageDigest.isEqual(
                        this.csrf.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8))) {
            throw ConsoleException.forbidden(
                    "The form is not of this session, so nothing was done. Load the page again, and send it from there.");
        }
    }

    /** The person, as receipts have it. */
    Actor actor(Set<String> known) {
        return new Actor(id(), held(known), Map.of(), null, null, SOURCE);
    }

    /** The person, as somebody who answers. */
    Approver approver(Set<String> groups) {
        return new Approver(id(), held(groups), SOURCE);
    }

    /** Without the token of the session. */
    @Override
    public String toString() {
        return "Visitor[" + id() + "]";
    }

    private String id() {
        return (this.name != null) ? this.name : "anonymous";
    }

    private Set<String> held(Set<String> known) {
        return known.stream().filter(this.roles).collect(Collectors.toUnmodifiableSet());
    }
}
