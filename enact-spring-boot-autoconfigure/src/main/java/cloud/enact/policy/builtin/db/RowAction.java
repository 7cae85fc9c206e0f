package cloud.enact.policy.builtin.db;

import cloud.enact.policy.ActionWords;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a call that is no SQL says it does to rows, by the words of its name and of its {@code action} argument. */
final class RowAction {

    private static final Set<String> DELETES =
            Set.of("delete", "remove", "destroy", "purge", "erase", "wipe", "clear", "del", "truncate", "prune");

    private static final Set<String> UPDATES =
            Set.of("update", "modify", "patch", "edit", "change", "overwrite", "mutate");

    private static final Set<String> DEFINES =
            Set.of("create", "drop", "alter", "truncate", "rename", "add", "grant", "revoke", "remove", "delete");

    private static final Set<String> ENDS = Set.of("drop", "alter", "truncate");

    private static final Set<String> DEFINED =
            Set.of(("table tables column columns index indexes indices schema schemas "
                            + "database databases view views sequence trigger function procedure constraint role extension "
                            + "type partition keyspace collection collections")
                    .split(" "));

    private static final Set<String> TABLES = Set.of("table", "tables", "column", "columns", "schema", "database");

    private static final Set<String> ROWS = Set.of("row", "rows", "tuple", "tuples");

    /** Things in a database system that hold no rows of their own. */
    private static final Set<String> NO_ROWS = Set.of(("index indexes indices backup backups snapshot snapshots role "
                    + "roles connection connections session sessions cache view views function functions trigger "
                    + "triggers constraint policy migration branch instance column columns replica slot file files")
            .split(" "));

    /** They leave the row where it is, or bring it back. */
    private static final Set<String> HARMLESS = Set.of("soft", "undo", "undelete", "restore");

    private static final Set<String> NAMING = Set.of("action", "operation", "op", "method", "verb", "mode");

    private final PolicyInputs inputs;

    private final Collection<String> words;

    private RowAction(PolicyInputs inputs) {
        this.inputs = inputs;
        this.words = words(inputs);
    }

    static RowAction of(PolicyInputs inputs) {
        return inputs.found(RowAction.class, RowAction::new);
    }

    private static Collection<String> words(PolicyInputs inputs) {
        List<String> operation = inputs.words().operation();
        Map<String, @Nullable Object> args = inputs.request().args();
        Set<String> words = null;
        for (Map.Entry<String, @Nullable Object> argument : args.entrySet()) {
            if (argument.getValue() instanceof String text
                    && NAMING.contains(argument.getKey().toLowerCase(Locale.ROOT))) {
                words = (words == null) ? new HashSet<>(operation) : words;
                words.addAll(ActionWords.of(text.replace('.', '_')).operation());
            }
        }
        return (words != null) ? words : operation;
    }

    /** Whether it works on rows of a database. */
    boolean isOnRows() {
        return this.inputs.named()
                || this.inputs.words().isDatabase()
                || this.inputs.has(InputName.TABLE)
                || hasAny(ROWS);
    }

    /** Whether it removes rows. */
    boolean deletes() {
        return !readsOnly() && hasAny(DELETES) && !hasAny(HARMLESS) && isOnRows() && holdsRows();
    }

    /** Whether it changes rows that are there. */
    boolean updates() {
        return !readsOnly() && hasAny(UPDATES) && isOnRows() && holdsRows();
    }

    /** Whether it defines, alters or removes what holds rows. */
    boolean defines() {
        boolean whole = hasAny(ENDS) && this.inputs.words().isDatabase();
        boolean things = hasAny(DEFINED) && hasAny(DEFINES) && !hasAny(ROWS);
        boolean collections = this.inputs.words().isDatabase() || this.inputs.named() || hasAny(TABLES);
        return !readsOnly() && (whole || things && collections);
    }

    private boolean holdsRows() {
        return this.inputs.has(InputName.TABLE) || !hasAny(NO_ROWS);
    }

    private boolean readsOnly() {
        return this.inputs.words().isRead()
                && this.words.size() == this.inputs.words().operation().size();
    }

    private boolean hasAny(Set<String> wanted) {
        for (String word : this.words) {
            if (wanted.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
