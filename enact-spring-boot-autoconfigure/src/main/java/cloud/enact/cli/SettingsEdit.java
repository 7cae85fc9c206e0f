package cloud.enact.cli;

import cloud.enact.hook.claudecode.setup.JsonChanges;
import cloud.enact.hook.claudecode.setup.Scope;
import cloud.enact.hook.claudecode.setup.SettingsFile;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Settings that somebody sees before they are written. */
final class SettingsEdit {

    private final Console console;

    private final Question question;

    SettingsEdit(Console console, Question question) {
        this.console = console;
        this.question = question;
    }

    /**
     * Shows what changes, and writes it when that is agreed to.
     *
     * @param agreed whether nobody needs to be asked
     * @return whether anything was to change
     */
    boolean apply(Path path, SettingsFile file, ObjectNode changed, Scope scope, boolean agreed) {
        List<String> changes = JsonChanges.between(file.settings(), changed);
        if (changes.isEmpty()) {
            return false;
        }
        this.console.line(path + ":");
        changes.forEach(change -> this.console.line("  " + change));
        if (!agreed && !this.question.isAnsweredYes("Write that?")) {
            throw new CommandException("Nothing was changed, because nobody said yes; --yes says it beforehand");
        }
        file.write(changed, scope, Clock.systemUTC())
                .ifPresent(kept -> this.console.line("What was there is kept in " + kept));
        this.console.line("Written.");
        return true;
    }
}
