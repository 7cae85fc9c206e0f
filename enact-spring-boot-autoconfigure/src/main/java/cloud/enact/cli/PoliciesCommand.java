package cloud.enact.cli;

import cloud.enact.policy.KnownAction;
import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicyFinding;
import cloud.enact.policy.PolicyFinding.Severity;
import cloud.enact.policy.check.LintContext;
import cloud.enact.policy.check.LocalFiles;
import cloud.enact.policy.check.PolicyLinter;
import cloud.enact.policy.check.PolicyTest;
import cloud.enact.policy.check.PolicyTests;
import cloud.enact.policy.check.PolicyToolbox;
import cloud.enact.policy.check.Sarif;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** Tries policy files out, without an application and without doing anything. */
@Command(
        name = "policies",
        mixinStandardHelpOptions = true,
        description = "Tests, lints, explains and replays policy files.",
        synopsisSubcommandLabel = "COMMAND")
final class PoliciesCommand {

    private final Console console;

    private final UnaryOperator<@Nullable String> environment;

    @Option(
            scope = ScopeType.INHERIT,
            names = "--policy-env",
            paramLabel = "NAME",
            description = "Environment variable that expressions may read as env.NAME; may be given several times.")
    private List<String> visible = List.of();

    PoliciesCommand(Console console, UnaryOperator<@Nullable String> environment) {
        this.console = console;
        this.environment = environment;
    }

    /** What the policies of an application are made of, as far as that is known without it. */
    PolicyToolbox toolbox() {
        return PolicyToolbox.standard(this.visible, this.environment::apply);
    }

    /** Formats of findings. */
    enum Format {
        text,
        sarif
    }

    @Command(
            name = "test",
            mixinStandardHelpOptions = true,
            description = "Runs the tests (*_test.yaml) of policy files or folders.")
    int test(@Parameters(arity = "1..*", paramLabel = "FILE") List<Path> places) {
        int run = 0;
        int failed = 0;
        // nothing of this machine: a test means the same everywhere
        PolicyToolbox toolbox = PolicyToolbox.standard(this.visible, name -> null);
        for (Path place : places) {
            for (PolicyTest test : PolicyTests.of(place, toolbox).toList()) {
                run++;
                try {
                    test.run();
                    this.console.line("ok      " + test.name());
                } catch (AssertionError ex) {
                    failed++;
                    String.valueOf(ex.getMessage()).lines().forEach(line -> this.console.line("FAILED  " + line));
                }
            }
        }
        this.console.line(run + ((run == 1) ? " test, " : " tests, ") + failed + " failed");
        return (failed == 0) ? EnactCli.FINE : EnactCli.PROBLEM;
    }

    @Command(
            name = "lint",
            mixinStandardHelpOptions = true,
            description = "Finds mistakes in policy files, and what is hardly meant. Exit status 1 when there is any.")
    int lint(
            @Parameters(arity = "1..*", paramLabel = "FILE") List<Path> places,
            @Option(names = "--format", paramLabel = "text|sarif", defaultValue = "text") Format format,
            @Option(
                            names = "--action",
                            paramLabel = "NAME",
                            description =
                                    "Action that the application has, such as files.write or files.write(path,text);"
                                            + " with all of them, patterns that match none and actions without policy are"
                                            + " found, too.")
                    @Nullable
                    List<String> actions,
            @Option(names = "--profile", paramLabel = "NAME", defaultValue = "", description = "Profile it runs with.")
                    String profile) {
        List<PolicyFile> files = LocalFiles.policies(places);
        List<KnownAction> known =
                (actions != null) ? actions.stream().map(PoliciesCommand::known).toList() : List.of();
        List<PolicyFinding> findings =
                new PolicyLinter(toolbox()).lint(files, new LintContext(known, LintContext.isProduction(profile)));
        if (format == Format.sarif) {
            this.console.json(Sarif.of(findings));
        } else {
            findings.forEach(finding -> this.console.line(describe(finding)));
            this.console.line(files.size()
                    + ((files.size() == 1) ? " file, " : " files, ")
                    + findings.size()
                    + ((findings.size() == 1) ? " finding" : " findings"));
        }
        boolean fine = findings.stream().allMatch(finding -> finding.severity() == Severity.NOTE);
        return fine ? EnactCli.FINE : EnactCli.PROBLEM;
    }

    @Command(
            name = "explain",
            mixinStandardHelpOptions = true,
            description = "Shows what policies say about a call, and what they know of it.")
    int explain(@Parameters(arity = "1..*", paramLabel = "FILE") List<Path> places, @Mixin CallOptions call) {
        new Explanation(this.console)
                .print(toolbox().policies(LocalFiles.policies(places)).decide(call.request()), call.request());
        return EnactCli.FINE;
    }

    private static KnownAction known(String text) {
        int open = text.indexOf('(');
        if (open < 0) {
            return new KnownAction(text, List.of());
        }
        String arguments = text.substring(open + 1, text.endsWith(")") ? text.length() - 1 : text.length());
        return new KnownAction(
                text.substring(0, open),
                Stream.of(arguments.split(",")).map(String::strip).toList());
    }

    private static String describe(PolicyFinding finding) {
        return finding.severity() + "  " + finding.file() + ((finding.line() > 0) ? ":" + finding.line() : "") + "  "
                + finding.message() + " [" + finding.rule() + "]";
    }
}
