package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.command.Destruction;
import cloud.enact.analysis.command.Destruction.Family;
import cloud.enact.analysis.command.FileAccess;
import cloud.enact.analysis.command.FileAccess.Kind;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.shell.ShellWord;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Blocks the loss of homes, projects, systems and disks; asks before any other directory goes that is not made to be
 * thrown away.
 */
final class BlockHomeDirDestructive extends CommandPolicy {

    static final String NAME = "coding-agent.block-home-dir-destructive";

    static final String HARM = "A home directory, a system or a disk is emptied, and nothing brings it back.";

    private static final String INSTEAD = " Delete single files, work below /tmp, or ask a person.";

    private static final Set<String> OWNERS =
            Set.of("chmod", "chown", "chgrp", "setfacl", "chattr", "icacls", "takeown");

    private static final Set<String> FILTERS = Set.of(
            ("-name -iname -path -ipath -wholename -regex -iregex -mtime -mmin -atime -ctime -amin -cmin -newer -size "
                            + "-empty -maxdepth -samefile -inum -lname")
                    .split(" "));

    private static final Set<String> MAKERS = Set.of("mkdir", "touch", "chmod", "chown", "ln");

    private static final Set<String> SHREDDERS = Set.of("shred", "srm", "scrub", "wipe");

    private static final Set<String> DATA =
            Set.of(".db", ".sqlite", ".sqlite3", ".mdb", ".dump", ".bak", ".rdb", ".kdbx", ".ldf", ".mdf", ".ibd");

    private final String home;

    private static final Set<String> THINGS = Set.of(
            "file",
            "files",
            "dir",
            "directory",
            "folder",
            "path",
            "tree",
            "fs",
            "filesystem",
            "recursive",
            "delete",
            "remove",
            "rm",
            "rmtree");

    BlockHomeDirDestructive(String home) {
        super(
                NAME,
                "Nothing that people keep is deleted as a whole.",
                "rm del rmdir rmtree mkfs dd shred unlink chown");
        this.home = home;
    }

    @Override
    protected boolean appliesToTool(PolicyInputs inputs) {
        return inputs.has(InputName.PATH);
    }

    @Override
    protected @Nullable Verdict judgeTool(PolicyInputs inputs) {
        if (!takesAway(inputs.words(), THINGS)) {
            return null;
        }
        for (String path : inputs.originals(InputName.PATH)) {
            if (DeletedPlace.of(ShellWord.of(path), ShellFacts.none(), this.home)
                            .compareTo(DeletedPlace.TOP)
                    >= 0) {
                return block("The action deletes " + quoted(path) + " as a whole." + INSTEAD);
            }
        }
        return null;
    }

    @Override
    protected @Nullable Verdict judgeShell(PolicyInputs inputs, ShellFacts shell) {
        Destruction found = destruction(inputs, each -> each.family() == Family.MACHINE);
        if (found != null) {
            return block(quoted(found.phrase()) + " empties a disk or a part of the system." + INSTEAD);
        }
        Verdict worst = MachineHarm.isForkBomb(shell)
                ? ask("The command line starts itself again and again until nothing else runs. Leave it out.")
                : null;
        CommandTraits traits = null;
        int of = -1;
        for (FileAccess access : inputs.commands().files()) {
            if (traits == null || access.command() != of) {
                of = access.command();
                traits = CommandTraits.of(shell.commands().get(of));
            }
            worst = worse(worst, judge(access, traits, shell));
        }
        for (ShellCommand command : shell.commands()) {
            worst = worse(worst, judge(command, shell));
        }
        return worst;
    }

    private static @Nullable Verdict worse(@Nullable Verdict one, @Nullable Verdict other) {
        if (one == null || other == null) {
            return (one == null) ? other : one;
        }
        return (other.effect().compareTo(one.effect()) > 0) ? other : one;
    }

