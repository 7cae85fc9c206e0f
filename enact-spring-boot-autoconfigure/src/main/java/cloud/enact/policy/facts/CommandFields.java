package cloud.enact.policy.facts;

import cloud.enact.analysis.command.FileAccess;
import cloud.enact.analysis.shell.InlineCode;
import cloud.enact.analysis.shell.Redirection;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellWord;
import cloud.enact.policy.PolicyInputs;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What is to be seen of command lines. */
final class CommandFields {

    private static final FactType<Redirection> REDIRECT = FactType.<Redirection>named("redirect")
            .with("op", Shape.Simple.TEXT, Redirection::operator)
            .with("target", Shape.Simple.TEXT, redirect -> redirect.target().text())
            .with("dynamic", Shape.Simple.TRUTH, redirect -> redirect.target().dynamic());

    private static final FactType<ShellCommand> COMMAND = FactType.<ShellCommand>named("command")
            .with("name", Shape.Simple.TEXT, ShellCommand::name)
            .with("argv", Texts.SHAPE, ShellCommand::argv)
            .with("flags", Texts.SHAPE, ShellCommand::flags)
            .with("assignments", new Shape.MapOf(Shape.Simple.TEXT), CommandFields::assignments)
            .withThings("redirects", REDIRECT, ShellCommand::redirections)
            .with("wrappers", Texts.SHAPE, ShellCommand::wrappers)
            .with("depth", Shape.Simple.NUMBER, command -> (long) command.depth())
            .with("context", Shape.Simple.TEXT, CommandFields::context)
            .with("dynamic", Shape.Simple.TRUTH, CommandFields::isDynamic);

    private static final FactType<InlineCode> CODE = FactType.<InlineCode>named("code")
            .with("lang", Shape.Simple.TEXT, InlineCode::language)
            .with("text", Shape.Simple.TEXT, InlineCode::text)
            .with("command", Shape.Simple.NUMBER, code -> (long) code.command())
            .with("dynamic", Shape.Simple.TRUTH, InlineCode::dynamic);

    /** The variable {@code cmd}. */
    static final FactType<PolicyInputs> CMD = FactType.<PolicyInputs>named("cmd")
            .with("parseOk", Shape.Simple.TRUTH, call -> call.shell().understood())
            .with("problems", Texts.SHAPE, call -> call.shell().problems())
            .withThings("commands", COMMAND, call -> call.shell().commands())
            .with(
                    "pipelines",
                    new Shape.ListOf(new Shape.ListOf(Shape.Simple.NUMBER)),
                    call -> pipelines(call.shell().pipelines()))
            // what is deleted is no longer what it was
            .with("writes", Texts.SHAPE, call -> paths(call, FileAccess.Kind.WRITE, FileAccess.Kind.DELETE))
            .with("deletes", Texts.SHAPE, call -> paths(call, FileAccess.Kind.DELETE))
            .with("reads", Texts.SHAPE, call -> paths(call, FileAccess.Kind.READ))
            .with("network", Texts.SHAPE, call -> call.commands().hosts())
            .withThings("inlineCode", CODE, call -> call.shell().inlineCode());

    private CommandFields() {}

    /** Sorted, so that it is shown the same way each time. */
    private static Map<String, String> assignments(ShellCommand command) {
        Map<String, String> texts = new TreeMap<>();
        command.assignments().forEach((name, word) -> texts.put(name, word.text()));
        return texts;
    }

    private static boolean isDynamic(ShellCommand command) {
        return command.dynamic() || command.words().stream().anyMatch(ShellWord::dynamic);
    }

    private static String context(ShellCommand command) {
        return (command.context() == ShellCommand.Context.PROCESS_SUBSTITUTION)
                ? "processSubst"
                : command.context().name().toLowerCase(Locale.ROOT);
    }

    private static List<List<Long>> pipelines(List<List<Integer>> pipelines) {
        return pipelines.stream()
                .map(pipeline -> pipeline.stream().map(Integer::longValue).toList())
                .toList();
    }

    private static List<String> paths(PolicyInputs call, FileAccess.Kind... kinds) {
        List<FileAccess.Kind> wanted = List.of(kinds);
        return call.commands().files().stream()
                .filter(file -> wanted.contains(file.kind()))
                .map(file -> file.path().text())
                .toList();
    }
}
