package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import java.util.List;
import java.util.Set;

/** Statements that a program makes for a database, which nobody sees before they run: {@code x sqlflush | psql}. */
final class MadeStatements {

    private static final Set<String> DATABASES =
            Set.of("psql mysql mariadb sqlite3 mysqlsh cockroach sqlcmd mongosh mongo clickhouse-client duckdb cqlsh"
                    .split(" "));

    private static final Set<String> OWN_STATEMENT =
            Set.of("c", "command", "e", "execute", "f", "file", "eval", "Q", "i", "query");

    /** Hand on what stands in a file, in the command line, or in a database; or change it on its way. */
    private static final Set<String> SEEN = Set.of(("cat tac zcat gunzip gzip bzcat bunzip2 bzip2 xzcat xz unxz zstd "
                    + "zstdcat lz4 brotli unzip tar echo printf yes pv tee head tail sed awk gawk grep egrep cut tr sort "
                    + "uniq envsubst iconv dos2unix jq column paste less sleep : true test [ cd read pg_dump pg_dumpall "
                    + "pg_restore mysqldump mariadb-dump mongodump sqlite3 psql mysql mariadb duckdb clickhouse-client "
                    + "mongosh ssh docker podman kubectl docker-compose sudo env time timeout gpg openssl age base64 curl "
                    + "wget aws gsutil gcloud az git rg find xargs sh bash")
            .split(" "));

    private MadeStatements() {}

    /**
     * Whether a command of a pipeline is a database that runs what a program in front of it makes.
     *
     * @param at where it stands in the pipeline, after the first
     */
    static boolean areRun(List<Integer> pipeline, int at, ShellFacts shell) {
        ShellCommand runner = shell.commands().get(pipeline.get(at));
        if (!DATABASES.contains(runner.name())
                || OWN_STATEMENT.stream().anyMatch(runner::hasFlag)
                || runner.name().equals("sqlite3") && runner.arguments().size() > 1) {
            return false;
        }
        ShellCommand before = shell.commands().get(pipeline.get(at - 1));
        // what a database answers to a statement is as new to everybody
        boolean asked =
                DATABASES.contains(before.name()) && OWN_STATEMENT.stream().anyMatch(before::hasFlag);
        return !before.name().isEmpty()
                && (asked || !SEEN.contains(before.name()))
                && before.context() != ShellCommand.Context.SUBSTITUTION;
    }
}