    private @Nullable Verdict judge(FileAccess access, CommandTraits traits, ShellFacts shell) {
        ShellCommand command = traits.command();
        String path = access.path().text();
        if (access.kind() == Kind.WRITE && isDisk(path)) {
            return block("The command writes over the disk " + quoted(path) + "." + INSTEAD);
        }
        if (access.kind() == Kind.WRITE && isOfSystem(path) && !MAKERS.contains(command.name())) {
            return replaced(traits, path);
        }
        boolean shreds = SHREDDERS.contains(command.name()) && access.kind() == Kind.DELETE;
        if ((shreds || access.kind() == Kind.WRITE && traits.empties())
                && (shreds || !isRelative(path) || isData(path))
                && !traits.harmless()
                && !path.startsWith("/dev/")
                && DeletedPlace.of(access.path(), shell, this.home) != DeletedPlace.TEMPORARY
                && !(access.recursive() && shreds)) {
            return ask("The command takes what is in " + quoted(path) + " away for good." + INSTEAD);
        }
        if (access.kind() != Kind.DELETE || traits.harmless()) {
            return null;
        }
        boolean moved = Set.of("mv", "rename", "move").contains(command.name());
        DeletedPlace place = DeletedPlace.of(access.path(), shell, this.home);
        if (moved) {
            boolean gone = traits.toNothing();
            if (place != DeletedPlace.WHOLE && !gone) {
                return null;
            }
            return gone || !isRelative(path) ? block(whole(path)) : ask(whole(path));
        }
        if (command.name().equals("find")) {
            return judgeFind(command, place, path);
        }
        boolean top = place == DeletedPlace.TOP && access.recursive();
        if (place == DeletedPlace.WHOLE || top) {
            boolean tree = access.recursive() || access.path().glob() || !isRelative(path);
            return tree || isForMany(command) ? block(whole(path)) : null;
        }
        if (!access.recursive() && place == DeletedPlace.UNKNOWN && isForMany(command)) {
            return ask("The command deletes files that only something else names." + INSTEAD);
        }
        if (!access.recursive() && place == DeletedPlace.TOP && isHidden(path)) {
            return ask("The command deletes the settings in " + quoted(path) + "." + INSTEAD);
        }
        if (!access.recursive()
                || place == DeletedPlace.TEMPORARY
                || command.name().equals("rmdir")) {
            return null;
        }
        return ask("The command deletes " + quoted(path) + " with everything below it." + INSTEAD);
    }

    private static boolean isHidden(String path) {
        return path.indexOf("/.", path.lastIndexOf('/')) >= 0;
    }

    private static String whole(String path) {
        return "The command takes " + quoted(path) + " away as a whole." + INSTEAD;
    }

    private static boolean isRelative(String path) {
        return !path.isEmpty() && "/~$\\".indexOf(path.charAt(0)) < 0 && !path.startsWith("..");
    }

    private static boolean isNarrowed(ShellCommand find) {
        for (int i = 0; i + 1 < find.arguments().size(); i++) {
            boolean everything = find.arguments().get(i + 1).text().equals("*");
            if (FILTERS.contains(find.arguments().get(i).text()) && !everything) {
                return true;
            }
        }
        return find.argv().contains("-empty");
    }

    private @Nullable Verdict judgeFind(ShellCommand find, DeletedPlace place, String path) {
        boolean narrowed = isNarrowed(find);
        if (place == DeletedPlace.TEMPORARY || narrowed && (place == DeletedPlace.INSIDE || isRelative(path))) {
            return null;
        }
        return (narrowed || place == DeletedPlace.INSIDE || place == DeletedPlace.UNKNOWN)
                ? ask("The command deletes what it finds below " + quoted(path) + "." + INSTEAD)
                : block(whole(path));
    }

    private @Nullable Verdict judge(ShellCommand command, ShellFacts shell) {
        String harm = MachineHarm.of(command);
        if (harm != null) {
            return ask(harm + " Ask a person to do it.");
        }
        boolean fromInput = Set.of("remove-item", "ri").contains(command.name().toLowerCase(Locale.ROOT))
                && command.arguments().stream().allMatch(word -> word.text().startsWith("-"));
        if (fromInput && !command.hasFlag("whatif", "?")) {
            return ask("The command deletes what only something else names." + INSTEAD);
        }
        if (OWNERS.contains(command.name()) && command.hasFlag("R", "recursive")) {
            List<ShellWord> operands = command.arguments().stream()
                    .filter(w -> !w.text().startsWith("-"))
                    .toList();
            for (ShellWord word : operands.subList(Math.min(1, operands.size()), operands.size())) {
                boolean relative = isRelative(word.text());
                if (!relative && DeletedPlace.of(word, shell, this.home).compareTo(DeletedPlace.TOP) >= 0) {
                    return block("The command changes who may use all of " + quoted(word.text()) + "." + INSTEAD);
                }
            }
        }
        return null;
    }

    private Verdict replaced(CommandTraits traits, String path) {
        String what = "The command changes the system's " + quoted(path) + "." + INSTEAD;
        return traits.empties() ? block(what) : ask(what);
    }

    /** Whether a file is a database or a copy of one, by its name. */
    private static boolean isData(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return DATA.stream().anyMatch(name::endsWith);
    }

    private static boolean isOfSystem(String path) {
        return path.startsWith("/etc/")
                || path.startsWith("/usr/") && !path.startsWith("/usr/local/")
                || path.startsWith("/bin/")
                || path.startsWith("/sbin/")
                || path.startsWith("/boot/")
                || path.startsWith("/proc/sys")
                || path.startsWith("/sys/")
                || path.startsWith("/lib");
    }

    private static boolean isDisk(String path) {
        if (!path.startsWith("/dev/") && !path.startsWith("\\\\.\\")) {
            return false;
        }
        String device = path.substring(path.lastIndexOf('/') + 1);
        return List.of("sd", "hd", "vd", "xvd", "nvme", "disk", "rdisk", "mmcblk", "loop", "md", "dm-", "mem", "kmem")
                        .stream()
                        .anyMatch(device::startsWith)
                || path.startsWith("/dev/mapper/")
                || path.startsWith("/dev/disk/")
                || path.startsWith("\\\\.\\");
    }
}
