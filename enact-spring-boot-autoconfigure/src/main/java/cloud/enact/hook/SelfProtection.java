package cloud.enact.hook;

import cloud.enact.action.ActionRequest;
import cloud.enact.analysis.command.GitEffect;
import cloud.enact.analysis.shell.InlineCode;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.policy.Effect;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.FileUse;
import cloud.enact.policy.builtin.FileUses;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Objects to what would touch the guard itself: its store, keys, tokens, policies, process and port, and the settings
 * of the hooks that ask it. It holds also while observing: a guard that can be switched off watches nothing. Thread-safe.
 */
public final class SelfProtection {

    /** Name under which it objects. */
    public static final String NAME = "enact.self-protection";

    private static final String INSTEAD = ". Leave the guard alone, and ask its operator if that has to be done.";

    /** Programs that only show what they are given, so that naming a file that is only locked is fine. */
    private static final Set<String> ONLY_SHOW = Set.of(
            "",
            "cat",
            "bat",
            "less",
            "more",
            "head",
            "tail",
            "ls",
            "ll",
            "tree",
            "stat",
            "file",
            "wc",
            "grep",
            "egrep",
            "fgrep",
            "rg",
            "ag",
            "jq",
            "yq",
            "diff",
            "cmp",
            "sha256sum",
            "md5sum",
            "test",
            "[",
            "[[",
            "echo",
            "printf",
            "git",
            "cd",
            "pushd",
            "find",
            "du",
            "realpath",
            "readlink",
            "basename",
            "dirname",
            "code");

    private static final int LONGEST_NAME = 4096;

    private static final List<String> HOOK_SETTINGS = List.of(
            ".claude/settings",
            ".claude\\settings",
            "managed-settings",
            // the directory as a whole
            ".claude'",
            ".claude\"",
            ".claude`",
            ".claude/'",
            ".claude/\"",
            ".claude/`");

    private final GuardFiles files;

    private final GuardCommands commands;

    private final GuardPort port;

    private final List<String> secretTexts;

    private final boolean on;

    private SelfProtection(GuardPlaces places, String home, boolean on) {
        this.files = new GuardFiles(places, home);
        this.commands = new GuardCommands(places);
        this.port = new GuardPort(places.ports(), places.hosts());
        this.secretTexts = Stream.concat(places.secret().stream(), places.store().stream())
                .filter(path -> path.length() > 4)
                .toList();
        this.on = on;
    }

    /**
     * Protects a guard.
     *
     * @param places where it is
     * @param home its user's home directory, absolute
     */
    public static SelfProtection of(GuardPlaces places, String home) {
        return new SelfProtection(places, home, true);
    }

    /** Protects nothing. */
    public static SelfProtection off() {
        return new SelfProtection(new GuardPlaces(Set.of(), Set.of(), Set.of(), 0, "", Set.of(), Set.of()), "/", false);
    }

    /** The objections to a call; none for most. */
    List<Verdict> objections(AgentCall call, ActionRequest request) {
        String objection = this.on ? objection(call, request) : null;
        return (objection == null)
                ? List.of()
                : List.of(new Verdict(NAME, Effect.BLOCK, "The call " + objection + INSTEAD, EnactMode.ENFORCE));
    }

    private @Nullable String objection(AgentCall call, ActionRequest request) {
        if (call.event() == AgentEvent.REQUEST) {
            return changesSettings(call) ? "changes the settings of the agent while it works" : null;
        }
        PolicyInputs inputs = PolicyInputs.of(request);
        boolean adds = false;
        FoundGuardFiles found = new FoundGuardFiles(inputs.shell(), this.files::mayBeKnownName);
        for (FileUse use : FileUses.of(inputs)) {
            String objection = objection(use, call.cwd());
            boolean others = objection != null
                    && use.kind() == FileUse.Kind.DELETE
                    && use.recursive()
                    && found.deletesOnlyOthers(use);
            if (objection != null && !others) {
                return objection;
            }
            adds |= use.changes() && this.files.isExtension(use.path(), call.cwd());
        }
        AgentTool tool = call.tool();
        if (tool != null) {
            boolean changes =
                    tool.kind() == ToolKind.WRITE || tool.kind() == ToolKind.EDIT || tool.kind() == ToolKind.DELETE;
            for (String path : tool.paths()) {
                // what lies around the agent is searched all the time, and secrets elsewhere are not beside its work
                boolean searches = tool.canonicalName().equals("Grep") && !path.equals(call.cwd());
                String objection = objection(
                        new FileUse(changes ? FileUse.Kind.WRITE : FileUse.Kind.READ, path, searches), call.cwd());
                if (objection != null) {
                    return objection;
                }
                adds |= changes && this.files.isExtension(path, call.cwd());
            }
        }
        if (adds && ExtensionHooks.areIn(call, inputs)) {
            return "would add hooks that nobody looks at";
        }
        if (inputs.originals(InputName.URL).stream().anyMatch(this.port::isReachedBy)
                || tool != null && tool.url() != null && this.port.isReachedBy(tool.url())) {
            return "would speak to the guard itself";
        }
        if (tool != null && (tool.kind() == ToolKind.MCP || tool.kind() == ToolKind.OTHER)) {
            String objection = objectionToNames(call.input(), inputs.words().isRead(), call.cwd());
            if (objection != null) {
                return objection;
            }
        }
        return inputs.has(InputName.COMMAND) ? objectionToCommands(inputs, call.cwd()) : null;
    }

