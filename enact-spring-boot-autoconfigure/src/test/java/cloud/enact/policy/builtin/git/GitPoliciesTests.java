package cloud.enact.policy.builtin.git;

import static cloud.enact.policy.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.policy.Effect;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.catalogue.Catalogue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitPoliciesTests {

    private final PolicySet push = Catalogue.set("git.dont-push-to-main", Map.of());

    private final PolicySet prefix = Catalogue.set("git.require-branch-prefix", Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main",
                "master",
                "MAIN",
                " main ",
                "refs/heads/main",
                "heads/main",
                "origin/main",
                "refs/remotes/origin/main",
                "remotes/upstream/main",
                "+main",
                "+refs/heads/x:refs/heads/main",
                "feature:main",
                "HEAD:main",
                "HEAD:refs/heads/main",
                ":main",
                "main:",
                ":",
                "+:",
                "\"main\"",
                "'main'",
                "`main`",
                "feature main",
                "feature,main",
                "feature;main",
                "ma\u200Bin",
                "ｍａｉｎ",
                "main\u0000",
                "\u202Emain",
                "main/",
                "/main",
                "refs//heads//main",
                "refs\\heads\\main",
                "main~0",
                "main^{}",
                "main@{0}",
                "refs/heads/*:refs/heads/*",
                "*",
                "ma*",
                "HEAD",
                "@",
                "head",
                "--all",
                "--mirror",
                "--delete main",
                "--force origin main",
                "refs/heads/main:refs/heads/master",
                "abc123:main",
                "ｒｅｆｓ/heads/main",
                "origin/heads/main"
            })
    void pushToAProtectedBranchIsBlockedHoweverItIsWritten(String branch) {
        for (String key : List.of("branch", "ref", "refspec", "head", "branchName", "targetBranch")) {
            assertThat(judge(this.push, "git.push_branch", key, branch).effect())
                    .as(key + " " + branch)
                    .isEqualTo(Effect.BLOCK);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main-feature",
                "maintenance",
                "domain",
                "feature/main",
                "main2",
                "mainline",
                "agent/main",
                "main:feature",
                "refs/heads/main:refs/heads/feature",
                "main-",
                "masterpiece",
                "origin/feature",
                "refs/heads/feature",
                "HEAD:feature",
                ":feature",
                "refs/tags/main",
                "refs/for/main",
                "feature",
                "release/1.0",
                "",
                "main.1",
                "^main feature",
                "--force feature",
                "m ain"
            })
    void lookAlikesMayBePushed(String branch) {
        assertThat(judge(this.push, "git.push_branch", "branch", branch).effect())
                .isEqualTo(Effect.PASS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git.push",
                "git.push_branch",
                "git.force_push",
                "pushToMain",
                "push-branch",
                "gitPush",
                "gitpush",
                "mcp.github.push_files",
                "vcs.PushBranch",
                "github.create_or_update_file",
                "github.delete_file",
                "github.commit",
                "gitlab.create_commit",
                "github.update_ref",
                "repo.pushBranch",
                "sync.push"
            })
    void actionsThatPushAreRecognised(String action) {
        assertThat(judge(this.push, action, "branch", "main").effect()).isEqualTo(Effect.BLOCK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git.get_push_status",
                "git.log",
                "git.checkout",
                "git.create_branch",
                "github.create_issue",
                "github.get_file_contents",
                "git.fetch",
                "git.diff",
                "crm.update_contact",
                "git.pull",
                "github.fork"
            })
    void actionsThatDoNotPushAreLeftAlone(String action) {
        assertThat(judge(this.push, action, "branch", "main").effect()).isEqualTo(Effect.ABSTAIN);
    }

    @Test
    void pushNotificationsAreNoPushes() {
        assertThat(judge(this.push, "mobile.send_push", "message", "main").effect())
                .isEqualTo(Effect.ABSTAIN);
    }

    @Test
    void branchesAreFoundInListsAndObjects() {
        assertThat(judge(this.push, "git.push", "branches", List.of("a", "main"))
                        .effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(this.push, "git.push", "branch", Map.of("name", "main"))
                        .effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(this.push, "git.push", "options", Map.of("remote", Map.of("ref", "main")))
                        .effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(this.push, "git.push", "args", List.of("origin", "HEAD:main"))
                        .effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(this.push, "git.push", "command", "git push origin main")
                        .effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(this.push, "git.push", "command", "git push origin feature")
                        .effect())
                .isEqualTo(Effect.PASS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dst",
                "target",
                "to",
                "remote_ref",
                "dest_branch",
                "destination",
                "branch_ref",
                "onto",
                "pr_head"
            })
    void targetOfAPushIsABranchUnderAnyName(String argument) {
        assertThat(judge(this.push, "git.push", argument, "main").effect()).isEqualTo(Effect.BLOCK);
        assertThat(judge(this.push, "git.push", argument, "feature").effect()).isEqualTo(Effect.PASS);
    }

    @Test
    void sourceOfAPushIsNoTarget() {
        assertThat(judge(this.push, "git.push", "source_ref", "main", "dst", "feature")
                        .effect())
                .isEqualTo(Effect.PASS);
    }

    @Test
    void refsOfPrefixesOnlyAreReadOnce() {
        String prefixes = "heads/".repeat(10_000);

        assertThat(judge(this.push, "git.push", "command", prefixes + "main").effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(this.push, "git.push", "command", prefixes + "refs/remotes/a/b")
                        .effect())
                .isEqualTo(Effect.PASS);
    }

    @Test
    void absentBranchPassesUnlessTheActionNamesIt() {
        assertThat(judge(this.push, "git.push").effect()).isEqualTo(Effect.PASS);
        assertThat(judge(this.push, "git.push", "branch", null).effect()).isEqualTo(Effect.PASS);
        assertThat(judge(this.push, "repo.pushToMain").effect()).isEqualTo(Effect.BLOCK);
        assertThat(judge(this.push, "repo.pushToMain", "branch", "feature").effect())
                .isEqualTo(Effect.PASS);
    }

    @Test
    void baseCountsOnlyWhenNoBranchIsNamed() {
        assertThat(judge(this.push, "git.push", "base", "main").effect()).isEqualTo(Effect.BLOCK);
        assertThat(judge(this.push, "git.push", "branch", "agent/x", "base", "main")
                        .effect())
                .isEqualTo(Effect.PASS);
    }

    @Test
    void branchesAreConfigurableWithStars() {
        PolicySet set = Catalogue.set("git.dont-push-to-main", Map.of("branches", "release/*,prod"));

        assertThat(judge(set, "git.push", "branch", "release/1.0").effect()).isEqualTo(Effect.BLOCK);
        assertThat(judge(set, "git.push", "branch", "x:refs/heads/prod").effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(set, "git.push", "branch", "main").effect()).isEqualTo(Effect.PASS);
        assertThatExceptionOfType(PolicyConfigurationException.class)
                .isThrownBy(() -> Catalogue.set("git.dont-push-to-main", Map.of("branches", List.of())))
                .withMessageContaining("is empty");
    }

    @Test
    void exactlyNamedActionIsJudgedWhateverItsNameSoundsLike() {
        PolicySet named = Catalogue.set(Catalogue.policies(), "git.dont-push-to-main", Map.of(), "ship.it");

        assertThat(judge(named, "ship.it", "branch", "main").effect()).isEqualTo(Effect.BLOCK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"agent/x", "refs/heads/agent/x", "origin/agent/x", "HEAD:agent/x", "+agent/x", "me:agent/x"})
    void branchesBelowThePrefixPass(String branch) {
        assertThat(judge(this.prefix, "git.commit", "branch", branch).effect()).isEqualTo(Effect.PASS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main", "agent", "agent/", "agent//", "agent/..", "agent/../main", "agent/x/../../main", "Agent/x",
                "xagent/y", "feature/agent/x", "agent/x:main", "agent/x main", "", " ", "agent/*", "agent/\u200B",
                "agent-x"
            })
    void branchesOutsideThePrefixAreBlocked(String branch) {
        assertThat(judge(this.prefix, "git.commit", "branch", branch).effect()).isEqualTo(Effect.BLOCK);
    }

    @Test
    void gitActionsMustNameTheirBranchAndOthersNeedNot() {
        assertThat(judge(this.prefix, "git.commit").effect()).isEqualTo(Effect.BLOCK);
        assertThat(judge(this.prefix, "git.commit", "branch", null).effect()).isEqualTo(Effect.BLOCK);
        assertThat(judge(this.prefix, "crm.update").effect()).isEqualTo(Effect.ABSTAIN);
        assertThat(judge(this.prefix, "ci.build", "branch", "main").effect()).isEqualTo(Effect.BLOCK);
        assertThat(judge(this.prefix, "git.status").effect()).isEqualTo(Effect.ABSTAIN);
        assertThat(judge(this.prefix, "github.create_issue").effect()).isEqualTo(Effect.ABSTAIN);
    }

    @Test
    void suggestedBranchesPassThemselves() {
        Verdict blocked = judge(this.push, "git.push", "branch", "main");
        assertThat(blocked.reason()).contains("'main'").contains("'agent/change'");
        assertThat(judge(this.push, "git.push", "branch", "agent/change").effect())
                .isEqualTo(Effect.PASS);

        PolicySet bots = Catalogue.set("git.require-branch-prefix", Map.of("prefix", "bots/"));
        assertThat(judge(bots, "git.push", "branch", "main").reason()).contains("'bots/change'");
        assertThat(judge(bots, "git.push", "branch", "bots/change").effect()).isEqualTo(Effect.PASS);

        PolicySet all = Catalogue.set("git.dont-push-to-main", Map.of("branches", "*"));
        assertThat(judge(all, "git.push", "branch", "main").reason()).contains("Ask a maintainer");
    }

    @Test
    void longBranchesAreCutInTheReason() {
        assertThat(judge(this.prefix, "git.push", "branch", "x".repeat(4_000)).reason())
                .hasSizeLessThan(250);
        assertThat(judge(this.push, "git.push", "branch", "x".repeat(5_000)).effect())
                .isEqualTo(Effect.BLOCK);
    }

    private static Verdict judge(PolicySet set, String action, Object... args) {
        return Catalogue.judge(set, request(action, args));
    }
}
