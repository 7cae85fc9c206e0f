package cloud.enact.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of an action's name, in small letters: {@code git.push_branch}, {@code pushToMain} and
 * {@code mcp.github.push-files} all say <em>push</em>. Immutable and thread-safe.
 */
public final class ActionWords {

    private static final int LONGEST = 512;

    private static final Set<String> READS =
            Set.of(("get list read show describe find search count fetch view check is has preview plan "
                            + "diff log exists stat status inspect lookup browse compare select download load "
                            + "validate explain")
                    .split(" "));

    private static final Set<String> DATABASES =
            Set.of(("db database databases sql postgres postgresql pg psql mysql mariadb sqlite oracle mssql sqlserver "
                            + "jdbc jpa bigquery snowflake redshift clickhouse duckdb h2 supabase rds aurora neon "
                            + "cockroachdb timescaledb planetscale turso athena databricks trino presto mongo mongodb "
                            + "dynamodb cassandra prisma sequelize knex typeorm hibernate drizzle")
                    .split(" "));

    private static final Set<String> CONJUNCTIONS = Set.of("and", "or", "then", "with");

    /** Verbs that are written together with what they act on, as in {@code deletefile}. */
    private static final List<String> GLUED_VERBS = List.of(
            ("push delete remove drop unlink write create rename update truncate force read git " + "commit merge")
                    .split(" "));

    private static final Set<String> GLUED_NOUNS =
            Set.of(("file files branch row rows table tables record records folder directory dir path "
                            + "push commit merge ref tag all tomain tobranch tomaster")
                    .split(" "));

    private static final int SHORTEST_GLUED = 6;

    private final List<String> system;

    private final List<String> operation;

    private final Set<String> all;

    private ActionWords(List<String> system, List<String> operation) {
        this.system = List.copyOf(system);
        this.operation = List.copyOf(operation);
        Set<String> words = new HashSet<>(system);
        words.addAll(operation);
        this.all = Collections.unmodifiableSet(words);
    }

    /** Splits the name of an action at separators and where a small letter meets a capital. */
    public static ActionWords of(String action) {
        String name = NormalizedText.of((action.length() > LONGEST) ? action.substring(0, LONGEST) : action);
        int dot = name.lastIndexOf('.');
        return new ActionWords(split(name.substring(0, Math.max(0, dot))), split(name.substring(dot + 1)));
    }

    /** Words before the last dot. */
    public List<String> system() {
        return this.system;
    }

    /** Words after the last dot. */
    public List<String> operation() {
        return this.operation;
    }

    /** Whether the word stands anywhere in the name. */
    public boolean has(String word) {
        return this.all.contains(word);
    }

    /** Whether one of the words stands anywhere in the name. */
    public boolean hasAny(Set<String> words) {
        return any(this.system, words) || any(this.operation, words);
    }

    /** Whether one of the words stands before the last dot. */
    public boolean systemHasAny(Set<String> words) {
        return any(this.system, words);
    }

    /** Asked by every policy of every call, hence no iterator. */
    private static boolean any(List<String> own, Set<String> words) {
        for (int i = 0; i < own.size(); i++) {
            if (words.contains(own.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** Returns the index in {@link #operation()} of the first of these words, or -1. */
    public int indexInOperation(Set<String> words) {
        for (int i = 0; i < this.operation.size(); i++) {
            if (words.contains(this.operation.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /** Whether the operation says that it only looks: {@code get_push_status}, but not {@code read_and_delete}. */
    public boolean isRead() {
        return !this.operation.isEmpty()
                && READS.contains(this.operation.get(0))
                && Collections.disjoint(this.operation, CONJUNCTIONS);
    }

    /** Whether the name says that a database is called. */
    public boolean isDatabase() {
        return hasAny(DATABASES);
    }

    /** Splits a name into words, in small letters. */
    static List<String> split(String name) {
        List<String> words = new ArrayList<>(4);
        int start = -1;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Character.isLetterOrDigit(c)) {
                add(words, name, start, i);
                start = -1;
            } else if (start < 0) {
                start = i;
            } else if (Character.isUpperCase(c) && startsWord(name, i)) {
                add(words, name, start, i);
                start = i;
            }
        }
        add(words, name, start, name.length());
        return words;
    }

    private static boolean startsWord(String name, int capital) {
        boolean capitalBefore = Character.isUpperCase(name.charAt(capital - 1));
        boolean smallAfter = capital + 1 < name.length() && Character.isLowerCase(name.charAt(capital + 1));
        // the last capital of SQLDelete begins a word of its own
        return !capitalBefore || smallAfter;
    }

    private static void add(List<String> words, String name, int start, int end) {
        if (start < 0) {
            return;
        }
        String word = name.substring(start, end).toLowerCase(Locale.ROOT);
        for (String verb : (word.length() < SHORTEST_GLUED) ? List.<String>of() : GLUED_VERBS) {
            if (word.startsWith(verb) && GLUED_NOUNS.contains(word.substring(verb.length()))) {
                words.add(verb);
                word = word.substring(verb.length());
                break;
            }
        }
        if (word.startsWith("to") && word.length() > 2 && GLUED_NOUNS.contains(word)) {
            words.add("to");
            word = word.substring(2);
        }
        words.add(word);
    }
}
