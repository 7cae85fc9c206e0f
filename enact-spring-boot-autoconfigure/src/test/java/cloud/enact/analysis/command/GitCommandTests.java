package cloud.enact.analysis.command;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.shell.ShellWord;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitCommandTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "git push origin main | main",
                "git -C /work push origin main | main",
                "git -c a.b=c --git-dir=.git --work-tree . push origin main | main",
                "git push -u origin HEAD:refs/heads/main | main",
                "git push --repo x origin feature:main | main",
                "git push -o ci.skip origin main | main",
                "git push origin :main | main",
                "git push --delete origin main | main",
                "git push --all | *",
                "git push --mirror origin | *",
                "git push origin : | *",
                "git push origin tag v1 | refs/tags/v1",
                "git push origin -- main | main",
                "git push https://github.com/a/b.git +HEAD:main | main",
                "git push origin HEAD | HEAD",
                "git push . feature:main | main",
                "git -c remote.origin.push=HEAD:main push | main",
                "git -c push.default=matching push | *",
                "git -c alias.up=push up origin main | main",
                "git subtree push --prefix=a origin main | main",
                "git send-pack origin main | main",
                "git.exe push origin main | main",
                "/usr/lib/git-core/git-push origin main | main",
                "hub push origin main | main",
                "gh api -X PATCH repos/o/r/git/refs/heads/main -f sha=1 | main",
                "gh api --method PUT repos/o/r/contents/a.txt -f branch=main | main",
                "gh api --method PUT repos/o/r/contents/a.txt -f message=x | HEAD",
                "curl -sf -X DELETE https://api.github.com/repos/o/r/git/refs/heads/main | main"
            })
    void targetsOfAPushAreFound(String line, String target) {
        GitCommand git = read(line);

        assertThat(git).isNotNull();
        assertThat(git.pushes()).isTrue();
        assertThat(git.pushTargets()).extracting(PushTarget::branch).contains(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git push --dry-run origin main",
                "git push -n --force origin main",
                "git push --help",
                "git --help push --force",
                "git log --grep push --force",
                "git commit -m push --force",
                "git add reset --hard",
                "git help reset",
                "git --version",
                "git stash push",
                "git remote -v",
                "git branch -a",
                "git branch --merged main",
                "git reset --soft HEAD~1",
                "git reset HEAD file.txt",
                "git reset -- --hard",
                "git clean -n",
                "git clean --dry-run -fd",
                "git clean -dn",
                "git restore --staged .",
                "git restore -S file.txt",
                "git checkout main",
                "git checkout -b release/1.0",
                "git checkout -b x origin/main",
                "git checkout v1.2",
                "git checkout --orphan gh-pages",
                "git switch -c feature",
                "git stash list",
                "git tag v1",
                "git remote prune origin",
                "git fetch --prune",
                "git reflog show",
                "git gc",
                "gh pr view 1",
                "gh api repos/o/r/git/refs/heads/main",
                "gh pr create --base main",
                "gh repo view",
                "curl -X DELETE https://example.com/git/refs/heads/main",
                "git"
            })
    void harmlessCallsBringAboutNothingToObjectTo(String line) {
        GitCommand git = read(line);

        if (git != null) {
            assertThat(git.effects()).isSubsetOf(GitEffect.COMMITS, GitEffect.PUSHES);
            assertThat(git.pushes()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "git push -f | REWRITES_REMOTE",
                "git push -uf origin x | REWRITES_REMOTE",
                "git push origin +x | REWRITES_REMOTE",
                "git push --force-with-lease=x:y | REWRITES_REMOTE",
                "git push --forc | REWRITES_REMOTE",
                "git push --force=true origin | REWRITES_REMOTE",
                "git push --prune origin | REWRITES_REMOTE",
                "git push --mirror | REWRITES_REMOTE",
                "git push origin :x | REWRITES_REMOTE",
                "git push --del origin x | REWRITES_REMOTE",
                "git -c remote.origin.mirror=true push | REWRITES_REMOTE",
                "git -c remote.origin.push=+HEAD:x push | REWRITES_REMOTE",
                "git config remote.origin.push +refs/heads/*:refs/heads/* | REWRITES_REMOTE",
                "gh api -X PATCH repos/o/r/git/refs/heads/x -F force=true | REWRITES_REMOTE",
                "gh api -X DELETE repos/o/r/git/refs/heads/x | REWRITES_REMOTE",
                "gh repo sync o/r --force | REWRITES_REMOTE",
                "git branch -d x | DELETES_BRANCH",
                "git branch -D x | DELETES_BRANCH",
                "git branch -rd origin/x | DELETES_BRANCH",
                "git branch --del x | DELETES_BRANCH",
                "git push origin --delete x | DELETES_BRANCH",
                "git push -d origin x | DELETES_BRANCH",
                "git update-ref -d refs/heads/x | DELETES_BRANCH",
                "git update-ref --stdin | DELETES_BRANCH",
                "gh pr merge 1 --squash -d | DELETES_BRANCH",
                "gh pr close 1 --delete-branch | DELETES_BRANCH",
                "gh repo delete o/r --yes | DELETES_BRANCH",
                "glab mr merge 1 --remove-source-branch | DELETES_BRANCH",
                "git reset --hard | DISCARDS_CHANGES",
                "git reset --har HEAD~1 | DISCARDS_CHANGES",
                "git reset HEAD~1 --merge | DISCARDS_CHANGES",
                "git checkout -- . | DISCARDS_CHANGES",
                "git checkout HEAD -- a.txt | DISCARDS_CHANGES",
                "git checkout . | DISCARDS_CHANGES",
                "git checkout main src/ | DISCARDS_CHANGES",
                "git checkout a.txt | DISCARDS_CHANGES",
                "git checkout -f main | DISCARDS_CHANGES",
                "git switch --discard-changes main | DISCARDS_CHANGES",
                "git switch -f main | DISCARDS_CHANGES",
                "git restore . | DISCARDS_CHANGES",
                "git restore --staged --worktree . | DISCARDS_CHANGES",
                "git restore -SW . | DISCARDS_CHANGES",
                "git stash drop | DISCARDS_CHANGES",
                "git stash clear | DISCARDS_CHANGES",
                "git worktree remove --force ../x | DISCARDS_CHANGES",
                "git submodule deinit -f x | DISCARDS_CHANGES",
                "git -c alias.oops='reset --hard' oops | DISCARDS_CHANGES",
                "git clean -fdx | CLEANS",
                "git clean -d --force | CLEANS",
                "git clean -d --f | CLEANS",
                "git -c clean.requireForce=false clean -d | CLEANS",
                "git branch -D x | LOSES_HISTORY",
                "git reflog expire --expire=now --all | LOSES_HISTORY",
                "git gc --prune=now | LOSES_HISTORY",
                "git filter-branch --all | REWRITES_HISTORY",
                "git commit --amend -m x | REWRITES_HISTORY",
                "git rebase main | REWRITES_HISTORY",
                "git tag -d v1 | CHANGES_TAG",
                "git push --delete origin refs/tags/v1 | CHANGES_TAG",
                "git remote set-url origin x | REDIRECTS_REMOTE",
                "git config core.sshCommand x | RUNS_PROGRAM",
                "git -c core.pager=x log | RUNS_PROGRAM",
                "gh pr merge 1 | MERGES",
                "gh api -X PUT repos/o/r/pulls/1/merge | MERGES",
                "gh api graphql -f query=mutation{mergePullRequest} | MERGES"
            })
    void effectsAreFoundHoweverTheyAreWritten(String line, GitEffect effect) {
        GitCommand git = read(line);

        assertThat(git).isNotNull();
        assertThat(git.effects()).contains(effect);
        assertThat(git.isCertain()).isEqualTo(!line.contains("--stdin"));
    }

    @Test
    void branchCheckedOutBeforeIsTheOneMergedIntoAndPushed() {
        assertThat(lines("git checkout main", "git merge feature").get(1).mergeBases())
                .containsExactly("main");
        assertThat(lines("git switch -q main", "git pull origin feature").get(1).mergeBases())
                .containsExactly("main");
        assertThat(lines("git checkout main", "git pull origin main").get(1).mergeBases())
                .isEmpty();
        assertThat(lines("git checkout main", "git merge origin/main").get(1).mergeBases())
                .isEmpty();
        assertThat(lines("git checkout main", "git push").get(1).pushTargets())
                .containsExactly(new PushTarget("main", false, false, false));
        assertThat(lines("git checkout -b agent/x", "git push -u origin HEAD")
                        .get(1)
                        .pushTargets())
                .containsExactly(new PushTarget("agent/x", false, false, false));
        assertThat(lines("git checkout main -- a.txt", "git merge feature")
                        .get(1)
                        .mergeBases())
                .isEmpty();
        assertThat(read("git fetch origin feature:main").mergeBases()).containsExactly("main");
        assertThat(read("git fetch origin main:main").mergeBases()).isEmpty();
        assertThat(read("git branch -f main feature").mergeBases()).containsExactly("main");
        assertThat(read("git update-ref refs/heads/main feature").mergeBases()).containsExactly("main");
    }

    @Test
    void aliasOfAnEarlierCommandIsFollowed() {
        List<GitCommand> found = lines("git config --global alias.yolo 'push --force'", "git yolo origin x");

        assertThat(found.get(1).rewritesRemote()).isTrue();
        assertThat(lines("git config alias.a a", "git a")).hasSize(2);
    }

    @Test
    void whatIsKnownOnlyAtRunTimeIsMarked() {
        GitCommand target = of(word("git"), word("push"), word("origin"), dynamic("$BRANCH"));
        assertThat(target.pushTargets()).singleElement().satisfies(pushed -> {
            assertThat(pushed.dynamic()).isTrue();
            assertThat(pushed.forced()).isFalse();
        });
        GitCommand source = of(word("git"), word("push"), word("origin"), dynamic("$(git rev-parse a:b):main"));
        assertThat(source.pushTargets()).containsExactly(new PushTarget("main", false, false, false));
        assertThat(of(word("git"), dynamic("$SUB"), word("origin")).isCertain()).isFalse();
        assertThat(of(word("git"), word("push"), dynamic("$FLAGS"), word("main"))
                        .isCertain())
                .isFalse();
        assertThat(of(word("git"), word("push"), dynamic("--$FLAG")).isCertain())
                .isFalse();
    }

    @Test
    void messagesOfACommitAreFound() {
        assertThat(read("git commit -am 'Fix it'").messages())
                .extracting(ShellWord::text)
                .containsExactly("Fix it");
        assertThat(read("git commit --message=a -m b -mc").messages())
                .extracting(ShellWord::text)
                .containsExactly("a", "b", "c");
        assertThat(read("git commit").messages()).isEmpty();
        assertThat(read("git commit --amend --no-edit").messages()).hasSize(1);
        assertThat(read("git commit -F message.txt").messages()).hasSize(1);
    }

    @Test
    void otherProgramsAreNoGit() {
        for (String line : List.of("echo git push --force", "digit push", "git-lfs2", "grep git", "curl example.com")) {
            GitCommand git = read(line);
            if (git != null) {
                assertThat(git.effects()).as(line).isEmpty();
            }
        }
    }

    @Test
    void settingsInVariablesCount() {
        ShellCommand command = new ShellCommand(
                "git",
                List.of(word("git"), word("x")),
                List.of(),
                Map.of("GIT_CONFIG_KEY_0", word("alias.x"), "GIT_CONFIG_VALUE_0", word("reset --hard")),
                List.of(),
                List.of(),
                0,
                ShellCommand.Context.TOP,
                false);

        assertThat(GitCommand.of(command).discardsChanges()).isTrue();
    }

    @Test
    void longWordsTakeTimeInProportion() {
        String words = "git push " + "-".repeat(200_000) + " " + "/".repeat(200_000) + " " + "+:".repeat(100_000);

        assertThat(read(words)).isNotNull();
        assertThat(read("gh api -X DELETE /" + "/".repeat(300_000))).isNull();
    }

    private static ShellWord word(String text) {
        return ShellWord.of(text);
    }

    private static ShellWord dynamic(String text) {
        return new ShellWord(text, true, false);
    }

    private static GitCommand of(ShellWord... words) {
        return GitCommand.of(command(List.of(words)));
    }

    private static GitCommand read(String line) {
        return GitCommand.of(words(line));
    }

    private static List<GitCommand> lines(String... lines) {
        List<ShellCommand> commands = Stream.of(lines)
                .map(line -> command(words(line).stream().map(ShellWord::of).toList()))
                .toList();
        return GitCommand.in(new ShellFacts(List.of(), commands, List.of(), List.of()));
    }

    /** Words with single quotes around blanks. */
    private static List<String> words(String line) {
        return Stream.of(line.split(" (?=(?:[^']*'[^']*')*[^']*$)"))
                .map(word -> word.replace("'", ""))
                .toList();
    }

    private static ShellCommand command(List<ShellWord> words) {
        return new ShellCommand(
                words.get(0).text(),
                words,
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                0,
                ShellCommand.Context.TOP,
                false);
    }
}
