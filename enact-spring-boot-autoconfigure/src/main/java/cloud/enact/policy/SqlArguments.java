package cloud.enact.policy;

import cloud.enact.analysis.shell.InlineCode;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.sql.SqlAnalyzer;
import cloud.enact.analysis.sql.SqlFacts;
import java.util.Set;

/** Which arguments of a call are SQL, and what they do. */
final class SqlArguments {

    private static final SqlAnalyzer ANALYZER = new SqlAnalyzer();

    /** Tools that take words to look for, and call them a query. */
    private static final Set<String> SEARCHES = Set.of(("search find lookup web google bing duckduckgo brave tavily "
                    + "serper exa wiki wikipedia browse docs documentation knowledge semantic vector rag retrieve "
                    + "recall memory mail gmail email slack jira confluence notion drive issues github gitlab news "
                    + "maps youtube arxiv pubmed context7 ask chat question answer faq grep glob")
            .split(" "));

    private SqlArguments() {}

    static SqlFacts facts(ActionWords words, ResolvedArguments arguments, ShellFacts shell) {
        SqlFacts facts = SqlFacts.none();
        boolean database = words.isDatabase();
        boolean search = !database && words.hasAny(SEARCHES);
        for (String text : arguments.texts(InputName.SQL)) {
            // a question to a search engine is called a query, too
            if (database || !search && ANALYZER.beginsStatement(text)) {
                facts = facts.and(ANALYZER.analyze(text));
            } else if (search && ANALYZER.beginsStatement(text)) {
                SqlFacts found = ANALYZER.analyze(text);
                facts = facts.and(found.understood() ? found : SqlFacts.none());
            }
        }
        if (database) {
            for (String text : arguments.texts(InputName.SCRIPT)) {
                if (ANALYZER.beginsStatement(text)) {
                    facts = facts.and(ANALYZER.analyze(text));
                }
            }
        }
        for (InlineCode code : shell.inlineCode()) {
            if (code.language().equals("sql")) {
                facts = facts.and(ANALYZER.analyze(code.text()));
            }
        }
        return facts;
    }
}
