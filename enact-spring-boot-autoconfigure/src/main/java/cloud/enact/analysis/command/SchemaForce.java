package cloud.enact.analysis.command;

import cloud.enact.analysis.shell.ShellCommand;
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
        return takesAllBack || toTheStart || argv.contains("db:migrate:undo:all");
    }
}
