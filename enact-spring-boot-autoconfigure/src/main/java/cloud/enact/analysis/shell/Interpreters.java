package cloud.enact.analysis.shell;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Interpreters of other languages and clients of databases: the code they are given. */
final class Interpreters {

    /**
     * Names, language, letters and long names of the options that give code, other options with a value, the operand
     * that is code ({@code -} for none, a trailing {@code +} for all from there on), and whether code is read from
     * the input: never, {@code always} unless code is given, or only {@code alone}, without operands.
     */
    private static final String[] TABLE = {
        "python pypy|python|c||WXmQ|check-hash-based-pycs|-|alone",
        "node nodejs bun tsx ts-node|javascript|ep|eval print|rC|require import loader conditions|-|alone",
        "deno|javascript|||r|reload config|1+|",
        "perl|perl|eE||I:MmFiDxCV||-|alone",
        "ruby|ruby|e||IrEC:iFTWxK||-|alone",
        "php|php|rBRE|run process-begin process-code process-end|fdcSt|file|-|alone",
        "lua luajit|lua|e||lW||-|alone",
        "Rscript R|r|e||g|encoding|-|alone",
        "osascript|applescript|e||ls||-|alone",
        "groovy|groovy|e||c||-|alone",
        "julia|julia|eE|eval print|LpJ|load project|-|alone",
        "elixir|elixir|e|eval|rS|require|-|alone",
        "expect|expect|c||f||-|alone",
        "tclsh|tcl|||||-|alone",
        "awk gawk mawk nawk goawk|awk|e|source|FvfiE|field-separator assign file include exec|0|",
        "psql pgcli usql vsql|sql|c|command|dfhLopPRFTUv|dbname file host port username variable set output pset "
                + "log-file field-separator record-separator|-|always",
        "mysql mariadb mycli|sql|e|execute|uhPDSo:p|user host port database socket|-|always",
        "sqlite3 sqlite litecli|sql|||||1+|always",
        "duckdb|sql|cs|command|||1+|always",
        "sqlcmd osql tsql|sql|Qq|query|SUPdHiovEtwhsca|server user password database|-|always",
        "clickhouse-client|sql|q|query|hud|host port user password database|-|always",
        "snowsql|sql|q|query|acudsrwf||-|always",
        "hive beeline spark-sql|sql|e||fun pdi||-|always",
        "impala-shell|sql|q|query|fiduo||-|always",
        "trino presto|sql||execute|f|server catalog schema user file|-|always",
        "sqlplus isql fbsql db2|sql|||||-|always",
        "cqlsh|cql|e|execute|upkf||-|always",
        "mongo mongosh|mongo||eval|upf|host port username password|-|always",
        "redis-cli valkey-cli keydb-cli|redis-cli|||hpansurinD|user pass host|0+|always",
    };

    private static final Set<String> CODE_FILES = Set.of("f", "file", "i", "m");

    private static final Map<String, Interpreter> BY_NAME = byName();

    private final Runner runner;

    private final CodeCalls calls;

    private final ClientCommands clients;

    Interpreters(Runner runner) {
        this.runner = runner;
        this.calls = new CodeCalls(runner);
        this.clients = new ClientCommands(runner);
    }

    private static Map<String, Interpreter> byName() {
        Map<String, Interpreter> all = new HashMap<>();
        for (String line : TABLE) {
            String[] row = line.split("\\|", -1);
            Interpreter interpreter = new Interpreter(
                    row[1], codes(row[2], row[3]), row[2] + row[4], set(row[3] + " " + row[5]), row[6], row[7]);
            for (String name : row[0].split(" ")) {
                all.put(name, interpreter);
            }
        }
        return Map.copyOf(all);
    }

    private static Set<String> set(String words) {
        return Set.copyOf(List.of(words.trim().split(" ")));
    }

    private static Set<String> codes(String letters, String words) {
        Set<String> all = new HashSet<>(set(words));
        letters.chars().forEach(c -> all.add(String.valueOf((char) c)));
        all.remove("");
        return all;
    }

