package cloud.enact.policy.builtin.codingagent;

import cloud.enact.action.ActionRequest;
import cloud.enact.analysis.command.FileAccess;
import cloud.enact.analysis.command.FileAccess.Kind;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.sql.SqlChange;
import cloud.enact.analysis.sql.SqlCondition;
import cloud.enact.analysis.sql.SqlFacts;
import cloud.enact.analysis.sql.SqlName;
import cloud.enact.analysis.sql.SqlStatement;
import cloud.enact.policy.EarlierAction;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Blocks taking away under a new name what had another one before: a table that the same text or the same run renamed,
 * and asks before a file goes that the same command line moved.
 */
final class BlockRenameThenDrop extends CommandPolicy {

    static final String NAME = "coding-agent.block-rename-then-drop";

    static final String HARM = "A protected table is dropped under a name that nobody protects.";

    private static final String INSTEAD = " Leave it under its new name, and ask a person to drop it.";

    private static final Set<String> DROPS =
            Set.of("drop", "delete", "truncate", "remove", "purge", "destroy", "clear");

    private static final Set<String> RENAMES = Set.of("rename", "move", "mv");

    BlockRenameThenDrop() {
        super(NAME, "Nothing is dropped under a new name.", "rename drop truncate");
    }

    @Override
    protected boolean appliesToTool(PolicyInputs inputs) {
        return inputs.has(InputName.SQL) || inputs.has(InputName.TABLE);
    }

    @Override
    protected @Nullable Verdict judgeTool(PolicyInputs inputs) {
        boolean drops =
                inputs.sql().statements().stream().anyMatch(BlockRenameThenDrop::mayDrop) || dropsByName(inputs);
        if (!drops) {
            return null;
        }
        Set<String> renamed = new HashSet<>();
        for (EarlierAction earlier :
                inputs.history().ofRun(inputs.request().run().id())) {
            PolicyInputs before = PolicyInputs.of(before(inputs.request(), earlier));
            judge(before.sql(), renamed);
            if (before.words().hasAny(RENAMES)) {
                before.texts(InputName.TABLE).forEach(table -> renamed.add(folded(table)));
                before.request().args().forEach((key, value) -> {
                    if (key.toLowerCase(Locale.ROOT).contains("new") || key.equalsIgnoreCase("to")) {
                        renamed.add(folded(String.valueOf(value)));
                    }
                });
            }
        }
        if (dropsByName(inputs)) {
            for (String table : inputs.texts(InputName.TABLE)) {
                if (renamed.contains(folded(table))) {
                    return block(reason(table));
                }
            }
        }
        String dropped = judge(inputs.sql(), renamed);
        return (dropped != null) ? block(reason(dropped)) : null;
    }

    private static boolean dropsByName(PolicyInputs inputs) {
        return inputs.words().hasAny(DROPS) && !inputs.words().isRead();
    }

    private static String reason(String table) {
        return "The table " + quoted(table) + " had another name before." + INSTEAD;
    }

    private static ActionRequest before(ActionRequest now, EarlierAction earlier) {
        return new ActionRequest(
                now.actionId(),
                now.run(),
                null,
                earlier.action(),
                earlier.args(),
                now.actor(),
                null,
                now.reversibility(),
                earlier.timestamp());
    }

    /** Follows the statements; returns a table that is taken away under a new name. */
    private static @Nullable String judge(SqlFacts sql, Set<String> renamed) {
        String dropped = null;
        for (SqlStatement statement : sql.statements()) {
            for (SqlName target : taken(statement)) {
                dropped = renamed.contains(folded(target.name())) ? target.name() : dropped;
            }
            String verb = statement.verb();
            boolean renames = verb.startsWith("ALTER") || verb.startsWith("RENAME");
            if (renames) {
                // the new name stands beside the targets, wherever a dialect puts it
                statement.sources().forEach(name -> renamed.add(folded(name.name())));
                List<SqlName> targets = statement.targets();
                targets.subList(Math.min(1, targets.size()), targets.size())
                        .forEach(name -> renamed.add(folded(name.name())));
            }
        }
        return dropped;
    }

    private static List<SqlName> taken(SqlStatement statement) {
        if (statement.verb().startsWith("DROP") || statement.verb().startsWith("TRUNCATE")) {
            return statement.targets();
        }
        return statement.changes().stream()
                .filter(change -> change.verb().equals("TRUNCATE")
                        || change.verb().equals("DELETE") && change.condition() != SqlCondition.PRESENT)
                .map(SqlChange::table)
                .toList();
    }

    private static boolean mayDrop(SqlStatement statement) {
        return !taken(statement).isEmpty();
    }

    private static String folded(String name) {
        String plain = name.substring(name.lastIndexOf('.') + 1);
        return plain.toLowerCase(Locale.ROOT);
    }

    @Override
    protected @Nullable Verdict judgeShell(PolicyInputs inputs, ShellFacts shell) {
        Set<String> moved = new HashSet<>();
        for (FileAccess access : inputs.commands().files()) {
            ShellCommand command = shell.commands().get(access.command());
            String path = access.path().text();
            boolean moves = command.name().equals("mv") || command.name().equals("rename");
            if (moves && access.kind() == Kind.WRITE) {
                moved.add(path);
            } else if (!moves && access.kind() == Kind.DELETE && moved.stream().anyMatch(to -> isIn(to, path))) {
                return ask("The command deletes " + quoted(path) + ", which had another name before."
                        + " Leave it there, and ask a person to delete it.");
            }
        }
        return null;
    }

    /** Whether the path is what was moved, or a directory around it. */
    private static boolean isIn(String moved, String path) {
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return moved.equals(plain) || moved.startsWith(plain + "/");
    }
}
