package cloud.enact;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rooms of the house and what each may use.
 *
 * <p>A room is a package below the root package; a package without a line of its own belongs to the nearest room above
 * it. A room may use itself, the rooms above it and the rooms it names, but not the rooms below those: an
 * implementation is reached through the room that promises it.
 */
final class Rooms {

    /** The root package itself: annotations and the façade. */
    static final String FACADE = "(root)";

    private static final String EVERYTHING = "*";

    private final Map<String, Set<String>> allowed = new LinkedHashMap<>();

    private Rooms() {}

    static Rooms ofEnact() {
        Rooms rooms = new Rooms();
        rooms.room(FACADE).mayUse("action", "policy", "receipt", "rollback");
        rooms.room("action").mayUse();
        rooms.room("analysis.path").mayUse();
        rooms.room("analysis.url").mayUse();
        rooms.room("analysis.credential").mayUse();
        rooms.room("analysis.shell").mayUse();
        rooms.room("analysis.sql").mayUse();
        rooms.room("analysis.command").mayUse("analysis.shell", "analysis.path");
        // the facts of a call are found once for all its policies
        rooms.room("policy").mayUse("action", "analysis.sql", "analysis.shell", "analysis.command");
        rooms.room("policy.facts")
                .mayUse(
                        "action",
                        "analysis.sql",
                        "analysis.shell",
                        "analysis.command",
                        "analysis.path",
                        "analysis.url");
        rooms.room("policy.builtin").mayUse("action").andAnalysis();
        rooms.room("policy.catalogue").mayUse("policy.builtin");
        rooms.room("policy.file").mayUse();
        // policies tried out without an application: it puts together what an application would
        rooms.room("policy.check").mayUse("action", "policy.catalogue", "policy.cel", "policy.cerbos", "policy.file");
        rooms.room("policy.cel").mayUse("action", "policy.facts");
        rooms.room("policy.cerbos").mayUse("action", "policy.cel", "policy.file");
        rooms.room("approval").mayUse("action", "policy", "encryption");
        rooms.room("approval.sql").mayUse();
        rooms.room("approval.sqlite").mayUse("action", "policy", "approval.sql", "sqlite");
        rooms.room("approval.jdbc").mayUse("action", "policy", "approval.sql", "jdbc");
        rooms.room("approval.email").mayUse();
        rooms.room("approval.slack").mayUse("action", "slack");
        rooms.room("approval.webhook").mayUse("action", "policy", "webhook");
        rooms.room("approval.web").mayUse("action");
        rooms.room("encryption").mayUse("action");
        rooms.room("encryption.sqlite").mayUse("sqlite");
        rooms.room("encryption.jdbc").mayUse("jdbc");
        rooms.room("undo").mayUse("action", "encryption");
        rooms.room("undo.sqlite").mayUse("action", "encryption", "sqlite");
        rooms.room("undo.jdbc").mayUse("action", "jdbc");
        rooms.room("undo.postgres").mayUse("action");
        rooms.room("connector").mayUse("action", "undo");
        // what is read of a repository is hostile, so only what hands content over is known there
        rooms.room("connector.filesystem.git").mayUse();
        rooms.room("connector.slack").mayUse("action", "undo", "slack");
        rooms.room("connector.postgres").mayUse("action", "undo", "undo.postgres");
        rooms.room("workflow").mayUse("action", "connector", "undo", "policy", "policy.builtin");
        // declarations are YAML from somebody who may be hostile, as policy files are
        rooms.room("connector.http").mayUse("action", "undo", "policy", "policy.file");
        rooms.room("receipt").mayUse("action", "policy", "undo", "encryption", "analysis.credential");
        rooms.room("receipt.sqlite").mayUse("action", "policy", "undo", "receipt.search", "sqlite");
        rooms.room("receipt.search").mayUse();
        rooms.room("event").mayUse("action");
        rooms.room("jdbc").mayUse();
        rooms.room("sqlite").mayUse("undo");
        rooms.room("webhook").mayUse();
        rooms.room("slack").mayUse();
        rooms.room("receipt.jdbc").mayUse("action", "policy", "undo", "receipt.search", "jdbc");
        rooms.room("receipt.export").mayUse("action", "undo");
        rooms.room("receipt.anchor").mayUse("undo");
        rooms.room("receipt.anchor.git").mayUse("undo");
        rooms.room("receipt.anchor.postgres").mayUse();
        rooms.room("receipt.anchor.webhook").mayUse("webhook");
        rooms.room("rollback").mayUse("receipt", "undo", "connector", "action");
        rooms.room("recovery").mayUse("receipt", "undo", "rollback", "action", "policy");
        rooms.room("gate").mayUse(FACADE, "action", "policy", "approval", "connector", "undo", "receipt", "rollback");
        rooms.room("mcp").mayUse("action", "policy", "approval", "receipt", "gate");
        rooms.room("hook").mayUse("action", "policy", "policy.builtin", "gate").andAnalysis();
        rooms.room("hook.claudecode").mayUse("action");
        rooms.room("hook.claudecode.setup").mayUse("undo");
        rooms.room("hook.undo")
                .mayUse("action", "policy", "policy.builtin", "gate", "undo", "connector")
                .andAnalysis();
        rooms.room("console")
                .mayUse(
                        "action",
                        "api",
                        "policy",
                        "approval",
                        "encryption",
                        "undo",
                        "receipt",
                        "receipt.search",
                        "rollback",
                        "recovery",
                        "replay");
        rooms.room("replay").mayUse("action", "policy", "policy.file", "receipt");
        rooms.room("api")
                .mayUse(
                        "action",
                        "approval",
                        "policy",
                        "policy.check",
                        "policy.facts",
                        "policy.file",
                        "receipt",
                        "replay");
        rooms.room("actuate.endpoint")
                .mayUse(
                        "approval",
                        "replay",
                        "receipt",
                        "receipt.export",
                        "receipt.search",
                        "rollback",
                        "recovery",
                        "policy",
                        "action",
                        "encryption",
                        "undo.postgres");
        // it has no application around it, so it opens the embedded stores, and the directories runs worked in, itself
        rooms.room("cli")
                .mayUse(
                        "receipt",
                        "replay",
                        "rollback",
                        "recovery",
                        "policy",
                        "policy.check",
                        "policy.facts",
                        "policy.file",
                        "action",
                        "undo",
                        "connector",
                        "hook",
                        "hook.claudecode.setup")
                .mayUse(
                        "encryption",
                        "encryption.sqlite",
                        "receipt.sqlite",
                        "receipt.search",
                        "receipt.anchor",
                        "receipt.anchor.webhook",
                        "receipt.export",
                        "undo.sqlite",
                        "console",
                        "connector.filesystem",
                        "connector.filesystem.git",
                        "connector.postgres",
                        "undo.postgres");
        rooms.room("observation")
                .mayUse("gate", "mcp", "policy", "approval", "receipt", "receipt.search", "undo", "action");
        rooms.room("autoconfigure").mayUse(EVERYTHING);
        return rooms;
    }

