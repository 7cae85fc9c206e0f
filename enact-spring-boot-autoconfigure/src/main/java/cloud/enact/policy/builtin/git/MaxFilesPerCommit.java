package cloud.enact.policy.builtin.git;

import cloud.enact.analysis.command.GitCommand;
import cloud.enact.analysis.command.GitEffect;
import cloud.enact.analysis.shell.ShellWord;
import cloud.enact.policy.ActionWords;
import cloud.enact.policy.InputName;
import cloud.enact.policy.NormalizedText;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.AddedText;
import cloud.enact.policy.builtin.ArgumentPolicy;
import cloud.enact.policy.builtin.ArgumentTree;
import cloud.enact.policy.builtin.PatchFiles;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** Keeps commits so small that a person can read them. Files are counted where they are listed. */
final class MaxFilesPerCommit extends ArgumentPolicy {

    static final String NAME = "git.max-files-per-commit";

    static final String HARM = "A commit is so large that nobody reads what is in it.";

    private static final Set<String> LISTS = Set.of(
            "files changedfiles fileschanged filepaths paths filenames stagedfiles modifiedfiles filelist".split(" "));

    private static final Set<String> COUNTS = Set.of(
            ("filecount filescount numfiles numberoffiles filenumber nfiles totalfiles fileschanged changedfiles "
                            + "changedfilescount filesinc filecnt numfileschanged count")
                    .split(" "));

    private static final Set<String> COMMITS = Set.of("commit", "commits", "commited");

    private static final Set<String> ADDS = Set.of("add", "stage", "commit", "rm", "mv");

    private final long max;

    MaxFilesPerCommit(PolicyParameters with) {
        super(NAME, "The commit has few enough files.");
        this.max = with.has("max") ? with.count("max") : 50;
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        ActionWords words = inputs.words();
        boolean commit = words.indexInOperation(COMMITS) >= 0
                || GitActions.areGit(words) && words.has("push") && words.has("files");
        return commit && !words.isRead()
                || inputs.has(InputName.COMMAND)
                        && GitCalls.in(inputs).stream().anyMatch(call -> call.has(GitEffect.COMMITS));
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        Count count = new Count();
        count.lists(inputs.request().args());
        for (String text : inputs.texts(InputName.CONTENT)) {
            if (AddedText.isDiff(text)) {
                count.files(PatchFiles.in(text).size());
            }
        }
        Set<String> named = new HashSet<>();
        for (GitCommand call : GitCalls.in(inputs)) {
            if (ADDS.contains(call.subcommand())) {
                call.paths().stream().map(ShellWord::text).forEach(named::add);
            }
        }
        count.files(named.isEmpty() ? -1 : named.size());
        if (count.files < 0) {
            ArgumentTree.visit(inputs, count::stated);
        }
        if (count.unreadable) {
            return block("The number of files in the commit can't be read as a number from 0 on. "
                    + "Give the list of files.");
        }
        return (count.files > this.max)
                ? block("The commit has " + count.files + " files, more than " + this.max
                        + ". Split it into smaller commits.")
                : pass();
    }

    /** How many files there are, as far as that was found out. */
    private static final class Count {

        private long files = -1;

        private boolean unreadable;

        void files(long found) {
            this.files = Math.max(this.files, found);
        }

        /** The depth is bounded by what arguments may nest. */
        void lists(@Nullable Object value) {
            if (value instanceof Map<?, ?> map) {
                map.forEach((key, element) -> {
                    if (LISTS.contains(NormalizedText.compact((String) key))) {
                        list(element);
                    } else {
                        lists(element);
                    }
                });
            } else if (value instanceof List<?> list) {
                list.forEach(this::lists);
            }
        }

        private void list(@Nullable Object value) {
            if (value instanceof List<?> list) {
                files(list.stream().filter(element -> element != null).count());
            } else if (value instanceof Map<?, ?> map) {
                files(map.size());
            } else if (value instanceof String text && number(text) == null && !text.isBlank()) {
                // one path, or several one below the other
                files(new StringTokenizer(text, "\r\n\0,;").countTokens());
            }
        }

        void stated(String name, @Nullable Object value) {
            if (value == null || !COUNTS.contains(name) && !LISTS.contains(name)) {
                return;
            }
            BigDecimal number = number(value.toString());
            if (number == null || value instanceof Boolean || number.signum() < 0 || hasFraction(number)) {
                this.unreadable = true;
            } else {
                files(number.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue());
            }
        }

        private static boolean hasFraction(BigDecimal number) {
            return number.scale() > 0
                    && (number.scale() > 100 || number.stripTrailingZeros().scale() > 0);
        }

        private static @Nullable BigDecimal number(String text) {
            boolean digits = text.chars().anyMatch(Character::isDigit);
            if (text.length() > 64 || !digits) {
                return null;
            }
            try {
                BigDecimal number = new BigDecimal(NormalizedText.of(text).strip());
                // 1e999999999 has as many digits when it is written out
                return (Math.abs((long) number.scale()) > 1000) ? null : number;
            } catch (NumberFormatException ex) {
                return null;
            }
        }
    }
}
