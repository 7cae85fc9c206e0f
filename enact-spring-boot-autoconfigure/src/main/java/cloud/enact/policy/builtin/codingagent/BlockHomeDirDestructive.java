package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.command.Destruction;
import cloud.enact.analysis.command.Destruction.Family;
import cloud.enact.analysis.command.Elsewhere;
import cloud.enact.analysis.command.FileAccess;
import cloud.enact.analysis.command.FileAccess.Kind;
import cloud.enact.analysis.path.CurrentDirectory;
import cloud.enact.analysis.path.SecretFiles;
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

    /** How Perl says it. */
    private static final List<String> PATTERNS = List.of("unlink glob", "unlink(glob", "unlink <");

    private static final String INSTEAD = " Delete single files, work below /tmp, or ask a person.";

    private static final Set<String> OWNERS =
            Set.of("chmod", "chown", "chgrp", "setfacl", "chattr", "icacls", "takeown");

    private static final Set<String> FILTERS = Set.of(
            ("-name -iname -path -ipath -wholename -regex -iregex -mtime -mmin -atime -ctime -amin -cmin -newer -size "
                            + "-empty -maxdepth -samefile -inum -lname")
                    .split(" "));

    private static final Set<String> MAKERS = Set.of("mkdir", "touch", "chmod", "chown", "ln");

    private static final Set<String> SHREDDERS = Set.of("shred", "srm", "scrub", "wipe");

    private static final Set<String> THINGS = Set.of(
            "file files dir directory folder path tree fs filesystem recursive delete remove rm rmtree".split(" "));

    private final String home;

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
        DeletedPlaces places = places(inputs, ShellFacts.none());
        for (String path : inputs.originals(InputName.PATH)) {
            if (places.of(ShellWord.of(path)).compareTo(DeletedPlace.TOP) >= 0) {
                return block("The action deletes " + quoted(path) + " as a whole." + INSTEAD);
            }
        }
        return null;
    }

    private DeletedPlaces places(PolicyInputs inputs, ShellFacts shell) {
        return new DeletedPlaces(shell, CurrentDirectory.of(inputs.directory(), this.home), this.home);
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
        if (MachineHarm.endsServices(shell)) {
            worst = worse(worst, ask("The command line stops a service of the machine. Ask a person to do it."));
        }
        DeletedPlaces here = places(inputs, shell);
        DeletedPlaces elsewhere = here.elsewhere();
        CommandTraits traits = null;
        int of = -1;
        for (FileAccess access : inputs.commands().files()) {
            if (traits == null || access.command() != of) {
                of = access.command();
                traits = CommandTraits.of(shell.commands().get(of));
            }
            worst = worse(worst, judge(access, traits, traits.elsewhere() ? elsewhere : here, shell));
        }
        if (shell.inlineCode().stream().anyMatch(code -> PATTERNS.stream().anyMatch(code.text()::contains))) {
            worst = worse(worst, ask("The code deletes files that only a pattern names." + INSTEAD));
        }
        for (ShellCommand command : shell.commands()) {
            worst = worse(worst, judge(command, Elsewhere.runs(command) ? elsewhere : here));
        }
        return worst;
    }

    private static @Nullable Verdict worse(@Nullable Verdict one, @Nullable Verdict other) {
        if (one == null || other == null) {
            return (one == null) ? other : one;
        }
        return (other.effect().compareTo(one.effect()) > 0) ? other : one;
    }

    private @Nullable Verdict judge(FileAccess access, CommandTraits traits, DeletedPlaces places, ShellFacts shell) {
        ShellCommand command = traits.command();
        String path = access.path().text();
        Verdict overwritten = judgeContent(access, traits, places, shell);
        if (overwritten != null || access.kind() != Kind.DELETE || traits.harmless()) {
            return overwritten;
        }
        DeletedPlace place = places.of(access.path());
        if (Set.of("mv", "rename", "move").contains(command.name())) {
            return judgeMove(access, traits, place, places);
        }
        if (command.name().equals("find")) {
            ShellWord found = new ShellWord(path + "/found", access.path().dynamic(), false);
            return judgeFind(command, place, places.of(found), path);
        }
        if (!place.isMadeAgain() && FileKinds.areMissed(access.path(), command.name(), isForMany(command))) {
            return ask("The command deletes every file of a kind that people write, or what is known of the"
                    + " infrastructure." + INSTEAD);
        }
        boolean top = place == DeletedPlace.TOP && access.recursive();
        if (place == DeletedPlace.WHOLE || top) {
            boolean tree = access.recursive() || access.path().glob() || !places.areOwn(path);
            return tree || isForMany(command) ? block(whole(path)) : null;
        }
        boolean away =
                place == DeletedPlace.UNKNOWN || place.compareTo(DeletedPlace.UNKNOWN) > 0 && !places.areOwn(path);
        if (!access.recursive() && away && isForMany(command)) {
            return ask("The command deletes files that only something else names." + INSTEAD);
        }
        if (FileKinds.isData(path) && !places.areOwn(path) && place.compareTo(DeletedPlace.TEMPORARY) > 0) {
            return ask("The command deletes " + quoted(path) + ", a database or a copy of one." + INSTEAD);
        }
        if (!access.recursive() && place == DeletedPlace.TOP && isHidden(places.fromRoot(path))) {
            return ask("The command deletes the settings in " + quoted(path) + "." + INSTEAD);
        }
        if (isKey(path, place, places)) {
            return ask("The command deletes the key or password in " + quoted(path) + "." + INSTEAD);
        }
        if (!access.recursive()
                || place.compareTo(DeletedPlace.GENERATED) <= 0
                || command.name().equals("rmdir")) {
            return null;
        }
        return ask("The command deletes " + quoted(path) + " with everything below it." + INSTEAD);
    }

    /** Judges what is written into a file, or over what it held. */
    private @Nullable Verdict judgeContent(
            FileAccess access, CommandTraits traits, DeletedPlaces places, ShellFacts shell) {
        ShellCommand command = traits.command();
        boolean shreds = SHREDDERS.contains(command.name()) && access.kind() == Kind.DELETE;
        if (!shreds && access.kind() != Kind.WRITE) {
            return null;
        }
        String path = access.path().text();
        String full = places.fromRoot(path);
        if (access.kind() == Kind.WRITE && SystemFiles.areDisk(path, full)) {
            return block("The command writes over the disk " + quoted(path) + "." + INSTEAD);
        }
        if (access.kind() == Kind.WRITE
                && SystemFiles.areIn(full)
                && (!MAKERS.contains(command.name()) || command.name().equals("ln") && full.startsWith("/etc/"))) {
            String what = "The command changes the system's " + quoted(path) + "." + INSTEAD;
            return traits.empties() ? block(what) : ask(what);
        }
        if (traits.harmless() || full.startsWith("/dev/") || shreds && access.recursive()) {
            return null;
        }
        if (access.kind() == Kind.WRITE && StartupFiles.areChanged(path, this.home, access.command(), shell)) {
            return ask("What the command writes into " + quoted(path) + " runs by itself later." + INSTEAD);
        }
        if ((shreds || traits.empties())
                && (shreds || !places.areOwn(path) || FileKinds.isData(path) || FileKinds.isWritten(path))
                && places.of(access.path()) != DeletedPlace.TEMPORARY) {
            return ask("The command takes what is in " + quoted(path) + " away for good." + INSTEAD);
        }
        if (traits.replaces() && isKey(path, places.of(access.path()), places)) {
            return ask("The command writes over the key or password in " + quoted(path) + "." + INSTEAD);
        }
        if (traits.replaces() && isHidden(full) && places.of(access.path()) == DeletedPlace.TOP) {
            return ask("The command writes over the settings in " + quoted(path) + ". Add to them, or ask a person.");
        }
        return null;
    }

    private @Nullable Verdict judgeMove(
            FileAccess access, CommandTraits traits, DeletedPlace place, DeletedPlaces places) {
        String path = access.path().text();
        boolean gone = traits.toNothing();
        if (place == DeletedPlace.WHOLE || gone) {
            return gone || !places.areOwn(path) ? block(whole(path)) : ask(whole(path));
        }
        List<ShellWord> words = traits.command().words();
        ShellWord target = words.get(words.size() - 1);
        boolean lost = place == DeletedPlace.TOP && places.of(target) == DeletedPlace.TEMPORARY;
        return lost ? ask("The command moves " + quoted(path) + " to where files are cleaned up." + INSTEAD) : null;
    }

    private static boolean isHidden(String path) {
        return path.indexOf("/.", path.lastIndexOf('/')) >= 0;
    }

    /** Whether a file outside of the project lets somebody in somewhere. */
    private boolean isKey(String path, DeletedPlace place, DeletedPlaces places) {
        return place.compareTo(DeletedPlace.UNKNOWN) >= 0
                && !places.areOwn(path)
                && SecretFiles.kind(places.fromRoot(path), this.home) != null;
    }

    private static String whole(String path) {
        return "The command takes " + quoted(path) + " away as a whole." + INSTEAD;
    }

    private static boolean isNarrowed(ShellCommand find) {
        List<String> words = find.argv();
        boolean narrowed = false;
        boolean pruned = false;
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            boolean everything = i + 1 < words.size() && words.get(i + 1).equals("*");
            boolean negated = words.get(i - 1).equals("!") || words.get(i - 1).equals("-not");
            narrowed |= FILTERS.contains(word) && !everything && !negated;
            if (pruned && (word.equals("-o") || word.equals("-or"))) {
                // what was named so far is left out
                narrowed = false;
            }
            pruned |= word.equals("-prune");
        }
        return narrowed;
    }

    private @Nullable Verdict judgeFind(ShellCommand find, DeletedPlace place, DeletedPlace found, String path) {
        boolean narrowed = isNarrowed(find);
        if (find.argv().stream().anyMatch(FileKinds::areAllOfOne) && !found.isMadeAgain()) {
            return ask("The command deletes every file of a kind that people write." + INSTEAD);
        }
        if (place.compareTo(DeletedPlace.GENERATED) <= 0 || narrowed && found.compareTo(DeletedPlace.INSIDE) <= 0) {
            return null;
        }
        return (narrowed || place == DeletedPlace.INSIDE || place == DeletedPlace.UNKNOWN)
                ? ask("The command deletes what it finds below " + quoted(path) + "." + INSTEAD)
                : block(whole(path));
    }

    private @Nullable Verdict judge(ShellCommand command, DeletedPlaces places) {
        String harm = MachineHarm.of(command);
        if (harm != null) {
            return ask(harm + " Ask a person to do it.");
        }
        if (isLeftOpen(command)) {
            return ask("The command deletes directories and names none." + INSTEAD);
        }
        boolean fromInput = Set.of("remove-item", "ri", "stop-process", "spps")
                        .contains(command.name().toLowerCase(Locale.ROOT))
                && command.arguments().stream().allMatch(word -> word.text().startsWith("-"));
        if (fromInput && !command.hasFlag("whatif", "?")) {
            return ask("The command deletes or ends what only something else names." + INSTEAD);
        }
        if (OWNERS.contains(command.name()) && command.hasFlag("R", "recursive")) {
            List<ShellWord> operands = command.arguments().stream()
                    .filter(w -> !w.text().startsWith("-"))
                    .toList();
            boolean modeFirst =
                    command.name().startsWith("ch") && !command.name().equals("chattr");
            for (ShellWord word : operands.subList(Math.min(modeFirst ? 1 : 0, operands.size()), operands.size())) {
                if (!places.areOwn(word.text()) && places.of(word).compareTo(DeletedPlace.TOP) >= 0) {
                    return block("The command changes who may use all of " + quoted(word.text()) + "." + INSTEAD);
                }
            }
        }
        return null;
    }

    /** {@code rm -rf}, and nothing behind it: what it was meant for is missing. */
    private static boolean isLeftOpen(ShellCommand command) {
        return command.name().equals("rm")
                && command.hasFlag("r", "R", "recursive")
                && !command.hasFlag("help", "version")
                && command.wrappers().isEmpty()
                && command.arguments().stream().allMatch(word -> word.text().startsWith("-"));
    }
}