    /** The room a package belongs to, or nothing for a package the table does not know. */
    Optional<String> of(String packageName) {
        if (packageName.equals(EnactClasses.ROOT)) {
            return Optional.of(FACADE);
        }
        String path = packageName.substring(EnactClasses.ROOT.length() + 1);
        return above(path).stream().filter(this.allowed::containsKey).findFirst();
    }

    /** Names of all rooms. */
    Set<String> names() {
        return Set.copyOf(this.allowed.keySet());
    }

    boolean mayUse(String room, String other) {
        Set<String> named = this.allowed.getOrDefault(room, Set.of());
        return named.contains(EVERYTHING)
                || named.contains(other)
                || above(room).contains(other);
    }

    private Line room(String name) {
        Set<String> named = new HashSet<>();
        this.allowed.put(name, named);
        return new Line(named);
    }

    /** A path and the paths above it, nearest first: {@code a.b.c}, {@code a.b}, {@code a}. */
    private static List<String> above(String path) {
        List<String> paths = new ArrayList<>();
        for (String each = path; !each.isEmpty(); each = each.substring(0, Math.max(0, each.lastIndexOf('.')))) {
            paths.add(each);
        }
        return paths;
    }

    private record Line(Set<String> named) {

        Line mayUse(String... others) {
            this.named.addAll(List.of(others));
            return this;
        }

        void andAnalysis() {
            mayUse("analysis.path", "analysis.url", "analysis.credential");
            mayUse("analysis.sql", "analysis.shell", "analysis.command");
        }
    }
}
