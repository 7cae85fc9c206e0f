package cloud.enact.policy.builtin.git;

import cloud.enact.analysis.command.GitCommand;
import cloud.enact.analysis.path.FilePath;
import cloud.enact.policy.ActionWords;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import cloud.enact.policy.builtin.ArgumentTree;
import cloud.enact.policy.builtin.CommandLines;
import cloud.enact.policy.builtin.FileUse;
import cloud.enact.policy.builtin.FileUses;
import java.util.List;
import java.util.Set;

/** Blocks any deletion of a branch, here or in a remote repository. */
final class DontDeleteBranch extends ArgumentPolicy {

    static final String NAME = "git.dont-delete-branch";

    static final String HARM = "Commits that are on no other branch are lost.";

    private static final Set<String> DELETES =
            Set.of("delete remove destroy prune drop purge erase del rm unlink trash".split(" "));

    private static final Set<String> BRANCHES = Set.of("branch", "branches", "ref", "refs", "head", "heads");

    /** Other things that can be taken away from a repository, together with the branch they are on. */
    private static final Set<String> OTHERS =
            Set.of(("tag tags file files label labels comment comments hook hooks webhook release releases stash "
                            + "stashes worktree remote remotes line lines collaborator member issue note secret variable "
                            + "environment protection rule rules hours office account key package artifact milestone project directory folder "
                            + "submodule content contents")
                    .split(" "));

    private static final Set<String> PREPOSITIONS =
            Set.of("from", "in", "on", "by", "of", "for", "and", "with", "at", "to");

    private static final Set<String> FLAGS =
            Set.of(("deletebranch deletesourcebranch removesourcebranch shouldremovesourcebranch removebranch "
                            + "deletebranchonmerge deletebranchaftermerge deleteheadbranch deletesource")
                    .split(" "));

    private static final Set<String> PUSH_FLAGS = Set.of("delete", "remove", "prune", "mirror");

    private final String home;

    DontDeleteBranch(String home) {
        super(NAME, "No branch is deleted.");
        this.home = home;
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        return deletesByName(inputs)
                || deletesByCommand(inputs)
                || inputs.has(InputName.COMMAND) && CommandLines.areUnreadable(inputs);
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        if (deletesByName(inputs)) {
            return blocked();
        }
        boolean uncertain = CommandLines.areUnreadable(inputs);
        for (GitCommand call : GitCalls.in(inputs)) {
            if (call.deletesBranch() && call.isCertain()) {
                return blocked();
            }
            uncertain |= call.deletesBranch();
        }
        if (deletesRepository(inputs)) {
            return blocked();
        }
        return uncertain
                ? ask("Nobody can tell whether the command deletes a branch. Write it so that this can be seen.")
                : pass();
    }

    private Verdict blocked() {
        return block("Branches must not be deleted. Leave the branch, or ask a person to delete it.");
    }

    private static boolean deletesByName(PolicyInputs inputs) {
        ActionWords words = inputs.words();
        if (words.isRead()) {
            return false;
        }
        int verb = words.indexInOperation(DELETES);
        if (verb >= 0) {
            List<String> behind =
                    object(words.operation().subList(verb + 1, words.operation().size()));
            if (behind.stream().anyMatch(BRANCHES::contains)) {
                return !OTHERS.contains(behind.get(behind.size() - 1)) && !isTag(inputs);
            }
            boolean branchFirst = words.operation().subList(0, verb).stream().anyMatch(BRANCHES::contains)
                    || words.system().stream().anyMatch(Set.of("branch", "branches")::contains);
            return branchFirst
                    || GitActions.areGit(words) && inputs.has(InputName.BRANCH) && behind.isEmpty()
                    || GitActions.areGit(words)
                            && behind.stream().anyMatch(Set.of("repo", "repository", "project")::contains);
        }
        if (words.has("push") || GitActions.areGit(words)) {
            boolean refspec = inputs.texts(InputName.BRANCH).stream()
                    .anyMatch(branch -> branch.startsWith(":") && branch.length() > 1 || branch.startsWith("+:"));
            if (words.has("push") && (refspec || ArgumentTree.isOn(inputs, PUSH_FLAGS))) {
                return true;
            }
        }
        return (GitActions.areGit(words) || words.has("merge")) && ArgumentTree.isOn(inputs, FLAGS);
    }

    /** What a verb is about: in {@code delete_branch_in_repository} that is a branch. */
    private static List<String> object(List<String> behind) {
        for (int i = 0; i < behind.size(); i++) {
            if (PREPOSITIONS.contains(behind.get(i))) {
                return behind.subList(0, i);
            }
        }
        return behind;
    }

    private static boolean isTag(PolicyInputs inputs) {
        List<String> refs = inputs.texts(InputName.BRANCH);
        return !refs.isEmpty()
                && refs.stream().allMatch(ref -> ref.startsWith("refs/tags/") || ref.startsWith("tags/"));
    }

    private boolean deletesByCommand(PolicyInputs inputs) {
        return GitCalls.any(inputs, GitCommand::deletesBranch) || deletesRepository(inputs);
    }

    /** Branches are files below {@code .git} too. */
    private boolean deletesRepository(PolicyInputs inputs) {
        if (!inputs.has(InputName.COMMAND) && !inputs.has(InputName.PATH)) {
            return false;
        }
        for (FileUse use : FileUses.of(inputs)) {
            if (use.kind() == FileUse.Kind.DELETE && use.path().contains("git")) {
                for (FilePath path : FilePath.readings(use.path(), this.home)) {
                    if (path.endsWith(".git")
                            || path.isBelow(".git", "refs", "heads")
                            || path.endsWith("packed-refs")) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
