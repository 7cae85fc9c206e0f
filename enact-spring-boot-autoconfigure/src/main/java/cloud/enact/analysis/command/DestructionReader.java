package cloud.enact.analysis.command;

import cloud.enact.analysis.command.CliGrammar.Trait;
import cloud.enact.analysis.command.CliWords.Operand;
import cloud.enact.analysis.command.Destruction.Family;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds calls that take something away, by the way command lines are built rather than by their wording. */
final class DestructionReader {

    /** Nouns that tell what a service with many kinds of things takes away. */
    private static final Map<Family, Set<String>> NOUNS = Map.of(
            Family.STORAGE, CliGrammar.words("s3 s3api s3control storage bucket buckets blob r2 gcs obs oss"),
            Family.IDENTITY,
                    CliGrammar.words("iam ad role roles user users service-accounts service-account sso-admin member "
                            + "identitystore identity cognito-idp organizations members serviceaccount"),
            Family.DNS,
                    CliGrammar.words("dns route53 route53domains domain domains zone zones record-sets record records "
                            + "dns-record"),
            Family.DATABASE,
                    CliGrammar.words("sql rds dynamodb redshift docdb neptune elasticache spanner bigtable firestore "
                            + "database databases db postgres pg mysql mariadb redis cosmosdb mongodb d1 branch-db"),
            Family.INFRASTRUCTURE, CliGrammar.words("cloudformation deployment-manager"),
            Family.CLUSTER, CliGrammar.words("eks ecs aks container clusters cluster kubernetes k8s"));

    /** What holds everything else of a cloud: {@code az group delete}, {@code gcloud projects delete}. */
    private static final Set<String> WHOLES = Set.of("group", "projects", "stack");

    /** Things on the machine of the developer, made again in a moment. */
    private static final Set<String> LOCAL =
            CliGrammar.words("plugin plugins extension extensions alias components configurations completion");

    /** What follows them is the name of something new: {@code make:migration drop_users}. */
    private static final Set<String> CREATES =
            Set.of("make", "generate", "create", "new", "add", "revision", "scaffold", "g");

    private static final Set<String> REHEARSALS =
            Set.of("dry-run", "dryrun", "whatif", "what-if", "no-act", "simulate", "check-only", "list-only");

    /** Options that begin with a verb and take away only what belongs to the call itself. */
    private static final Set<String> OWN_OPTIONS = Set.of("rm", "remove-orphans", "cancel-timeout");

    private DestructionReader() {}

    static @Nullable Destruction read(ShellCommand command, int index) {
        ShellCommand call = Launchers.unwrap(command);
        String tool = call.name().toLowerCase(Locale.ROOT);
        if (tool.isEmpty() || isRehearsal(call)) {
            return null;
        }
        Destruction http = HttpDeletion.read(call, tool, index);
        if (http != null) {
            return http;
        }
        CliGrammar grammar = CliGrammar.of(tool);
        if (grammar == null) {
            return UnknownTools.read(call, tool, index);
        }
        CliWords words = CliWords.of(call, Set.of());
        if (grammar.is(Trait.ALWAYS)) {
            return new Destruction(grammar.family(), tool, "", List.of(), operands(words, 0), index);
        }
        Destruction said = (grammar.family() == Family.SCHEMA && SchemaForce.isIn(call))
                ? new Destruction(Family.SCHEMA, tool, "--force", List.of(), operands(words, 0), index)
                : byWord(grammar, words, tool, index);
        if (said == null && grammar.is(Trait.OPTION)) {
            said = byOption(grammar, words, tool, index);
        }
        if (said == null) {
            said = JointWords.read(call, words, tool, index);
        }
        if (said == null && UnknownTools.isRunner(tool)) {
            return UnknownTools.read(call, tool, index);
        }
        boolean local = said != null
                && (said.nouns().stream().anyMatch(LOCAL::contains)
                        || tool.startsWith("helm") && said.nouns().contains("repo"));
        return local ? null : said;
    }

