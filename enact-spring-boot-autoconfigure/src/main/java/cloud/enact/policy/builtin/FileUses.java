package cloud.enact.policy.builtin;

import cloud.enact.analysis.shell.Redirection;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.policy.ActionWords;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.builtin.FileUse.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the files that a call uses, and for what: in its arguments, its command lines and its patches. */
public final class FileUses {

    private static final Set<String> LISTS = Set.of(
            "list ls exists exist has is stat status count glob find check access tree dir chmod chown touch mkdir"
                    .split(" "));

    private static final Set<String> WRITES =
            Set.of(("write create update edit append insert replace put save set patch modify overwrite generate apply "
                            + "format fix store str sync install init make touch mkdir chmod chown change rewrite "
                            + "substitute prepend multiedit output dump export")
                    .split(" "));

    private static final Set<String> SOURCE_IS_GONE = Set.of("move", "rename", "mv");

    private static final Set<String> MOVES = Set.of("move", "rename", "mv", "copy", "cp", "link", "symlink", "ln");

    /** Also hand on what is in the file, together with another verb. */
    private static final Set<String> READS =
            Set.of("read", "cat", "show", "open", "load", "view", "print", "fetch", "copy", "get");

    private static final Set<String> MODES = Set.of("mode", "openmode", "access", "filemode", "flags", "flag");

    private static final Set<String> TARGET_BEGINNINGS = Set.of("dest", "dst", "target", "to", "new", "output");

    private static final Set<String> PATCHERS = Set.of("patch", "apply_patch", "git", "applypatch");

    private FileUses() {}

    /** Whether the call can use files at all. */
    public static boolean arePossible(PolicyInputs inputs) {
        return FilePaths.areNamedIn(inputs)
                || inputs.has(InputName.COMMAND)
                || inputs.has(InputName.CONTENT) && !patched(inputs).isEmpty();
    }

    /** Every use of a file, those by arguments first. */
    public static List<FileUse> of(PolicyInputs inputs) {
        return inputs.found(FileUses.class, FileUses::find);
    }

    private static List<FileUse> find(PolicyInputs inputs) {
        List<FileUse> uses = new ArrayList<>(2);
        if (FilePaths.areNamedIn(inputs)) {
            addArguments(uses, inputs);
        }
        if (inputs.has(InputName.CONTENT)) {
            uses.addAll(patched(inputs));
        }
        if (inputs.has(InputName.COMMAND)) {
            uses.addAll(new CommandFileUses(inputs).find());
            uses.addAll(patchedByCommands(inputs));
        }
        return uses;
    }

    /** What patches do that command lines bring along. */
    public static List<FileUse> patchedByCommands(PolicyInputs inputs) {
        List<FileUse> uses = new ArrayList<>(0);
        for (ShellCommand command : inputs.shell().commands()) {
            if (PATCHERS.contains(command.name())) {
                for (Redirection redirection : command.redirections()) {
                    PatchFiles.in(redirection.target().text())
                            .forEach((path, kind) -> uses.add(new FileUse(kind, path, false)));
                }
            }
        }
        return uses;
    }

    private static List<FileUse> patched(PolicyInputs inputs) {
        List<FileUse> uses = new ArrayList<>(1);
        if (inputs.words().isRead()) {
            return uses;
        }
        for (String text : inputs.texts(InputName.CONTENT)) {
            PatchFiles.in(text).forEach((path, kind) -> uses.add(new FileUse(kind, path, false)));
        }
        return uses;
    }

    private static void addArguments(List<FileUse> uses, PolicyInputs inputs) {
        Set<Kind> kinds = kinds(inputs);
        boolean moves =
                !inputs.words().isRead() && inputs.words().indexInOperation(MOVES) >= 0 && !kinds.contains(Kind.WRITE);
        List<String> targets = moves ? targets(inputs) : List.of();
        for (String path : FilePaths.in(inputs)) {
            if (moves && !targets.contains(path)) {
                uses.add(FileUse.from(inputs.directory(), Kind.READ, path, true));
                boolean gone = inputs.words().hasAny(SOURCE_IS_GONE);
                if (gone || targets.isEmpty()) {
                    uses.add(FileUse.from(inputs.directory(), gone ? Kind.DELETE : Kind.WRITE, path, true));
                }
            } else if (moves) {
                uses.add(FileUse.from(inputs.directory(), Kind.WRITE, path, true));
            } else {
                for (Kind kind : kinds) {
                    uses.add(FileUse.from(inputs.directory(), kind, path, kind == Kind.DELETE));
                }
            }
        }
    }

    /** Ends of a copy or a move where something is put. */
    private static List<String> targets(PolicyInputs inputs) {
        List<String> targets = new ArrayList<>(1);
        ArgumentTree.visit(inputs, (name, value) -> {
            if (value != null && TARGET_BEGINNINGS.stream().anyMatch(name::startsWith)) {
                targets.add(value.toString());
            }
        });
        return targets;
    }

    /** Whether the name of the action says what it does to files, and it is no deletion. */
    public static boolean areToldByName(PolicyInputs inputs) {
        ActionWords words = inputs.words();
        return !FilePaths.areDeletedBy(inputs)
                && (words.isRead()
                        || words.indexInOperation(WRITES) >= 0
                        || words.indexInOperation(LISTS) >= 0
                        || words.indexInOperation(MOVES) >= 0);
    }

    /** What the call does to the paths in its arguments, judging by its name. */
    private static Set<Kind> kinds(PolicyInputs inputs) {
        ActionWords words = inputs.words();
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        String verb = words.operation().isEmpty() ? "" : words.operation().get(0);
        if (FilePaths.areDeletedBy(inputs) || FilePaths.beginsWithDeletion(words)) {
            kinds.add(Kind.DELETE);
        }
        boolean writes = words.indexInOperation(WRITES) >= 0 || writesByMode(inputs);
        if (!words.isRead() && (writes || inputs.has(InputName.CONTENT))) {
            kinds.add(Kind.WRITE);
        }
        if (words.isRead() && writesByMode(inputs)) {
            kinds.add(Kind.WRITE);
        }
        if (!words.isRead() && words.indexInOperation(READS) >= 0) {
            kinds.add(Kind.READ);
        }
        if (kinds.isEmpty()) {
            kinds.add(LISTS.contains(verb) ? Kind.LIST : Kind.READ);
            if (inputs.named() && !words.isRead() && !LISTS.contains(verb)) {
                // the policy was attached to this very action, so it does what the policy is about
                kinds.add(Kind.WRITE);
            }
        }
        return kinds;
    }

    /** {@code open(path, "w")}. */
    private static boolean writesByMode(PolicyInputs inputs) {
        boolean[] writes = new boolean[1];
        ArgumentTree.visit(inputs, (name, value) -> {
            @Nullable String mode = (value instanceof String text && MODES.contains(name)) ? text : null;
            writes[0] |= mode != null
                    && mode.length() <= 12
                    && mode.toLowerCase(Locale.ROOT).chars().anyMatch(c -> "wax+".indexOf(c) >= 0)
                    && !mode.toLowerCase(Locale.ROOT).startsWith("r");
        });
        return writes[0];
    }
}
