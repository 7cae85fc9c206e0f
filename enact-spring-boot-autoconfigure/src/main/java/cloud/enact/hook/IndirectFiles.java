package cloud.enact.hook;

import cloud.enact.analysis.command.FileAccess;
import cloud.enact.analysis.shell.Redirection;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.shell.ShellWord;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.builtin.FileUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Finds files that commands use without naming them: by their directory, under another name, through other programs. */
final class IndirectFiles {

    /** Programs that put what they are given into a directory under its own name. */
    private static final Set<String> INTO = Set.of(
            "mv", "cp", "ln", "install", "rsync", "scp", "ditto", "copy", "xcopy", "move", "copy-item", "move-item");

    /** Programs after which there is another way to what they are given. */
    private static final Set<String> LINKERS = Set.of("ln", "mount", "bindfs", "mklink");

    /** Programs that change the directory they are given, and so what can be done with what is in it. */
    private static final Set<String> HOLDERS =
            Set.of("chmod", "chown", "chgrp", "chattr", "setfacl", "gio", "mount", "umount", "bindfs", "icacls");

    /** Programs have one target; with more of them, what goes where takes too long to tell. */
    private static final int MOST_TARGETS = 4;

    /** Programs that search whole directories without being told so. */
    private static final Set<String> SEARCHERS = Set.of("rg", "ripgrep", "ag", "ack");

    private static final Set<String> UNPACKERS = Set.of(
            "tar", "gtar", "bsdtar", "unzip", "cpio", "7z", "7za", "7zz", "unrar", "jar", "pax", "expand-archive");

    /** Further before, looking for it would cost more than the text. */
    private static final int MOST_BEFORE = 16;

    private static final String ANY = "*";

    private static final List<String> HANDING_ON = List.of("xargs", "parallel");

    private final ShellFacts shell;

    private final Predicate<ShellCommand> onlyShows;

    private final Map<Integer, List<FileAccess>> byCommand = new HashMap<>();

    private final List<FileUse> uses = new ArrayList<>(0);

    private IndirectFiles(PolicyInputs inputs, Predicate<ShellCommand> onlyShows) {
        this.shell = inputs.shell();
        this.onlyShows = onlyShows;
        for (FileAccess access : inputs.commands().files()) {
            this.byCommand
                    .computeIfAbsent(access.command(), command -> new ArrayList<>(2))
                    .add(access);
        }
    }

    /**
     * Finds them.
     *
     * @param onlyShows whether a command changes nothing
     */
    static List<FileUse> of(PolicyInputs inputs, Predicate<ShellCommand> onlyShows) {
        return new IndirectFiles(inputs, onlyShows).find();
    }

    private List<FileUse> find() {
        List<ShellCommand> commands = this.shell.commands();
        for (int i = 0; i < commands.size(); i++) {
            ShellCommand command = commands.get(i);
            List<FileAccess> files = this.byCommand.getOrDefault(i, List.of());
            if (INTO.contains(command.name())) {
                putInto(files);
            }
            if (LINKERS.contains(command.name()) || command.name().equals("cp") && command.hasFlag("l", "link")) {
                files.forEach(access -> whole(access.path()));
            }
            if (UNPACKERS.contains(command.name())) {
                unpacked(i);
            }
            if (SEARCHERS.contains(command.name())) {
                files.forEach(this::searched);
            }
            if (HOLDERS.contains(command.name())) {
                command.arguments().forEach(this::held);
            }
        }
        this.shell.pipelines().forEach(this::handedOn);
        return this.uses;
    }

    /** Where the line went before, an archive may bring any file. */
    private void unpacked(int index) {
        for (int i = Math.max(0, index - MOST_BEFORE); i < index; i++) {
            ShellCommand before = this.shell.commands().get(i);
            if (before.name().equals("cd") || before.name().equals("pushd")) {
                for (ShellWord word : before.arguments()) {
                    this.uses.add(new FileUse(FileUse.Kind.WRITE, word.text() + "/settings.json", false));
                    this.uses.add(new FileUse(FileUse.Kind.WRITE, word.text() + "/" + ANY, false));
                }
            }
        }
    }

    private void putInto(List<FileAccess> files) {
        List<FileAccess> targets = files.stream()
                .filter(access -> access.kind() == FileAccess.Kind.WRITE)
                .toList();
        for (FileAccess target : targets) {
            if (targets.size() > MOST_TARGETS) {
                put(target, ANY, false);
                continue;
            }
            for (FileAccess source : files) {
                if (source.kind() != FileAccess.Kind.WRITE) {
                    String name = name(source.path().text());
                    put(target, name, source.recursive() && !name.equals(ANY));
                }
            }
        }
    }

    private void put(FileAccess target, String name, boolean recursive) {
        this.uses.add(new FileUse(FileUse.Kind.WRITE, target.path().text() + "/" + name, recursive));
    }

    /** The name it gets; any when it is what lies in a directory that is put there. */
    private static String name(String source) {
        int slash = Math.max(source.lastIndexOf('/'), Math.max(source.lastIndexOf('\\'), source.lastIndexOf(':')));
        String name = source.substring(slash + 1);
        return (name.isEmpty() || name.equals(".")) ? ANY : name;
    }

    /** The code that awk and sed take is none. */
    private static boolean mayBeName(ShellWord word) {
        return word.text().chars().noneMatch(c -> " $;\n".indexOf(c) >= 0);
    }

    private void whole(ShellWord path) {
        this.uses.add(new FileUse(FileUse.Kind.WRITE, path.text(), true));
    }

    private void searched(FileAccess access) {
        if (access.kind() == FileAccess.Kind.READ && !access.path().text().equals(".")) {
            this.uses.add(new FileUse(FileUse.Kind.READ, access.path().text(), true));
        }
    }

    /** A directory of settings as a whole; one of the guard where nobody can mean another one. */
    private void held(ShellWord word) {
        this.uses.add(new FileUse(FileUse.Kind.WRITE, word.text() + "/settings.json", false));
        if (word.text().startsWith("/")) {
            this.uses.add(new FileUse(FileUse.Kind.WRITE, word.text() + "/" + ANY, false));
        }
    }

    /** {@code ls .claude/*.json | xargs rm}. */
    private void handedOn(List<Integer> pipeline) {
        List<ShellCommand> commands = this.shell.commands();
        List<ShellWord> named = new ArrayList<>();
        for (int index : pipeline) {
            ShellCommand command = commands.get(index);
            boolean takes = command.wrappers().stream()
                    .anyMatch(wrapper -> HANDING_ON.stream().anyMatch(wrapper::startsWith));
            boolean changes = !this.onlyShows.test(command)
                    || command.redirections().stream().anyMatch(Redirection::writes);
            if (takes && changes) {
                for (ShellWord word : named) {
                    this.uses.add(new FileUse(FileUse.Kind.WRITE, word.text(), false));
                    this.uses.add(new FileUse(FileUse.Kind.WRITE, word.text() + "/settings.json", false));
                }
                named.clear();
            }
            command.arguments().stream().filter(IndirectFiles::mayBeName).forEach(named::add);
        }
    }
}
