package cloud.enact.policy;

import cloud.enact.analysis.shell.InlineCode;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.sql.SqlAnalyzer;
import cloud.enact.analysis.sql.SqlFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which arguments of a call are SQL, and what they do. */
final class SqlArguments {

    private static final SqlAnalyzer ANALYZER = new SqlAnalyzer();

    /** They look for words, and call them a query. */
    private static final Set<String> SEARCHES =
            Set.of(("search find lookup web google bing duckduckgo brave tavily serper "
                            + "exa wiki wikipedia news maps youtube arxiv pubmed context7 mail gmail email grep glob browse docs "
                            + "documentation knowledge semantic vector rag retrieve recall memory slack jira confluence notion "
                            + "drive issues ask chat question answer faq")
                    .split(" "));

    /** What the name of an argument holds that is SQL whoever takes it. */
    private static final List<String> EXPLICIT = List.of("sql", "statement", "ddl", "dml");

    private static final Set<String> POSTGRES =
            Set.of("postgres", "postgresql", "pg", "psql", "supabase", "neon", "timescaledb", "cockroachdb");

    private SqlArguments() {}

    static SqlFacts facts(
            ActionWords words, Map<String, @Nullable Object> args, ResolvedArguments arguments, ShellFacts shell) {
        List<SqlFacts> facts = new ArrayList<>(1);
        boolean database = words.isDatabase();
        // a question to a search engine is called a query, too
        boolean question = words.hasAny(SEARCHES) && args.keySet().stream().noneMatch(SqlArguments::isExplicit);
        for (String text : arguments.texts(InputName.SQL)) {
            if (database || !question && ANALYZER.beginsStatement(text)) {
                facts.add(analyze(words, text));
            }
        }
        if (database) {
            for (String text : arguments.texts(InputName.SCRIPT)) {
                if (ANALYZER.beginsStatement(text)) {
                    facts.add(analyze(words, text));
                }
            }
        }
        for (InlineCode code : shell.inlineCode()) {
            if (code.language().equals("sql")) {
                boolean psql = code.command() >= 0
                        && code.command() < shell.commands().size()
                        && shell.commands().get(code.command()).name().equals("psql");
                facts.add(psql ? ANALYZER.analyzeForPostgres(code.text()) : ANALYZER.analyze(code.text()));
            }
        }
        return SqlFacts.of(facts);
    }

    private static boolean isExplicit(String argument) {
        String name = argument.toLowerCase(Locale.ROOT);
        return EXPLICIT.stream().anyMatch(name::contains);
    }

    private static SqlFacts analyze(ActionWords words, String text) {
        return words.hasAny(POSTGRES) ? ANALYZER.analyzeForPostgres(text) : ANALYZER.analyze(text);
    }
}
