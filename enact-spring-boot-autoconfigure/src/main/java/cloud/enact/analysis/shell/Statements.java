package cloud.enact.analysis.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Subcommands of programs with many purposes that are given SQL, or a file of code. */
final class Statements {

    /** Names, subcommands, language, options with the code; {@code last} operand, {@code input} or a {@code file}. */
    private static final String[] TABLE = {
        "bq|query|sql||last input",
        "wrangler|d1 execute|sql|--command|",
        "turso|db shell|sql||last input",
        "gcloud|execute-sql|sql|--sql|",
        "aws awslocal|execute-statement|sql|--sql --statement --statements|",
        "aws awslocal|batch-execute-statement|sql|--sql --sqls|",
        "aws awslocal|start-query-execution|sql|--query-string|",
        "aws awslocal|query|sql|--query-string|",
        "heroku|pg:psql|sql|-c --command|input",
        "cockroach|sql|sql|-e --execute|input",
        "snow|sql|sql|-q --query|input",
        "dolt|sql|sql|-q --query|input",
        "clickhouse|client|sql|-q --query|input",
        "clickhouse|local|sql|-q --query|input",
        "az|execute|sql|-q --querytext|",
        "railway|connect|sql||input",
        "fly flyctl|postgres connect|sql||input",
        "rails|dbconsole|sql||input",
        "manage.py django-admin|dbshell|sql||input",
        "go|run|go||file",
        "cargo|script|rust||file",
        "deno|run|javascript||file",
        "dart|run|dart||file",
    };

    private static final Map<String, List<Row>> BY_NAME = byName();

    private final Runner runner;

    private final ClientCommands clients;

    Statements(Runner runner) {
        this.runner = runner;
        this.clients = new ClientCommands(runner);
    }

    private static Map<String, List<Row>> byName() {
        Map<String, List<Row>> all = new HashMap<>();
        for (String line : TABLE) {
            String[] column = line.split("\\|", -1);
            Row row = new Row(
                    List.of(column[1].split(" ")),
                    column[2],
                    Set.copyOf(Arrays.asList(column[3].split(" "))),
                    Set.of(column[4].split(" ")));
            for (String name : column[0].split(" ")) {
                all.computeIfAbsent(name, unused -> new ArrayList<>()).add(row);
            }
        }
        return Map.copyOf(all);
    }

    /** Reads the code; another carrier may still look at the call when there is none. */
    boolean run(Call call, Frame frame) {
        for (Row row : BY_NAME.getOrDefault(call.name(), List.of())) {
            int from = row.after(call);
            String code = (from < 0) ? null : code(call, row, from, frame);
            if (code != null) {
                code(call, row.language(), code, frame);
                return true;
            }
        }
        return false;
    }

    private void code(Call call, String language, String code, Frame frame) {
        boolean sql = language.equals("sql");
        String plain = sql ? this.clients.run(call, code, call.name(), frame) : code;
        if (!plain.isBlank()) {
            this.runner.code(call, language, plain, false);
        }
    }

    private @Nullable String code(Call call, Row row, int from, Frame frame) {
        String last = null;
        for (int at = from; at < call.size(); at++) {
            String text = call.text(at);
            int equals = text.indexOf('=');
            if (row.options().contains(text) && at + 1 < call.size()) {
                return call.text(at + 1);
            }
            if (equals > 0 && row.options().contains(text.substring(0, equals))) {
                return text.substring(equals + 1);
            }
            if (!text.startsWith("-") || text.equals("-")) {
                boolean first = last == null;
                last = (row.has("file") && !first) ? last : text;
            }
        }
        if (row.has("last") && last != null && last.indexOf(' ') > 0) {
            return last;
        }
        if (row.has("file") && last != null && !last.equals("-")) {
            return this.runner.file(last);
        }
        boolean reads = row.has("input") || row.has("file") && last != null;
        if (!reads || !frame.input().given()) {
            return null;
        }
        String input = frame.input().text();
        return (input != null) ? input : this.runner.unknown("");
    }

    /**
     * One way to hand code over.
     *
     * @param path the subcommands, with others between them
     */
    private record Row(List<String> path, String language, Set<String> options, Set<String> places) {

        boolean has(String place) {
            return this.places.contains(place);
        }

        /** Where the words after the subcommands begin, or -1 when they are not these. */
        int after(Call call) {
            int at = 1;
            for (String wanted : this.path) {
                while (at < call.size() && !call.text(at).equals(wanted)) {
                    at++;
                }
                if (at++ >= call.size()) {
                    return -1;
                }
            }
            return at;
        }
    }
}
