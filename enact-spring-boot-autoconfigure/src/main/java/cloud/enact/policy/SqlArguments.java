package cloud.enact.policy;

import cloud.enact.analysis.shell.InlineCode;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.sql.SqlAnalyzer;
import cloud.enact.analysis.sql.SqlFacts;
import java.util.Set;

/** Which arguments of a call are SQL, and what they do. */
final class SqlArguments {

    private static final SqlAnalyzer ANALYZER = new SqlAnalyzer();

    /** They look for words, and call them a query. */
    private static final Set<String> WORD_SEARCHES = Set.of(("web google bing duckduckgo brave tavily serper exa wiki "
                    + "wikipedia news maps youtube arxiv pubmed context7 mail gmail email grep glob")
            .split(" "));

    /** They look for words, or for rows. */
    private static final Set<String> SEARCHES =
            Set.of(("search find lookup browse docs documentation knowledge semantic "
                            + "vector rag retrieve recall memory slack jira confluence notion drive issues github gitlab ask "
                            + "chat question answer faq")
                    .split(" "));

    private static final Set<String> POSTGRES =
            Set.of("postgres", "postgresql", "pg", "psql", "supabase", "neon", "timescaledb", "cockroachdb");

    private SqlArguments() {}

    static SqlFacts facts(ActionWords words, ResolvedArguments arguments, ShellFacts shell) {
        SqlFacts facts = SqlFacts.none();
        boolean database = words.isDatabase();
        for (String text : arguments.texts(InputName.SQL)) {
            facts = facts.and(ofQuery(words, database, text));
        }
        if (database) {
            for (String text : arguments.texts(InputName.SCRIPT)) {
                if (ANALYZER.beginsStatement(text)) {
                    facts = facts.and(analyze(words, text));
                }
            }
        }
        for (InlineCode code : shell.inlineCode()) {
            if (code.language().equals("sql")) {
                boolean psql = code.command() >= 0
                        && code.command() < shell.commands().size()
                        && shell.commands().get(code.command()).name().equals("psql");
                facts = facts.and(psql ? ANALYZER.analyzeForPostgres(code.text()) : ANALYZER.analyze(code.text()));
            }
        }
        return facts;
    }

    /** A question to a search engine is called a query, too. */
    private static SqlFacts ofQuery(ActionWords words, boolean database, String text) {
        boolean sql = database || !words.hasAny(WORD_SEARCHES) && ANALYZER.beginsStatement(text);
        if (!sql) {
            return SqlFacts.none();
        }
        SqlFacts facts = analyze(words, text);
        boolean question = !database && !facts.understood() && words.hasAny(SEARCHES);
        return question ? SqlFacts.none() : facts;
    }

    private static SqlFacts analyze(ActionWords words, String text) {
        return words.hasAny(POSTGRES) ? ANALYZER.analyzeForPostgres(text) : ANALYZER.analyze(text);
    }
}
