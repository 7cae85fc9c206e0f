package cloud.enact.policy.builtin;

import cloud.enact.policy.PolicyInputs;
import java.util.Set;

/** What can be said of command lines as a whole. */
public final class CommandLines {

    /** Words for tools that run what they are given. */
    private static final Set<String> SHELLS = Set.of(
            ("bash sh shell zsh exec execute run terminal command commands cmd powershell pwsh process subprocess "
                            + "console spawn system")
                    .split(" "));

    private CommandLines() {}

    /** Whether the call runs a command line that nobody can make sense of. */
    public static boolean areUnreadable(PolicyInputs inputs) {
        return !inputs.shell().understood() && (inputs.named() || inputs.words().hasAny(SHELLS));
    }
}
