package cloud.enact.analysis.command;

import cloud.enact.analysis.command.CliWords.Operand;
import cloud.enact.analysis.command.Destruction.Family;
import cloud.enact.analysis.shell.ShellCommand;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Calls whose words take something away together, though none of them does so alone. */
final class JointWords {

    /** Things of a registry of packages, and what is done to them. */
    private static final Set<String> OF_REGISTRIES =
            Set.of("owner", "access", "dist-tag", "token", "team", "org", "hook", "author", "collaborators");

    private static final Set<String> REGISTRIES = Set.of("npm", "pnpm", "yarn", "bun", "cargo", "gem");

    /** What is written over, with the option that makes it so. */
    private static final Map<String, List<String>> OVERWRITES = Map.of(
            "aws", List.of("ssm", "put-parameter", "--overwrite"),
            "awslocal", List.of("ssm", "put-parameter", "--overwrite"),
            "az", List.of("keyvault", "secret", "set"));

    private JointWords() {}

    static @Nullable Destruction read(ShellCommand call, CliWords words, String tool, int index) {
        List<Operand> operands = words.operands();
        boolean two = operands.size() > 1;
        if (two
                && REGISTRIES.contains(tool)
                && OF_REGISTRIES.contains(operands.get(0).text())) {
            String verb = operands.get(1).text();
            return CliGrammar.VERBS.contains(verb) ? found(Family.PACKAGE, tool, words, index) : null;
        }
        boolean disowns = operands.size() > 0 && operands.get(0).text().equals("owner") && call.hasFlag("r", "remove");
        if (disowns && REGISTRIES.contains(tool)) {
            return found(Family.PACKAGE, tool, words, index);
        }
        List<String> overwrites = OVERWRITES.get(tool);
        return overwrites != null && call.argv().containsAll(overwrites)
                ? found(Family.SERVICE, tool, words, index)
                : null;
    }

    private static Destruction found(Family family, String tool, CliWords words, int index) {
        List<Operand> operands = words.operands();
        int verb = Math.min(2, operands.size()) - 1;
        return new Destruction(
                family,
                tool,
                operands.get(verb).text(),
                operands.subList(0, verb).stream().map(Operand::text).toList(),
                operands.subList(verb + 1, operands.size()).stream()
                        .map(Operand::word)
                        .toList(),
                index);
    }
}
