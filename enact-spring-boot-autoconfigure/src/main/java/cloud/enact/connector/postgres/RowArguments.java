package cloud.enact.connector.postgres;

import cloud.enact.undo.postgres.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The arguments of an operation, read as if somebody wanted to do harm with them. */
final class RowArguments {

    private static final int MOST_VALUES = 30_000;

    private final RowOperation operation;

    private final Map<String, @Nullable Object> args;

    RowArguments(RowOperation operation, Map<String, @Nullable Object> args) {
        this.operation = operation;
        this.args = args;
    }

    RowOperation operation() {
        return this.operation;
    }

    /** The arguments, with the table as policies read it. */
    Map<String, @Nullable Object> describe(TableName table) {
        Map<String, @Nullable Object> described = new LinkedHashMap<>(this.args);
        described.put("table", isPlain(table.schema()) && isPlain(table.table()) ? table.toString() : table.quoted());
        return described;
    }

    /** The table, in the schema {@code public} when it names none; as PostgreSQL keeps it, or in double quotes. */
    TableName table() {
        if (!(this.args.get("table") instanceof String text) || text.isBlank()) {
            throw new IllegalArgumentException("'table' is missing or not text");
        }
        List<String> parts = new ArrayList<>();
        int at = 0;
        while (at <= text.length()) {
            StringBuilder part = new StringBuilder();
            at = (at < text.length() && text.charAt(at) == '"') ? quoted(text, at, part) : plain(text, at, part);
            parts.add(part.toString());
            if (at < text.length() && text.charAt(at) != '.') {
                throw notATable();
            }
            at++;
        }
        if (parts.size() > 2 || parts.stream().anyMatch(String::isEmpty)) {
            throw notATable();
        }
        return (parts.size() == 1) ? new TableName("public", parts.get(0)) : new TableName(parts.get(0), parts.get(1));
    }

    private static int plain(String text, int from, StringBuilder part) {
        int dot = text.indexOf('.', from);
        int end = (dot < 0) ? text.length() : dot;
        part.append(text, from, end);
        return end;
    }

    private static int quoted(String text, int from, StringBuilder part) {
        int at = from + 1;
        while (at < text.length()) {
            if (text.charAt(at) != '"') {
                part.append(text.charAt(at));
                at++;
            } else if (text.startsWith("\"\"", at)) {
                part.append('"');
                at += 2;
            } else {
                return at + 1;
            }
        }
        throw notATable();
    }

    private static IllegalArgumentException notATable() {
        return new IllegalArgumentException("'table' is no name of a table; write it as in public.orders, with double"
                + " quotes around a part that holds a dot");
    }

    private static boolean isPlain(String name) {
        return name.chars().allMatch(c -> c == '_' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9');
    }

    /** The conditions; none when there are none. */
    List<Condition> where() {
        Object where = this.args.get("where");
        if (where == null) {
            return List.of();
        }
        if (where instanceof Map<?, ?> map) {
            return Condition.all(map);
        }
        throw new IllegalArgumentException("'where' is an object of columns and what they must be, never SQL");
    }

    /** The conditions of an operation that must not change every row. */
    List<Condition> requiredWhere() {
        List<Condition> where = where();
        if (where.isEmpty()) {
            throw new IllegalArgumentException(
                    "'where' is missing or empty; " + this.operation.id() + " needs a condition that names its rows");
        }
        return where;
    }

    RowData data() {
        return data(this.args.get("data"), "data");
    }

    /** Rows that have the same columns. */
    List<RowData> rows(int most) {
        List<RowData> rows = new ArrayList<>();
        if (!(this.args.get("rows") instanceof List<?> list) || list.isEmpty()) {
            throw new IllegalArgumentException("'rows' is missing, empty or not a list of objects");
        }
        if (list.size() > most) {
            throw new IllegalArgumentException("'rows' has more than " + most + " rows; insert them in parts");
        }
        list.forEach(row -> rows.add(data(row, "rows")));
        int columns = rows.get(0).values().size();
        for (RowData row : rows) {
            if (!row.values().keySet().equals(rows.get(0).values().keySet())) {
                throw new IllegalArgumentException(
                        "All 'rows' must have the same columns; give null where one has none");
            }
        }
        if ((long) columns * rows.size() > MOST_VALUES) {
            throw new IllegalArgumentException(
                    "'rows' holds more than " + MOST_VALUES + " values; insert them in parts");
        }
        return rows;
    }

    private static RowData data(@Nullable Object value, String argument) {
        if (!(value instanceof Map<?, ?> map) || map.isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + argument + "' is missing, empty or not an object of columns and values");
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        map.forEach((column, each) -> values.put(String.valueOf(column), each));
        return new RowData(values);
    }

    boolean has(String argument) {
        return this.args.get(argument) != null;
    }

    /** Names of columns, each once; none when they are not given. */
    List<String> names(String argument) {
        Object value = this.args.get(argument);
        if (value == null) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (Object name : (value instanceof List<?> list) ? list : List.of(value)) {
            if (!(name instanceof String text) || names.contains(text)) {
                throw new IllegalArgumentException("'" + argument + "' is not a list of different columns");
            }
            names.add(text);
        }
        return names;
    }

    boolean descending() {
        return switch (Objects.requireNonNullElse(this.args.get("descending"), false)
                .toString()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'descending' is true or false");
        };
    }

    /** A whole number, or {@code null} when it is not given. */
    @Nullable
    Long number(String argument) {
        Object value = this.args.get(argument);
        if (value == null || value instanceof Long number && number >= 0) {
            return (Long) value;
        }
        throw new IllegalArgumentException("'" + argument + "' is not a whole number from 0 on");
    }
}
