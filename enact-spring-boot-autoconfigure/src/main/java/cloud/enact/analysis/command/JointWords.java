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

    private static final List<List<String>> OF_AWS = List.of(
            List.of("ssm", "put-parameter", "--overwrite"),
            List.of("s3", "mv", "--recursive"),
            List.of("--no-deletion-protection"),
            List.of("--no-deletion-protection-enabled"));

    private static final List<List<String>> OF_KUBERNETES = List.of(
            List.of("replace", "--force"), List.of("scale", "--replicas=0"), List.of("scale", "--replicas", "0"));

    private static final List<List<String>> OF_REDIS =
            List.of(List.of("CONFIG", "SET", "dir"), List.of("CONFIG", "SET", "dbfilename"));

    /** Words that take something away, stop it or write over it when a call has all of them. */
    private static final Map<String, List<List<String>>> TOGETHER = Map.ofEntries(
            Map.entry("aws", OF_AWS),
            Map.entry("awslocal", OF_AWS),
            Map.entry("az", List.of(List.of("keyvault", "secret", "set"))),
            Map.entry("gcloud", List.of(List.of("--no-deletion-protection"))),
            Map.entry("kubectl", OF_KUBERNETES),
            Map.entry("oc", OF_KUBERNETES),
            Map.entry("k", OF_KUBERNETES),
            Map.entry("redis-cli", OF_REDIS),
            Map.entry("valkey-cli", OF_REDIS));

    private JointWords() {}

    static @Nullable Destruction read(ShellCommand call, CliWords words, String tool, int index) {
        List<Operand> operands = words.operands();
        if (operands.isEmpty()) {
            return null;
        }
        if (REGISTRIES.contains(tool) && OF_REGISTRIES.contains(operands.get(0).text())) {
            boolean taken = operands.size() > 1
                            && CliGrammar.VERBS.contains(operands.get(1).text())
                    || call.hasFlag("r", "remove");
            return taken ? found(Family.PACKAGE, tool, words, index) : null;
        }
        List<String> argv = call.argv();
        for (List<String> together : TOGETHER.getOrDefault(tool, List.of())) {
            if (argv.containsAll(together)) {
                return found(tool.endsWith("-cli") ? Family.DATABASE : Family.SERVICE, tool, words, index);
            }
        }
        // nothing waits for what holds a thing back any more
        boolean lets = CliGrammar.of(tool) != null
                && argv.contains("patch")
                && argv.stream().anyMatch(word -> word.contains("finalizers") && !word.contains("\"finalizers\":[\""));
        return lets ? found(Family.SERVICE, tool, words, index) : null;
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
