package cloud.enact.cli;

import cloud.enact.hook.claudecode.setup.HookSettings;
import cloud.enact.hook.claudecode.setup.Scope;
import cloud.enact.hook.claudecode.setup.SettingsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code enact hooks remove}: takes out what was installed, and nothing else. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = "Takes the hooks of the guard out of the settings of a coding agent, which goes on without it.")
final class HooksRemoveCommand implements Callable<Integer> {

    private final Console console;

    private final Question question;

    @Mixin
    private final HookOptions options;

    @Mixin
    private final EditOptions edit = new EditOptions();

    HooksRemoveCommand(Console console, UnaryOperator<@Nullable String> environment, Question question) {
        this.console = console;
        this.question = question;
        this.options = new HookOptions(environment);
    }

    @Override
    public Integer call() {
        Scope where = this.edit.scope();
        Path path = this.options.places().of(where);
        SettingsFile file = SettingsFile.toChange(path);
        boolean written = new SettingsEdit(this.console, this.question)
                .apply(path, file, HookSettings.without(file.settings()), where, this.edit.agreed());
        if (!written) {
            this.console.line(path + " asks no guard; nothing was changed.");
        }
        List<String> switches = HookSettings.switches(file.settings());
        if (where == Scope.MANAGED && !switches.isEmpty()) {
            this.console.line("These stay, because others may rely on them; take them out yourself: "
                    + String.join(", ", switches));
        }
        return EnactCli.FINE;
    }
}