    /** Whatever a tool calls its arguments: a text without blanks may be the name of a file, or an address. */
    private @Nullable String objectionToNames(@Nullable Object value, boolean reads, @Nullable String cwd) {
        if (value instanceof Map<?, ?> map) {
            return objectionToNames(map.values(), reads, cwd);
        }
        if (value instanceof Collection<?> elements) {
            for (Object element : elements) {
                String objection = objectionToNames(element, reads, cwd);
                if (objection != null) {
                    return objection;
                }
            }
            return null;
        }
        if (!(value instanceof String text)
                || text.length() > LONGEST_NAME
                || text.chars().anyMatch(Character::isWhitespace)) {
            return null;
        }
        if (this.port.isReachedBy(text)) {
            return "would speak to the guard itself";
        }
        return this.files.mayBeNamedBy(text)
                ? objection(new FileUse(reads ? FileUse.Kind.READ : FileUse.Kind.WRITE, text, false), cwd)
                : null;
    }

    private static boolean changesSettings(AgentCall call) {
        return "ConfigChange".equals(call.eventName())
                && call.input().get("source") instanceof String source
                && source.endsWith("_settings")
                && !source.startsWith("policy");
    }

    private @Nullable String objection(FileUse use, @Nullable String cwd) {
        boolean whole = use.recursive() || use.kind() == FileUse.Kind.DELETE;
        if (use.kind() != FileUse.Kind.LIST
                && this.files.isSecret(use.path(), cwd, whole, use.kind() == FileUse.Kind.READ)) {
            return "would touch the store or a key of the guard";
        }
        if (use.changes() && this.files.isLocked(use.path(), cwd, whole)) {
            return "would change the settings of the hooks or the policies of the guard";
        }
        return null;
    }

    private @Nullable String objectionToCommands(PolicyInputs inputs, @Nullable String cwd) {
        for (FileUse use : IndirectFiles.of(inputs, command -> ONLY_SHOW.contains(command.name()))) {
            String objection = objection(use, cwd);
            if (objection != null) {
                return objection;
            }
        }
        for (FileUse use : new FoundGuardFiles(inputs.shell(), this.files::mayBeOwnName).read()) {
            String objection = objection(use, cwd);
            if (objection != null) {
                return objection;
            }
        }
        boolean cleans = cwd != null
                && inputs.commands().git().stream().anyMatch(git -> git.has(GitEffect.CLEANS))
                && inputs.shell().commands().stream().anyMatch(command -> command.hasFlag("x", "X"));
        if (cleans && this.files.isSecret(".", cwd, true)) {
            return "would touch the store or a key of the guard";
        }
        return objection(inputs.shell(), cwd);
    }

    private @Nullable String objection(ShellFacts shell, @Nullable String cwd) {
        boolean inside = cwd != null && this.files.mayBeNamedBy(cwd);
        for (ShellCommand command : shell.commands()) {
            for (String source : ContainerMounts.of(command)) {
                if (!source.equals(cwd)
                        && (this.files.isSecret(source, cwd, true) || this.files.isLocked(source, cwd, true))) {
                    return "would hand a container the files of the guard or the settings of its hooks";
                }
            }
            boolean shows = ONLY_SHOW.contains(command.name());
            for (String word : command.argv()) {
                String path = word.substring(word.indexOf('=') + 1);
                if (path.isEmpty()
                        || path.length() > LONGEST_NAME
                        || path.indexOf(' ') >= 0
                        || !inside && !this.files.mayBeNamedBy(path)) {
                    continue;
                }
                boolean keeps = command.name().equals("git");
                if ((!shows || keeps) && this.files.isSecret(path, cwd, false)) {
                    return "would touch the store or a key of the guard";
                }
                if (!shows && this.files.isLocked(path, cwd, false)) {
                    return "would change the settings of the hooks or the policies of the guard";
                }
            }
        }
        for (InlineCode code : shell.inlineCode()) {
            if (HOOK_SETTINGS.stream().anyMatch(code.text()::contains)
                    || this.secretTexts.stream().anyMatch(code.text()::contains)) {
                return "would touch the guard or the settings of its hooks";
            }
        }
        return this.commands.objection(shell);
    }
}
