package cloud.enact.policy.builtin.db;

import cloud.enact.analysis.sql.SqlAnalyzer;
import cloud.enact.analysis.sql.SqlCondition;
import cloud.enact.policy.InputName;
import cloud.enact.policy.NormalizedText;
import cloud.enact.policy.PolicyInputs;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which rows a call that is no SQL works on, by its arguments. */
final class RowSelection {

    private static final SqlAnalyzer ANALYZER = new SqlAnalyzer();

    private static final int DEEPEST = 32;

    private static final Set<String> CONDITIONS =
            Set.of(("where filter filters condition conditions whereclause predicate "
                            + "criteria selector match query q filterby constraints")
                    .split(" "));

    /** Name one row, or some. */
    private static final Set<String> KEYS = Set.of(
            ("id ids key keys pk primarykey rowid rowids uuid recordid " + "recordids documentid objectid rowkey")
                    .split(" "));

    private static final Set<String> ALL = Set.of("*", "%", "all", "any", "every", "{}", "[]", "null", "undefined");

    private static final Set<String> IDENTITIES = Set.of("id", "_id", "uuid", "rowid");

    /** What is written, not what is chosen. */
    private static final Set<String> DATA =
            Set.of("data", "set", "values", "update", "updates", "row", "rows", "record");

    private final String table;

    RowSelection(PolicyInputs inputs) {
        List<String> tables = inputs.texts(InputName.TABLE);
        this.table = tables.isEmpty() ? "t" : tables.get(0);
    }

    /** What keeps the call from reaching every row. */
    SqlCondition of(PolicyInputs inputs) {
        SqlCondition condition = ofArguments(inputs.request().args(), 0);
        return (condition != null) ? condition : SqlCondition.NONE;
    }

    private @Nullable SqlCondition ofArguments(Map<?, ?> args, int depth) {
        SqlCondition best = null;
        for (Map.Entry<?, ?> argument : args.entrySet()) {
            String name = NormalizedText.compact(String.valueOf(argument.getKey()));
            SqlCondition found = null;
            if (CONDITIONS.contains(name)) {
                found = ofCondition(argument.getValue(), depth);
            } else if (KEYS.contains(name)) {
                found = ofKey(argument.getValue());
            } else if (!DATA.contains(name) && argument.getValue() instanceof Map<?, ?> nested && depth < DEEPEST) {
                found = ofArguments(nested, depth + 1);
            }
            if (found != null && (best == null || found.compareTo(best) > 0)) {
                best = found;
            }
        }
        return best;
    }

    private static SqlCondition ofKey(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.isEmpty() ? SqlCondition.NONE : SqlCondition.PRESENT;
        }
        if (value == null || value instanceof Map) {
            return SqlCondition.NONE;
        }
        String text = value.toString().strip().toLowerCase(Locale.ROOT);
        return (text.isEmpty() || ALL.contains(text)) ? SqlCondition.NONE : SqlCondition.PRESENT;
    }

    private SqlCondition ofCondition(@Nullable Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            return ofMap(map, depth);
        }
        if (value instanceof List<?> list) {
            return ofList(list, depth);
        }
        if (value == null) {
            return SqlCondition.NONE;
        }
        String text = value.toString().strip();
        if (text.isEmpty() || ALL.contains(text.toLowerCase(Locale.ROOT))) {
            return SqlCondition.NONE;
        }
        return value instanceof Number ? SqlCondition.TRIVIAL : ANALYZER.condition(text, this.table);
    }

    private SqlCondition ofList(List<?> list, int depth) {
        SqlCondition best = SqlCondition.NONE;
        for (Object element : list) {
            SqlCondition found = (depth < DEEPEST) ? ofCondition(element, depth + 1) : SqlCondition.NONE;
            best = (found.compareTo(best) > 0) ? found : best;
        }
        return best;
    }

    /** All entries must hold, so one that tells rows apart is enough. */
    private SqlCondition ofMap(Map<?, ?> map, int depth) {
        SqlCondition best = map.isEmpty() ? SqlCondition.NONE : SqlCondition.TRIVIAL;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (depth < DEEPEST && limits(String.valueOf(entry.getKey()), entry.getValue(), depth)) {
                best = SqlCondition.PRESENT;
            }
        }
        return best;
    }

    private boolean limits(String column, @Nullable Object value, int depth) {
        String name = column.strip().toLowerCase(Locale.ROOT);
        if (name.equals("$or") || name.equals("or")) {
            return value instanceof List<?> list
                    && !list.isEmpty()
                    && list.stream().allMatch(each -> ofCondition(each, depth + 1) == SqlCondition.PRESENT);
        }
        if (name.equals("$and") || name.equals("and") || name.equals("$nor") || name.equals("$where")) {
            return ofCondition(value, depth + 1) == SqlCondition.PRESENT;
        }
        if (name.isEmpty() || name.chars().allMatch(c -> c >= '0' && c <= '9') || name.equals("true")) {
            return false;
        }
        if (value instanceof Map<?, ?> comparisons) {
            return comparisons.entrySet().stream()
                    .anyMatch(each -> isLimit(name, String.valueOf(each.getKey()), each.getValue()));
        }
        return !(value instanceof List<?> list && list.isEmpty());
    }

    /** Whether a comparison leaves rows out. */
    private static boolean isLimit(String column, String operator, @Nullable Object value) {
        String plain = operator.strip().toLowerCase(Locale.ROOT);
        boolean identity = IDENTITIES.contains(column);
        String text = (value == null) ? "" : value.toString().strip();
        return switch (plain) {
            case "!=", "<>", "$ne", "ne", "neq", "not", "$gt", ">", "gt", "$gte", ">=", "gte" ->
                !(identity && (text.isEmpty() || text.equals("0") || text.equals("1") || text.startsWith("-")));
            case "$exists", "exists" -> !identity || !text.equals("true");
            case "like", "ilike", "$like", "contains" -> !text.chars().allMatch(c -> c == '%');
            case "$regex", "regex", "matches", "~" ->
                !Set.of("", ".", ".*", "^", "$", "^.*", "^.*$", ".+").contains(text);
            case "$nin", "not_in", "nin", "notin" -> !(value instanceof List<?> list && list.isEmpty());
            default -> true;
        };
    }
}
