package cloud.enact.hook;

import cloud.enact.analysis.shell.Redirection;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellWord;
import cloud.enact.policy.PolicyInputs;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Hooks that a sub-agent, a skill, a command or a plug-in brings along, which run commands that nobody judges. */
final class ExtensionHooks {

    /** A key of YAML at the begin of a line, or of JSON. */
    private static final Pattern KEY = Pattern.compile("(?m)^\\s*hooks\\s*:|\"hooks\"\\s*:");

    private ExtensionHooks() {}

    /** Whether something that the call writes has such hooks. */
    static boolean areIn(AgentCall call, PolicyInputs inputs) {
        if (inputs.shell().isEmpty()) {
            return areIn(call.input());
        }
        for (ShellCommand command : inputs.shell().commands()) {
            for (ShellWord word : command.arguments()) {
                if (areIn(word.text().replace("\\n", "\n"))) {
                    return true;
                }
            }
            for (Redirection redirection : command.redirections()) {
                if (areIn(redirection.target().text())) {
                    return true;
                }
            }
        }
        return inputs.shell().inlineCode().stream()
                .anyMatch(code -> areIn(code.text().replace("\\n", "\n")));
    }

    private static boolean areIn(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(ExtensionHooks::areIn);
        }
        if (value instanceof Collection<?> elements) {
            return elements.stream().anyMatch(ExtensionHooks::areIn);
        }
        return value instanceof String text && KEY.matcher(text).find();
    }
}
