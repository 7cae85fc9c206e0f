package cloud.enact.analysis.command;

import cloud.enact.analysis.shell.ShellWord;
import java.util.List;
import java.util.Set;

/** Reads what a checkout, switch or restore does to branches and to files with changes in them. */
final class GitCheckout {

    private static final Set<String> WITH_VALUE = Set.of(
            "b",
            "B",
            "c",
            "C",
            "orphan",
            "create",
            "force-create",
            "conflict",
            "pathspec-from-file",
            "s",
            "source",
            "prefix",
            "stage");

    private final GitReading reading;

    private final GitReading.Session session;

    GitCheckout(GitReading reading, GitReading.Session session) {
        this.reading = reading;
        this.session = session;
    }

    void read(String name, List<ShellWord> arguments) {
        // in a restore and a checkout-index these letters take no value
        GitWords words = new GitWords(
                arguments,
                name.equals("restore") ? Set.of("s", "source", "conflict", "pathspec-from-file") : WITH_VALUE);
        if (words.asksForHelp()) {
            return;
        }
        if (words.isUncertain()) {
            this.reading.uncertain();
        }
        boolean forced = words.has("f", "force");
        switch (name) {
            case "restore" ->
                this.reading.addIf(!words.has("S", "staged") || words.has("W", "worktree"), GitEffect.DISCARDS_CHANGES);
            case "checkout-index" -> this.reading.addIf(forced, GitEffect.DISCARDS_CHANGES);
            case "switch" -> {
                this.reading.addIf(forced || words.has("discard-changes"), GitEffect.DISCARDS_CHANGES);
                readBranches(words, words.values("c", "create", "orphan"), words.values("C", "force-create"));
            }
            default -> {
                this.reading.addIf(forced || overwritesFiles(words), GitEffect.DISCARDS_CHANGES);
                readBranches(words, words.values("b", "orphan"), words.values("B"));
            }
        }
        if (name.equals("restore")) {
            this.reading.paths().addAll(words.operands());
        } else if (name.equals("checkout") && words.paths().isEmpty() && overwritesFiles(words)) {
            // the first of several is where they are taken from
            List<ShellWord> operands = words.operands();
            this.reading.paths().addAll(operands.subList((operands.size() > 1) ? 1 : 0, operands.size()));
        }
        this.reading.paths().addAll(words.paths());
    }

    private static boolean overwritesFiles(GitWords words) {
        if (words.has("ours", "theirs")) {
            // takes a side of a conflict
            return false;
        }
        if (!words.paths().isEmpty() || words.has("pathspec-from-file")) {
            return true;
        }
        List<ShellWord> operands = words.operands();
        boolean newBranch = words.has("b", "B", "orphan", "track", "t", "detach", "d");
        return !newBranch
                && (operands.size() > 1
                        || operands.size() == 1 && isFile(operands.get(0).text()));
    }

    /** {@code git checkout x} takes a file where no branch has that name. */
    private static boolean isFile(String operand) {
        if (operand.equals(".") || operand.startsWith("./") || operand.startsWith("../") || operand.startsWith(":")) {
            return true;
        }
        String last = operand.substring(operand.lastIndexOf('/') + 1);
        int dot = last.lastIndexOf('.');
        return last.isEmpty()
                || operand.indexOf('*') >= 0
                || dot >= 0
                        && last.length() - dot > 1
                        && last.length() - dot <= 6
                        && !Character.isDigit(last.charAt(Math.max(0, dot - 1)))
                        && last.substring(dot + 1).chars().allMatch(Character::isLetter);
    }

    private void readBranches(GitWords words, List<ShellWord> created, List<ShellWord> reset) {
        this.reading.created().addAll(created);
        this.reading.created().addAll(reset);
        if (!reset.isEmpty()) {
            this.reading.add(GitEffect.LOSES_HISTORY);
            String branch = GitRefs.branch(reset.get(0).text());
            this.reading.mergeInto(branch);
            this.session.branch(branch);
        } else if (!created.isEmpty()) {
            this.session.branch(created.get(0).dynamic() ? null : created.get(0).text());
        } else if (words.paths().isEmpty() && words.operands().size() == 1) {
            ShellWord branch = words.operands().get(0);
            boolean known = !branch.dynamic() && !branch.text().equals("-") && !words.has("detach", "d");
            this.session.branch(known ? GitRefs.branch(branch.text()) : null);
        }
    }
}
