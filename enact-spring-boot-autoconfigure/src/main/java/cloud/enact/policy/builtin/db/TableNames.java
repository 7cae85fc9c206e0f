package cloud.enact.policy.builtin.db;

import cloud.enact.analysis.sql.SqlName;
import cloud.enact.policy.PolicyParameters;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tables of the configuration, as statements may name them. */
public final class TableNames {

    private static final int LONGEST_FOLDED = 256;

    private final List<String> names;

    private final List<List<String>> tables = new ArrayList<>();

    /**
     * Reads the tables.
     *
     * @param parameter name of the parameter that lists them
     */
    public TableNames(PolicyParameters with, String parameter) {
        this.names = with.strings(parameter);
        for (String name : this.names) {
            List<String> parts = new ArrayList<>();
            for (String part : name.split("\\.")) {
                String plain = unquoted(part.strip());
                if (plain.isEmpty()) {
                    throw with.wrong(parameter, "holds something that is no table", "Write users or public.users.");
                }
                parts.add(folded(plain));
            }
            this.tables.add(List.copyOf(parts));
        }
    }

    private static String unquoted(String name) {
        int start = (!name.isEmpty() && "\"`[".indexOf(name.charAt(0)) >= 0) ? 1 : 0;
        boolean closed = name.length() > start && "\"`]".indexOf(name.charAt(name.length() - 1)) >= 0;
        return name.substring(start, closed ? name.length() - 1 : name.length());
    }

    /** Whether one of them is written exactly so. */
    public boolean hold(String table) {
        return this.names.stream().anyMatch(table::equalsIgnoreCase);
    }

    /** The first that one of these names means, as the configuration writes it, or {@code null}. */
    public @Nullable String firstIn(List<SqlName> names) {
        for (SqlName name : names) {
            String table = named(name);
            if (table != null) {
                return table;
            }
        }
        return null;
    }

    private @Nullable String named(SqlName name) {
        List<String> parts = new ArrayList<>();
        for (String part : name.parts()) {
            // some databases read dots inside quotes as separators
            for (String piece : part.split("\\.")) {
                parts.add(folded(piece.strip()));
            }
        }
        for (int i = 0; i < this.tables.size(); i++) {
            if (ends(parts, this.tables.get(i))) {
                return this.names.get(i);
            }
        }
        return null;
    }

    /** Without a schema on either side, the search path decides: it may be the one. */
    private static boolean ends(List<String> parts, List<String> wanted) {
        int common = Math.min(parts.size(), wanted.size());
        return common > 0
                && parts.subList(parts.size() - common, parts.size())
                        .equals(wanted.subList(wanted.size() - common, wanted.size()));
    }

    private static String folded(String name) {
        String folded = name.toLowerCase(Locale.ROOT);
        if (folded.chars().allMatch(c -> c < 128)) {
            return folded;
        }
        StringBuilder visible = new StringBuilder();
        String limited = folded.substring(0, Math.min(folded.length(), LONGEST_FOLDED));
        Normalizer.normalize(limited, Normalizer.Form.NFKC)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT)
                .forEach(visible::appendCodePoint);
        return visible.toString().toLowerCase(Locale.ROOT).strip();
    }
}