    /** Whether the call only shows what it would do, or explains itself. */
    static boolean isRehearsal(ShellCommand call) {
        boolean named = false;
        for (ShellWord word : call.arguments()) {
            if (!word.text().startsWith("-")) {
                named = true;
                continue;
            }
            String text = word.text().toLowerCase(Locale.ROOT);
            if (text.equals("--")) {
                return false;
            }
            String option = text.substring(text.startsWith("--") ? 2 : 1);
            int equals = option.indexOf('=');
            String value = (equals < 0) ? "" : option.substring(equals + 1);
            String name = (equals < 0) ? option : option.substring(0, equals);
            // a version behind a name is one to work on: cargo yank --version 1.0.0
            if (REHEARSALS.contains(name) && !Set.of("none", "false", "no", "0").contains(value)
                    || name.equals("help")
                    || name.equals("version") && !named) {
                return true;
            }
        }
        List<ShellWord> arguments = call.arguments();
        return !arguments.isEmpty()
                && (arguments.get(0).text().equals("help")
                        || arguments.get(arguments.size() - 1).text().equals("help")
                        || arguments.get(arguments.size() - 1).text().equals("-h"));
    }

    private static @Nullable Destruction byWord(CliGrammar grammar, CliWords words, String tool, int index) {
        List<String> nouns = new ArrayList<>(2);
        int counted = 0;
        for (int i = 0; i < words.operands().size() && counted < Math.max(1, grammar.words()); i++) {
            Operand operand = words.operands().get(i);
            String word = operand.text().toLowerCase(Locale.ROOT);
            if (grammar.isVerb(word) || !grammar.is(Trait.ONLY) && grammar.isVerb(operand.text())) {
                return new Destruction(family(grammar, nouns, word), tool, word, nouns, operands(words, i + 1), index);
            }
            if (grammar.family() == Family.SCHEMA
                    && CliWords.parts(word).stream().anyMatch(CREATES::contains)) {
                return null;
            }
            if (!operand.behindOption()) {
                // a verb first for programs that have no nouns; a noun first for services
                boolean isVerb = CliGrammar.HARMLESS.contains(word)
                        || CliGrammar.EITHER.contains(word) && (counted > 0 || isVerbFirst(grammar));
                if (isVerb && (counted > 0 || !grammar.is(Trait.LAST))) {
                    return null;
                }
                if (!Set.of("alpha", "beta", "preview").contains(word)) {
                    counted++;
                }
            }
            nouns.add(word);
        }
        return null;
    }

    private static boolean isVerbFirst(CliGrammar grammar) {
        return grammar.family() == Family.CONTAINER
                || grammar.family() == Family.CLUSTER
                || grammar.family() == Family.PACKAGE;
    }

    private static @Nullable Destruction byOption(CliGrammar grammar, CliWords words, String tool, int index) {
        for (String option : words.options()) {
            int start = option.startsWith("--") ? 2 : 1;
            int end = option.indexOf('=');
            String name = option.substring(start, (end < 0) ? option.length() : end);
            List<String> parts = CliWords.parts(name);
            if (!parts.isEmpty()
                    && !OWN_OPTIONS.contains(name)
                    && (CliGrammar.VERBS.contains(parts.get(0))
                            || Set.of("expunge", "zero").contains(parts.get(0)))) {
                List<String> nouns = words.operands().stream()
                        .limit(grammar.words())
                        .map(o -> o.text().toLowerCase(Locale.ROOT))
                        .toList();
                return new Destruction(
                        family(grammar, nouns, name), tool, option, nouns, operands(words, grammar.words()), index);
            }
        }
        if (tool.equals("kafka-delete-records") || tool.equals("kafka-streams-application-reset")) {
            return new Destruction(grammar.family(), tool, "", List.of(), operands(words, 0), index);
        }
        return null;
    }

    private static Family family(CliGrammar grammar, List<String> nouns, String verb) {
        if (grammar.family() != Family.SERVICE) {
            return grammar.family();
        }
        if (CliWords.parts(verb).contains("iam")) {
            return Family.IDENTITY;
        }
        if (!nouns.isEmpty() && WHOLES.contains(nouns.get(0))) {
            return Family.INFRASTRUCTURE;
        }
        List<String> said = new ArrayList<>(nouns);
        said.add(verb);
        for (String noun : nouns) {
            said.addAll(CliWords.parts(noun));
        }
        said.addAll(CliWords.parts(verb));
        for (String word : said) {
            for (Map.Entry<Family, Set<String>> entry : NOUNS.entrySet()) {
                if (entry.getValue().contains(word)) {
                    return entry.getKey();
                }
            }
        }
        return Family.SERVICE;
    }

    private static List<ShellWord> operands(CliWords words, int from) {
        List<Operand> operands = words.operands();
        return operands.subList(Math.min(from, operands.size()), operands.size()).stream()
                .map(Operand::word)
                .toList();
    }
}
