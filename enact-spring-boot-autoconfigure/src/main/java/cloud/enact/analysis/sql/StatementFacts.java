package cloud.enact.analysis.sql;

import cloud.enact.analysis.sql.SqlStatement.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is found out about one statement while it is read. Used for one statement. */
final class StatementFacts {

    /** Hold the definitions of all tables. */
    private static final Set<String> CATALOGUES =
            SqlWords.words("sqlite_master sqlite_schema sqlite_temp_master sqlite_temp_schema pg_class pg_attribute "
                    + "pg_authid pg_proc pg_trigger pg_rewrite pg_database pg_namespace");

    private final Set<SqlName> targets = new LinkedHashSet<>();

    private final Set<SqlName> sources = new LinkedHashSet<>();

    private final List<SqlChange> changes = new ArrayList<>();

    private final Set<String> dangers = new LinkedHashSet<>();

    private final Set<SqlName> qualifiers = new LinkedHashSet<>();

    private final Set<String> aliases = new HashSet<>();

    private final Map<String, SqlName> aliased = new HashMap<>();

    private final List<String> problems = new ArrayList<>();

    private Set<String> ctes = Set.of();

    private Kind kind = Kind.READ;

    private String verb = "";

    private QueryShape shape = QueryShape.NO_QUERY;

    Set<String> ctes() {
        return this.ctes;
    }

    void ctes(Set<String> visible) {
        this.ctes = visible;
        this.aliases.addAll(visible);
    }

    void verb(String words) {
        this.verb = words;
    }

    void atLeast(Kind wanted) {
        this.kind = (wanted.compareTo(this.kind) > 0) ? wanted : this.kind;
    }

    void shape(QueryShape outermost) {
        this.shape = outermost;
    }

    /** How many changes were found so far. */
    int changes() {
        return this.changes.size();
    }

    void source(SqlName name) {
        if (name.parts().size() > 1 || !this.ctes.contains(name.name())) {
            this.sources.add(name);
        }
        this.aliases.add(name.name());
    }

    void target(SqlName name) {
        this.targets.add(name);
        this.aliases.add(name.name());
        if (CATALOGUES.contains(name.name().toLowerCase(Locale.ROOT))) {
            danger("change of the catalogue");
        }
        if (name.parts().size() == 1 && this.ctes.contains(name.name())) {
            // SQL Server changes the tables behind it
            this.targets.addAll(this.sources);
        }
    }

    void change(String changeVerb, SqlName table, SqlCondition condition) {
        target(table);
        this.changes.add(new SqlChange(changeVerb, table, condition));
        atLeast(Kind.CHANGE);
    }

    void alias(String name, @Nullable SqlName table) {
        this.aliases.add(name);
        if (table != null) {
            this.aliased.put(name, table);
        }
    }

    /** Whether a list of tables has it, under this name or another. */
    boolean knows(SqlName table) {
        return this.aliases.contains(table.name());
    }

    /** The table behind another name for it. */
    @Nullable
    SqlName aliased(SqlName alias) {
        return (alias.parts().size() == 1) ? this.aliased.get(alias.name()) : null;
    }

    void danger(String construct) {
        this.dangers.add(construct);
    }

    /** Code runs that the text does not show. */
    void opaque(String construct) {
        danger(construct);
        atLeast(Kind.OPAQUE);
    }

    void qualifier(SqlName name) {
        this.qualifiers.add(name);
    }

    void problem(String problem) {
        if (!this.problems.contains(problem)) {
            this.problems.add(problem);
        }
    }

    List<String> problems() {
        return this.problems;
    }

    SqlStatement statement() {
        for (SqlName qualifier : this.qualifiers) {
            // what no list of tables explains is a table itself
            boolean explained = this.aliases.contains(qualifier.name()) || SqlWords.ROWS.contains(qualifier.name());
            if (qualifier.parts().size() > 1 || !explained) {
                this.sources.add(qualifier);
            }
        }
        return new SqlStatement(
                this.kind,
                this.verb,
                List.copyOf(this.targets),
                List.copyOf(this.sources),
                this.changes,
                List.copyOf(this.dangers),
                this.shape.columns(),
                this.shape.condition(),
                this.shape.limited());
    }
}
