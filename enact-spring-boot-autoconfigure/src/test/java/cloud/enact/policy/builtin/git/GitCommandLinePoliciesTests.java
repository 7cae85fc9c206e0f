package cloud.enact.policy.builtin.git;

import static cloud.enact.policy.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.policy.Effect;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.catalogue.Catalogue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies about branches, as they judge command lines and tools that do the same. */
class GitCommandLinePoliciesTests {

    private final PolicySet push = Catalogue.set("git.dont-push-to-main", Map.of());

    private final PolicySet merge = Catalogue.set("git.dont-merge-to-main", Map.of());

    private final PolicySet deletion = Catalogue.set("git.dont-delete-branch", Map.of());

    private final PolicySet force = Catalogue.set("git.dont-force-push", Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git push origin main",
                "git push origin HEAD:main",
                "git push -u origin master",
                "git push origin +main",
                "git push origin :main",
                "git push --delete origin main",
                "git push --all",
                "git push --mirror backup",
                "git push origin 'refs/heads/*:refs/heads/*'",
                "git push origin refs/heads/feature:refs/heads/main",
                "git -C /work/app push origin main",
                "git --no-pager -c user.name=x push origin main",
                "cd /work/app && git push origin main",
                "sudo git push origin main",
                "env GIT_TRACE=1 git push origin main",
                "bash -c 'git push origin main'",
                "sh -c \"git push origin \\\"main\\\"\"",
                "g\\it push origin ma'in'",
                "git push origin $'main'",
                "true || git push origin main",
                "(git push origin main)",
                "echo $(git push origin main)",
                "git checkout main && git commit -am x && git push",
                "git switch master; git push origin HEAD",
                "B=main; git push origin $B",
                "/usr/bin/git push origin main",
                "git -c alias.p=push p origin main",
                "xargs -I{} git push origin main",
                "if true; then git push origin main; fi",
                "git push origin dev main",
                "gh api -X PUT repos/o/r/contents/a.txt -f message=x -f content=eA== -f branch=main",
                "git push https://github.com/o/r.git HEAD:main",
                "git push origin \"main\" 2>&1 | tail -5"
            })
    void commandsThatPushToAProtectedBranchAreBlocked(String command) {
        assertThat(run(this.push, command).effect()).isEqualTo(Effect.BLOCK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git push origin HEAD",
                "git push -u origin @",
                "git push origin \"$BRANCH\"",
                "git push origin $(git branch --show-current)",
                "git push $FLAGS origin x",
                "git $SUB origin main x",
                "$GIT push origin main"
            })
    void whereAPushGoesOnlyAtRunTimeAPersonIsAskedOrItIsBlocked(String command) {
        assertThat(run(this.push, command).effect()).isIn(Effect.ASK, Effect.BLOCK, Effect.ABSTAIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git push",
                "git push origin main-feature",
                "git push origin agent/main",
                "git push origin main:agent/x",
                "git push -u origin agent/change",
                "git push origin --tags",
                "git push origin v1.0",
                "git push origin refs/tags/main",
                "git log --grep 'push origin main'",
                "git commit -m 'push origin main'",
                "echo 'git push origin main'",
                "grep -r 'git push origin main' docs",
                "git pull origin main",
                "git fetch origin main",
                "git checkout main",
                "git checkout main && git pull && git checkout -b agent/x && git push -u origin HEAD",
                "git push --dry-run origin main",
                "git push --help",
                "git branch main-backup",
                "cat <<'EOF' > notes.md\ngit push origin main\nEOF",
                "docker push registry/main",
                "npm run push main",
                "git stash push main.txt",
                "# git push origin main",
                "git diff main..HEAD"
            })
    void commandsThatPushElsewherePass(String command) {
        assertThat(run(this.push, command).effect()).isIn(Effect.PASS, Effect.ABSTAIN);
        PolicySet named = Catalogue.set(Catalogue.policies(), "git.dont-push-to-main", Map.of(), "bash.run");
        assertThat(run(named, command).effect()).isEqualTo(Effect.PASS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git checkout main && git merge feature",
                "git switch main; git merge --no-ff feature",
                "git checkout master && git merge origin/feature",
                "git checkout main && git pull origin feature",
                "git checkout -q main\ngit merge feature -m 'Merge it'",
                "git -C app checkout main && git -C app merge feature",
                "git fetch . feature:main",
                "git fetch origin feature:main",
                "git branch -f main feature",
                "git update-ref refs/heads/main feature",
                "git checkout -B main feature",
                "git switch -C master feature",
                "git symbolic-ref HEAD refs/heads/main && git merge x",
                "sudo bash -c 'git checkout main && git merge x'",
                "gh api -X POST repos/o/r/merges -f base=main -f head=feature"
            })
    void commandsThatMergeIntoAProtectedBranchAreBlocked(String command) {
        assertThat(run(this.merge, command).effect()).isEqualTo(Effect.BLOCK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gh pr merge 12",
                "gh pr merge --squash --delete-branch",
                "gh pr merge 12 --auto",
                "glab mr merge 3 -y",
                "gh api -X PUT repos/o/r/pulls/1/merge",
                "gh api graphql -f query='mutation{mergePullRequest(input:{pullRequestId:\"x\"}){clientMutationId}}'",
                "curl -X PUT https://api.github.com/repos/o/r/pulls/1/merge"
            })
    void mergesWhoseBaseNobodyKnowsAreAskedAbout(String command) {
        assertThat(run(this.merge, command).effect()).isEqualTo(Effect.ASK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git merge main",
                "git merge origin/main",
                "git checkout agent/x && git merge main",
                "git checkout main && git pull",
                "git checkout main && git pull origin main",
                "git checkout main && git merge origin/main",
                "git checkout main && git merge --abort",
                "git merge-base main feature",
                "git log --merges main",
                "git commit -m 'Merge feature into main'",
                "gh pr create --base main --title x --body y",
                "gh pr view 12",
                "gh pr merge --help",
                "gh pr checks 12",
                "git checkout main-feature && git merge x",
                "git fetch origin main:main",
                "echo 'git checkout main && git merge x'",
                "git rebase main",
                "git branch merge-main"
            })
    void commandsThatMergeElsewherePass(String command) {
        assertThat(run(this.merge, command).effect()).isIn(Effect.PASS, Effect.ABSTAIN);
    }

    @Test
    void toolsThatMergeAreJudgedByTheirBase() {
        for (String base : List.of("base", "into", "target_branch", "base_branch", "to", "destination")) {
            assertThat(judge(this.merge, "git.merge_branch", "source", "feature", base, "main")
                            .effect())
                    .as(base)
                    .isEqualTo(Effect.BLOCK);
            assertThat(judge(this.merge, "git.merge_branch", "source", "main", base, "agent/x")
                            .effect())
                    .as(base)
                    .isEqualTo(Effect.PASS);
        }
        for (String base :
                List.of("MAIN", "refs/heads/main", "origin/main", " main ", "ma\u200Bin", "ｍａｉｎ", "heads/master")) {
            assertThat(judge(this.merge, "github.merge_pull_request", "base", base)
                            .effect())
                    .as(base)
                    .isEqualTo(Effect.BLOCK);
        }
        assertThat(judge(this.merge, "github.merge_pull_request", "pull_request", Map.of("base", Map.of("ref", "main")))
                        .effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(
                                this.merge,
                                "github.merge_pull_request",
                                "base",
                                Map.of("ref", "dev", "repo", Map.of("default_branch", "main")))
                        .effect())
                .isEqualTo(Effect.PASS);
        assertThat(judge(this.merge, "repo.mergeToMain").effect()).isEqualTo(Effect.BLOCK);
        assertThat(judge(this.merge, "git.merge").effect()).isEqualTo(Effect.PASS);
        assertThat(judge(this.merge, "git.merge", "base", null).effect()).isEqualTo(Effect.PASS);
        assertThat(judge(this.merge, "git.merge", "base", 5).effect()).isEqualTo(Effect.PASS);
        assertThat(judge(this.merge, "git.merge", "base", "main-feature").effect())
                .isEqualTo(Effect.PASS);
        assertThat(judge(this.merge, "gitlab.create_merge_request", "target_branch", "main")
                        .effect())
                .isEqualTo(Effect.ABSTAIN);
        assertThat(judge(this.merge, "github.get_merge_status", "base", "main").effect())
                .isEqualTo(Effect.ABSTAIN);
        assertThat(judge(this.merge, "crm.merge_contacts", "into", "5").effect())
                .isEqualTo(Effect.PASS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git branch -d feature",
                "git branch -D feature",
                "git branch --delete feature",
                "git branch --delete --force feature",
                "git branch -fd feature",
                "git branch -dr origin/feature",
                "git branch --del feature",
                "git push origin --delete feature",
                "git push -d origin feature",
                "git push origin :feature",
                "git push origin :refs/heads/feature",
                "git push --prune origin",
                "git push --mirror origin",
                "git update-ref -d refs/heads/feature",
                "git symbolic-ref -d refs/heads/feature",
                "gh pr merge 1 --delete-branch",
                "gh pr close 1 -d",
                "gh repo delete o/r --yes",
                "gh api -X DELETE repos/o/r/git/refs/heads/feature",
                "gh api --method=DELETE /repos/o/r/git/refs/heads/feature",
                "curl -X DELETE -H 'Authorization: x' https://api.github.com/repos/o/r/git/refs/heads/feature",
                "glab mr merge 1 --remove-source-branch",
                "git branch | grep old | xargs git branch -D",
                "for b in a b; do git branch -D $b; done",
                "git -C x branch -D y",
                "bash -c 'git branch -D x'",
                "git checkout main && git branch -D feature",
                "rm .git/refs/heads/feature",
                "rm -rf .git",
                "git -c alias.rmb='branch -D' rmb feature"
            })
    void commandsThatDeleteABranchAreBlocked(String command) {
        assertThat(run(this.deletion, command).effect()).isEqualTo(Effect.BLOCK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git branch",
                "git branch -a",
                "git branch feature",
                "git branch --list 'del*'",
                "git branch -M main",
                "git branch -m old new",
                "git branch delete-old-code",
                "git checkout -b delete-branch",
                "git push origin delete-branch",
                "git push origin --tags",
                "git push origin --delete refs/tags/v1",
                "git tag -d v1",
                "git fetch --prune",
                "git remote prune origin",
                "git log --grep 'branch -D'",
                "git commit -m 'git branch -D feature'",
                "echo git branch -D x",
                "grep -rn 'branch -D' .",
                "gh pr close 1",
                "gh pr view 1",
                "gh repo view",
                "rm branch.txt",
                "git rm file.txt",
                "git branch -h",
                "git stash drop"
            })
    void commandsThatDeleteNoBranchPass(String command) {
        assertThat(run(this.deletion, command).effect()).isIn(Effect.PASS, Effect.ABSTAIN);
    }

    @Test
    void toolsThatDeleteABranchAreBlocked() {
        for (String action : List.of(
                "git.delete_branch",
                "github.deleteBranch",
                "gitlab.remove_branch",
                "repo.branch_delete",
                "git.deleteRemoteBranch",
                "git.prune_branches",
                "github.delete_ref",
                "git.delete",
                "github.delete_repository",
                "git.deletebranch",
                "vcs.destroy-branch",
                "branches.delete")) {
            assertThat(judge(this.deletion, action, "branch", "feature").effect())
                    .as(action)
                    .isEqualTo(Effect.BLOCK);
        }
        assertThat(judge(this.deletion, "github.merge_pull_request", "number", 1, "delete_branch", true)
                        .effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(this.deletion, "github.merge_pull_request", "number", 1, "delete_branch", "false")
                        .effect())
                .isIn(Effect.PASS, Effect.ABSTAIN);
        assertThat(judge(this.deletion, "git.push", "branch", ":feature").effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(this.deletion, "git.push", "branch", "feature", "delete", true)
                        .effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(
                                this.deletion,
                                "http.request",
                                "method",
                                "DELETE",
                                "url",
                                "https://api.github.com/repos/o/r/git/refs/heads/x")
                        .effect())
                .isEqualTo(Effect.BLOCK);
        for (String action : List.of(
                "git.list_deleted_branches",
                "git.create_branch",
                "github.delete_file",
                "git.delete_tag",
                "github.delete_label",
                "bank.delete_branch_office_hours",
                "crm.delete_contact",
                "git.get_branch")) {
            assertThat(judge(this.deletion, action, "name", "x").effect())
                    .as(action)
                    .isIn(action.startsWith("bank") ? Effect.BLOCK : Effect.PASS, Effect.ABSTAIN);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git push --force",
                "git push -f",
                "git push -f origin x",
                "git push origin x -f",
                "git push -uf origin x",
                "git push -fu origin x",
                "git push --force-with-lease",
                "git push --force-with-lease=x:abc origin x",
                "git push --force-if-includes --force-with-lease",
                "git push --forc origin x",
                "git push origin +x",
                "git push origin +HEAD:x",
                "git push origin +refs/heads/*:refs/heads/*",
                "git push --mirror",
                "git push --prune origin",
                "git push origin :x",
                "git push --delete origin x",
                "git -C app push --force",
                "git -c push.default=current push --force",
                "git -c remote.origin.push=+HEAD:x push",
                "git -c alias.yolo='push --force' yolo",
                "git config alias.yolo 'push --force'; git yolo",
                "sudo git push --force",
                "bash -c \"git push --force\"",
                "git push \"--force\"",
                "git pu''sh --fo\"rce\"",
                "git \\\n push \\\n --force",
                "F=--force; git push $F",
                "echo x && git push --force || true",
                "nohup git push --force &",
                "gh api -X PATCH repos/o/r/git/refs/heads/x -f sha=1 -F force=true",
                "gh repo sync o/r --force",
                "git send-pack --force origin x",
                "git push --force origin v1.0 --tags"
            })
    void commandsThatRewriteTheRemoteAreBlocked(String command) {
        assertThat(run(this.force, command).effect()).isEqualTo(Effect.BLOCK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git push",
                "git push origin x",
                "git push -u origin x",
                "git push --set-upstream origin force",
                "git push origin force-push-fix",
                "git push --follow-tags",
                "git push --no-verify origin x",
                "git push --dry-run --force",
                "git push -n -f",
                "git push --no-force-with-lease",
                "git log --grep \"push --force\"",
                "git commit -m 'Explain git push --force'",
                "echo 'git push --force'",
                "grep -- --force .github/workflows/ci.yml",
                "git fetch --force",
                "git checkout -f",
                "git add -f x",
                "git help push",
                "git push --help",
                "docker push --force",
                "npm install --force",
                "cat <<'EOF'\ngit push --force\nEOF",
                "git branch -f x y",
                "git push origin HEAD:refs/heads/x",
                "git push origin \"$BRANCH\""
            })
    void commandsThatRewriteNothingPass(String command) {
        assertThat(run(this.force, command).effect()).isIn(Effect.PASS, Effect.ABSTAIN);
    }

    @Test
    void toolsThatForceAreBlocked() {
        assertThat(judge(this.force, "git.force_push", "branch", "x").effect()).isEqualTo(Effect.BLOCK);
        for (String flag : List.of("force", "forceWithLease", "force_push", "mirror", "FORCE", "is_force")) {
            assertThat(judge(this.force, "git.push", "branch", "x", flag, true).effect())
                    .as(flag)
                    .isEqualTo(Effect.BLOCK);
            for (Object off : List.of(false, "false", 0, "", "no")) {
                assertThat(judge(this.force, "git.push", "branch", "x", flag, off)
                                .effect())
                        .as(flag + off)
                        .isEqualTo(Effect.PASS);
            }
        }
        assertThat(judge(this.force, "git.push", "branch", "+x").effect()).isEqualTo(Effect.BLOCK);
        assertThat(judge(this.force, "git.push", "refspec", "+a:b").effect()).isEqualTo(Effect.BLOCK);
        assertThat(judge(this.force, "git.push", "args", List.of("--force", "origin", "x"))
                        .effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(this.force, "git.push", "args", "-f origin x").effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(this.force, "git.push", "options", Map.of("flags", List.of("--force-with-lease")))
                        .effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(this.force, "git.push", "mode", "force").effect()).isEqualTo(Effect.BLOCK);
        assertThat(judge(this.force, "git.push", "force", null).effect()).isEqualTo(Effect.PASS);
        assertThat(judge(this.force, "git.push").effect()).isEqualTo(Effect.PASS);
        assertThat(judge(this.force, "github.update_ref", "ref", "heads/x", "force", true)
                        .effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(this.force, "git.pull", "force", true).effect()).isEqualTo(Effect.ABSTAIN);
        assertThat(judge(this.force, "mobile.push_notification", "force", true).effect())
                .isEqualTo(Effect.ABSTAIN);
        assertThat(judge(this.force, "git.push", "message", "--force").effect()).isEqualTo(Effect.PASS);
    }

    @Test
    void wordsOfAProgramAreOneCommand() {
        assertThat(judge(this.force, "process.spawn", "argv", List.of("git", "push", "--force"))
                        .effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(this.force, "shell.exec", "command", List.of("bash", "-lc", "git push --force"))
                        .effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(this.push, "git.run", "args", List.of("push", "origin", "main"))
                        .effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(this.push, "git.run", "command", "push origin main").effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(this.push, "git.run", "command", "push origin agent/x").effect())
                .isIn(Effect.PASS, Effect.ABSTAIN);
    }

    @Test
    void prefixIsAskedForBranchesInCommandsToo() {
        PolicySet prefix = Catalogue.set("git.require-branch-prefix", Map.of());

        assertThat(run(prefix, "git push origin main").effect()).isEqualTo(Effect.BLOCK);
        assertThat(run(prefix, "git checkout -b feature").effect()).isEqualTo(Effect.BLOCK);
        assertThat(run(prefix, "git switch -c agent/x").effect()).isIn(Effect.PASS, Effect.ABSTAIN);
        assertThat(run(prefix, "git push -u origin agent/x").effect()).isIn(Effect.PASS, Effect.ABSTAIN);
        assertThat(run(prefix, "git push origin v1 --tags").effect()).isNotNull();
        assertThat(run(prefix, "git status").effect()).isIn(Effect.PASS, Effect.ABSTAIN);
        assertThat(run(prefix, "ls").effect()).isIn(Effect.PASS, Effect.ABSTAIN);
    }

    private static Verdict run(PolicySet set, String command) {
        return judge(set, "bash.run", "command", command);
    }

    private static Verdict judge(PolicySet set, String action, Object... args) {
        return Catalogue.judge(set, request(action, args));
    }
}