    boolean run(Call call, Frame frame) {
        Interpreter interpreter = BY_NAME.get(unversioned(call.name()));
        if (interpreter == null) {
            return false;
        }
        boolean anywhere = interpreter.input().equals("always");
        Options options = anywhere
                ? Options.anywhere(call.fields(), 1, interpreter.shortWithValue(), interpreter.longWithValue())
                : Options.leading(call.fields(), 1, interpreter.shortWithValue(), interpreter.longWithValue());
        boolean given = false;
        for (Options.Option option : options.all()) {
            if (option.value() != null && interpreter.codes().contains(option.name())) {
                String dashes = (option.name().length() == 1) ? " -" : " --";
                code(call, interpreter.language(), option.value().text(), dashes + option.name(), frame);
                given = true;
            }
        }
        if (given) {
            return true;
        }
        boolean fromFile = false;
        for (Options.Option option : options.all()) {
            if (CODE_FILES.contains(option.name())
                    && !(option.value() != null && isInput(option.value().text()))) {
                fromFile = true;
                String code = (option.value() == null)
                        ? null
                        : this.runner.file(option.value().text());
                if (code != null) {
                    code(call, interpreter.language(), code, "", frame);
                }
            }
        }
        if (!operands(call, interpreter, options, fromFile, frame) && !fromFile) {
            input(call, interpreter, frame);
        }
        return true;
    }

    private boolean operands(Call call, Interpreter interpreter, Options options, boolean fromFile, Frame frame) {
        List<Integer> operands = options.operands();
        String place = interpreter.operand();
        if (place.equals("-")) {
            return !operands.isEmpty()
                    && !interpreter.input().equals("always")
                    && file(call, interpreter, options, frame);
        }
        int from = place.charAt(0) - '0';
        if (operands.size() <= from || fromFile && interpreter.language().equals("awk")) {
            return false;
        }
        boolean all = place.endsWith("+");
        String code = all ? call.joined(operands.get(from)) : call.text(operands.get(from));
        code(call, interpreter.language(), code, "", frame);
        return true;
    }

    /** A file of code: known when it was written here. */
    private boolean file(Call call, Interpreter interpreter, Options options, Frame frame) {
        String name = call.text(options.first());
        if (isInput(name)) {
            return false;
        }
        String code = this.runner.file(name);
        if (code != null) {
            code(call, interpreter.language(), code, "", frame);
        }
        return true;
    }

    private static boolean isInput(String file) {
        return file.equals("-") || file.equals("/dev/stdin");
    }

    private void input(Call call, Interpreter interpreter, Frame frame) {
        Input input = frame.input();
        if (!input.given() || interpreter.input().isEmpty()) {
            return;
        }
        String text = input.text();
        code(call, interpreter.language(), (text != null) ? text : this.runner.unknown(""), "", frame);
    }

    private void code(Call call, String language, String code, String option, Frame frame) {
        String wrapper = call.name() + option;
        if (language.equals("sql")) {
            String sql = this.clients.run(call, code, wrapper, frame);
            if (!sql.isBlank()) {
                this.runner.code(call, language, sql, false);
            }
            return;
        }
        boolean computes = this.calls.find(call, language, code, wrapper, frame);
        this.runner.code(call, language, code, computes);
    }

    /** The language that the first line of a script names, or {@code null} for a shell. */
    static @Nullable String language(String script) {
        int end = script.indexOf('\n');
        String line = (end < 0) ? script : script.substring(0, end);
        String found = null;
        for (String word : line.substring(2).trim().split(" ")) {
            Interpreter interpreter = BY_NAME.get(unversioned(word.substring(word.lastIndexOf('/') + 1)));
            if (interpreter != null) {
                found = interpreter.language();
            }
        }
        return found;
    }

    /** {@code python3.11} is python, but {@code sqlite3} has its number in its name. */
    private static String unversioned(String name) {
        if (BY_NAME.containsKey(name)) {
            return name;
        }
        int end = name.length();
        while (end > 0 && (Source.isDigit(name.charAt(end - 1)) || name.charAt(end - 1) == '.')) {
            end--;
        }
        return (end > 0) ? name.substring(0, end) : name;
    }

    private record Interpreter(
            String language,
            Set<String> codes,
            String shortWithValue,
            Set<String> longWithValue,
            String operand,
            String input) {}
}
