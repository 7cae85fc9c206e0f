package cloud.enact.cli;

import cloud.enact.hook.claudecode.setup.Doctor;
import cloud.enact.hook.claudecode.setup.Finding;
import cloud.enact.hook.claudecode.setup.GuardAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code enact hooks doctor}: finds ways past the guard. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Reads all settings of Claude Code that hold here, sends the guard a call that it has to deny, and"
                        + " says what is not covered. Exit status 1 when there is a hole, 3 when something could not be"
                        + " checked.")
final class HooksDoctorCommand implements Callable<Integer> {

    private final Console console;

    private final UnaryOperator<@Nullable String> environment;

    @Mixin
    private final HookOptions options;

    @Mixin
    private final GuardOptions guard;

    HooksDoctorCommand(Console console, UnaryOperator<@Nullable String> environment) {
        this.console = console;
        this.environment = environment;
        this.options = new HookOptions(environment);
        this.guard = new GuardOptions(environment);
    }

    @Override
    public Integer call() {
        GuardAddress address = this.guard.address();
        List<Finding> findings =
                new Doctor(this.options.places(), address, this.guard.version().orElse(null), this.environment).look();
        findings.forEach(finding -> this.console.line(finding.kind() + "  " + finding.text()));
        boolean hole = findings.stream().anyMatch(finding -> finding.kind() == Finding.Kind.HOLE);
        if (!hole) {
            this.console.line("FINE  " + address + " is asked about everything that hooks are asked about, and denied a"
                    + " call that it had to deny");
        }
        this.console.line("No settings cover:");
        Doctor.NEVER_COVERED.forEach(each -> this.console.line("  " + each));
        if (hole) {
            return EnactCli.PROBLEM;
        }
        return findings.isEmpty() ? EnactCli.FINE : EnactCli.NOT_FULLY_CHECKED;
    }
}
