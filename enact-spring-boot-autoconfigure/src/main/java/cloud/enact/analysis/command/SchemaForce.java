package cloud.enact.analysis.command;

import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellWord;
import java.util.List;

/** Tells when a tool for schemas is told to drop what is in its way, or to take back everything. */
final class SchemaForce {

    private SchemaForce() {}

    static boolean isIn(ShellCommand call) {
        List<String> argv = call.argv();
        boolean pushes = argv.stream().anyMatch(word -> word.startsWith("push") || word.startsWith("schema:sync"));
        if (pushes && call.hasFlag("force", "f", "accept-data-loss", "force-reset")) {
            return true;
        }
        boolean takesAllBack = call.hasFlag("all") && argv.stream().anyMatch(word -> word.contains("rollback"));
        boolean toTheStart = argv.contains("downgrade") && argv.contains("base")
                || argv.contains("down-to") && argv.contains("0")
                || argv.contains("migrate") && argv.contains("zero");
        return takesAllBack
                || toTheStart
                || argv.contains("db:migrate:undo:all")
                || call.assignments().containsKey("DISABLE_DATABASE_ENVIRONMENT_CHECK")
                || argv.contains("DISABLE_DATABASE_ENVIRONMENT_CHECK=1")
                || makesAnew(call, argv);
    }

    /** Tables of Rails are dropped before a schema is loaded; with version 0 nothing is left of them. */
    private static boolean makesAnew(ShellCommand call, List<String> argv) {
        ShellWord stage = call.assignments().get("RAILS_ENV");
        if (argv.contains("RAILS_ENV=test") || stage != null && stage.text().equals("test")) {
            return false;
        }
        ShellWord version = call.assignments().get("VERSION");
        boolean toNothing =
                argv.contains("VERSION=0") || version != null && version.text().equals("0");
        return toNothing && argv.stream().anyMatch(word -> word.startsWith("db:migrate"))
                || argv.contains("db:schema:load")
                || argv.contains("db:structure:load")
                || argv.contains("down") && call.hasFlag("all")
                || argv.contains("schema") && argv.contains("clean");
    }
}
