package cloud.enact.analysis.command;

import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.shell.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files that a find hands to another program, by {@code -exec} or through xargs. */
final class FoundFiles {

    private static final Set<String> NAMES = Set.of("-name", "-iname");

    private static final Set<String> OTHER_FILTERS =
            Set.of(("-path -ipath -wholename -regex -iregex -mtime -mmin -atime -ctime -amin -cmin -newer -size -empty "
                            + "-samefile -inum -lname")
                    .split(" "));

    private static final int MOST = 16;

    private FoundFiles() {}

    /** Patterns for the files that a command gets from a find; empty when it gets none. */
    static List<ShellWord> of(ShellFacts shell, int index) {
        ShellCommand find = source(shell, index);
        if (find == null) {
            return List.of();
        }
        if (find.name().startsWith("fd")) {
            return ofFd(find);
        }
        List<ShellWord> roots = new ArrayList<>(1);
        List<String> names = new ArrayList<>(1);
        boolean narrowed = false;
        boolean pruned = false;
        List<ShellWord> words = find.arguments();
        boolean operands = true;
        for (int i = 0; i < words.size(); i++) {
            String text = words.get(i).text();
            if (Set.of("-H", "-L", "-P").contains(text)) {
                continue;
            }
            if (text.equals("-prune")) {
                pruned = true;
            } else if (pruned && (text.equals("-o") || text.equals("-or"))) {
                // what was named so far is left out
                names.clear();
                narrowed = false;
                pruned = false;
            }
            operands &= !text.startsWith("-") && !text.equals("(") && !text.equals("!");
            if (operands && roots.size() < MOST) {
                roots.add(words.get(i));
            }
            boolean negated =
                    i > 0 && Set.of("!", "-not").contains(words.get(i - 1).text());
            if (NAMES.contains(text) && !negated && i + 1 < words.size() && names.size() < MOST) {
                names.add(words.get(i + 1).text());
            }
            narrowed |= OTHER_FILTERS.contains(text) && !negated;
        }
        if (roots.isEmpty()) {
            roots.add(ShellWord.of("."));
        }
        if (names.isEmpty()) {
            names.add(narrowed ? "found" : "*");
        }
        return files(roots, names);
    }

    /** {@code fd pattern directory… -x program}. */
    private static List<ShellWord> ofFd(ShellCommand find) {
        List<ShellWord> operands = new ArrayList<>(2);
        String ending = "";
        String before = "";
        for (ShellWord word : find.arguments()) {
            if (Set.of("-x", "-X", "--exec", "--exec-batch").contains(word.text())) {
                break;
            }
            boolean names = Set.of("-e", "--extension").contains(before);
            before = word.text();
            if (names) {
                ending = "." + word.text();
                continue;
            }
            if (!word.text().startsWith("-") && operands.size() < MOST) {
                operands.add(word);
            }
        }
        boolean everything =
                operands.isEmpty() || Set.of(".", "").contains(operands.get(0).text());
        String name = everything ? "*" + ending : "*" + operands.get(0).text() + "*" + ending;
        List<ShellWord> roots = operands.size() < 2 ? List.of(ShellWord.of(".")) : operands.subList(1, operands.size());
        return files(roots, List.of(name));
    }

    private static List<ShellWord> files(List<ShellWord> roots, List<String> names) {
        List<ShellWord> files = new ArrayList<>(roots.size());
        for (ShellWord root : roots) {
            for (String name : names) {
                String slash = root.text().endsWith("/") ? "" : "/";
                files.add(new ShellWord(root.text() + slash + name, root.dynamic(), true));
            }
        }
        return files;
    }

    private static @Nullable ShellCommand source(ShellFacts shell, int index) {
        List<String> wrappers = shell.commands().get(index).wrappers();
        boolean executed =
                wrappers.stream().anyMatch(wrapper -> wrapper.startsWith("find") || wrapper.startsWith("fd"));
        boolean listed = wrappers.stream().anyMatch(wrapper -> wrapper.startsWith("xargs"));
        if (!executed && !listed) {
            return null;
        }
        // what stands furthest before is no source, and looking for it must not cost more than the text
        for (int i = index - 1; i >= Math.max(0, index - MOST); i--) {
            ShellCommand before = shell.commands().get(i);
            if (before.name().equals("find") || before.name().startsWith("fd")) {
                return before;
            }
        }
        return null;
    }
}
