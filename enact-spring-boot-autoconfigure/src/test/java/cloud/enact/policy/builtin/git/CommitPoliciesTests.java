package cloud.enact.policy.builtin.git;

import static cloud.enact.policy.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.policy.Effect;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.catalogue.Catalogue;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies about what is in a commit. */
class CommitPoliciesTests {

    /** Put together here so that no scanner takes this file for one with a credential. */
    private static final String KEY = "AKIA" + "Z7Q4PLMN2XKD5RTW";

    private final PolicySet size = Catalogue.set("git.max-files-per-commit", Map.of("max", 3));

    private final PolicySet message = Catalogue.set("git.require-meaningful-commit-message", Map.of());

    private final PolicySet keys = Catalogue.set("git.dont-commit-api-keys", Map.of());

    @Test
    void filesAreCountedInTheListAndElseTheStatedNumberCounts() {
        List<String> four = List.of("a", "b", "c", "d");
        assertThat(commit(this.size, "files", four)).isEqualTo(Effect.BLOCK);
        assertThat(commit(this.size, "files", four, "file_count", 1)).isEqualTo(Effect.BLOCK);
        assertThat(commit(this.size, "files", List.of("a"), "file_count", 99)).isEqualTo(Effect.PASS);
        assertThat(commit(this.size, "files", four.subList(0, 3))).isEqualTo(Effect.PASS);
        assertThat(commit(this.size, "paths", four)).isEqualTo(Effect.BLOCK);
        assertThat(commit(this.size, "options", Map.of("changed_files", four))).isEqualTo(Effect.BLOCK);
        assertThat(commit(this.size, "files", Map.of("a", "1", "b", "2", "c", "3", "d", "4")))
                .isEqualTo(Effect.BLOCK);
        assertThat(commit(this.size, "files", "a\nb\nc\nd")).isEqualTo(Effect.BLOCK);
        assertThat(commit(this.size, "files", "a.txt")).isEqualTo(Effect.PASS);
        assertThat(commit(this.size, "files", List.of(Map.of("path", "a"), Map.of("path", "b"))))
                .isEqualTo(Effect.PASS);
        for (String name :
                List.of("file_count", "fileCount", "files", "num_files", "files_changed", "number-of-files")) {
            assertThat(commit(this.size, name, 4)).as(name).isEqualTo(Effect.BLOCK);
            assertThat(commit(this.size, name, 3)).as(name).isEqualTo(Effect.PASS);
        }
    }

    @Test
    void countThatIsNoNumberFromZeroOnIsBlocked() {
        for (Object wrong : List.of(
                -1,
                "-1",
                "many",
                "",
                1.5,
                "NaN",
                true,
                "1e999999999",
                "0x2",
                "4",
                "4.0",
                "４",
                "99999999999999999999")) {
            assertThat(commit(this.size, "file_count", wrong)).as("%s", wrong).isEqualTo(Effect.BLOCK);
        }
        for (Object right : List.of(0, 3, "3", " 3 ", "3.0", "0")) {
            assertThat(commit(this.size, "file_count", right)).as("%s", right).isEqualTo(Effect.PASS);
        }
        assertThat(commit(this.size)).isEqualTo(Effect.PASS);
        assertThat(commit(this.size, "file_count", null)).isEqualTo(Effect.PASS);
        assertThat(commit(this.size, "files", List.of())).isEqualTo(Effect.PASS);
    }

    @Test
    void filesOfDiffsAndCommandsAreCounted() {
        StringBuilder diff = new StringBuilder();
        for (String file : List.of("a", "b", "c", "d")) {
            diff.append("diff --git a/").append(file).append(" b/").append(file);
            diff.append("\n--- a/").append(file).append("\n+++ b/").append(file).append("\n@@ -1 +1 @@\n-x\n+y\n");
        }
        assertThat(commit(this.size, "diff", diff.toString())).isEqualTo(Effect.BLOCK);
        assertThat(commit(this.size, "diff", diff.toString(), "file_count", 1)).isEqualTo(Effect.BLOCK);
        assertThat(commit(this.size, "diff", diff.substring(0, diff.length() / 2)))
                .isEqualTo(Effect.PASS);
        assertThat(run(this.size, "git add a b c d && git commit -m 'Change all of it'"))
                .isEqualTo(Effect.BLOCK);
        assertThat(run(this.size, "git add a b && git commit -m 'Change two of it'"))
                .isEqualTo(Effect.PASS);
        assertThat(run(this.size, "git commit -am 'Change all of it'")).isEqualTo(Effect.PASS);
        assertThat(run(this.size, "git add a b c d e")).isEqualTo(Effect.ABSTAIN);
        assertThat(Catalogue.judge(this.size, request("fs.write", "files", 99)).effect())
                .isEqualTo(Effect.ABSTAIN);
        assertThat(Catalogue.judge(this.size, request("github.push_files", "files", Collections.nCopies(4, "a")))
                        .effect())
                .isEqualTo(Effect.BLOCK);
    }

    @Test
    void mostFilesAreFiftyUnlessSaidOtherwise() {
        PolicySet fifty = Catalogue.set("git.max-files-per-commit", Map.of());

        assertThat(commit(fifty, "file_count", 50)).isEqualTo(Effect.PASS);
        assertThat(commit(fifty, "file_count", 51)).isEqualTo(Effect.BLOCK);
        for (Object wrong : List.of("-1", "many", List.of(1))) {
            assertThatExceptionOfType(PolicyConfigurationException.class)
                    .isThrownBy(() -> Catalogue.set("git.max-files-per-commit", Map.of("max", wrong)))
                    .withMessageContaining("max");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u200B\u200B\u200B\u200B\u200B\u200B\u200B\u200B\u200B\u200B",
                "fix",
                "wip",
                "update",
                "Fix bug.",
                "x",
                "fix\u200B\u200B\u200B\u200B\u200B\u200B\u200B\u200B",
                "fix                  ",
                "f i x",
                "work in progress",
                "Work In Progress!",
                "minor changes",
                "fix: update files",
                "chore: misc changes",
                "updated some files",
                "various fixes and improvements",
                "more changes",
                "bug fixes",
                "..............",
                "asdfasdfasdf",
                "aaaaaaaaaaaaaaa",
                "1234567890123",
                "ｆｉｘ　ｂｕｇｓ　ａｇａｉｎ",
                "修正",
                "更新了",
                "final final version",
                "test commit",
                "Update code",
                "address review comments",
                "\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000"
            })
    void messagesThatSayNothingAreBlocked(String text) {
        assertThat(commit(this.message, "message", text)).isEqualTo(Effect.BLOCK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Refuse orders without a delivery address",
                "Fix typo in README",
                "fix: handle empty carts",
                "Bump spring-boot to 4.1.2",
                "Drop table users after migration (DROP TABLE users)",
                "Explain why git push --force is refused",
                "Update README",
                "Add OAuth login",
                "Remove dead code",
                "refactor(parser): split lexer",
                "修正登录错误",
                "注文の重複を防ぐ",
                "로그인 오류 수정",
                "Исправить вход",
                "Größe prüfen",
                "WIP: parse here-documents",
                "Merge branch 'agent/x'",
                "Revert \"Cache tokens\""
            })
    void messagesThatSaySomethingPass(String text) {
        assertThat(commit(this.message, "message", text)).isEqualTo(Effect.PASS);
        assertThat(commit(this.message, "commit_message", text)).isEqualTo(Effect.PASS);
    }

    @Test
    void messageMustBeThereAndText() {
        assertThat(commit(this.message)).isEqualTo(Effect.BLOCK);
        assertThat(commit(this.message, "message", null)).isEqualTo(Effect.BLOCK);
        assertThat(commit(this.message, "message", 1234567890123L)).isEqualTo(Effect.BLOCK);
        assertThat(commit(this.message, "message", List.of("Refuse orders", "without an address")))
                .isEqualTo(Effect.PASS);
        assertThat(commit(this.message, "message", Map.of("text", "wip"))).isEqualTo(Effect.BLOCK);
        assertThat(commit(this.message, "title", "Refuse orders without an address"))
                .isEqualTo(Effect.PASS);
        assertThat(Catalogue.judge(this.message, request("git.push", "branch", "x"))
                        .effect())
                .isEqualTo(Effect.ABSTAIN);
        assertThat(Catalogue.judge(this.message, request("git.get_commit", "sha", "x"))
                        .effect())
                .isEqualTo(Effect.ABSTAIN);
        assertThat(Catalogue.judge(this.message, request("crm.update", "message", "x"))
                        .effect())
                .isEqualTo(Effect.ABSTAIN);
    }

    @Test
    void messagesOfCommandsAreJudged() {
        assertThat(run(this.message, "git commit -m wip")).isEqualTo(Effect.BLOCK);
        assertThat(run(this.message, "git commit -am \"fix bug\"")).isEqualTo(Effect.BLOCK);
        assertThat(run(this.message, "git commit --message='update'")).isEqualTo(Effect.BLOCK);
        assertThat(run(this.message, "git commit")).isEqualTo(Effect.BLOCK);
        assertThat(run(this.message, "git add . && git commit -m 'x'")).isEqualTo(Effect.BLOCK);
        assertThat(run(this.message, "git commit -m ''")).isEqualTo(Effect.BLOCK);
        assertThat(run(this.message, "git commit -m \"$(cat <<'EOF'\nwip\nEOF\n)\""))
                .isEqualTo(Effect.BLOCK);
        assertThat(run(this.message, "git commit -m \"$(cat <<'EOF'\nRefuse orders without an address\nEOF\n)\""))
                .isEqualTo(Effect.PASS);
        assertThat(run(this.message, "git commit -m 'Refuse orders without an address'"))
                .isEqualTo(Effect.PASS);
        assertThat(run(this.message, "git commit -m 'Parser' -m 'Split the lexer from it.'"))
                .isEqualTo(Effect.PASS);
        assertThat(run(this.message, "git commit --amend --no-edit")).isEqualTo(Effect.PASS);
        assertThat(run(this.message, "git commit --fixup HEAD~1")).isEqualTo(Effect.PASS);
        assertThat(run(this.message, "git commit -F message.txt")).isEqualTo(Effect.PASS);
        assertThat(run(this.message, "git log -m")).isEqualTo(Effect.ABSTAIN);
        assertThat(run(this.message, "echo 'git commit -m wip'")).isEqualTo(Effect.ABSTAIN);
    }

    @Test
    void suggestedMessagePassesItself() {
        String reason = Catalogue.judge(this.message, request("git.commit", "message", "wip"))
                .reason();
        String suggested = reason.substring(reason.indexOf('\'') + 1, reason.lastIndexOf('\''));

        assertThat(commit(this.message, "message", suggested)).isEqualTo(Effect.PASS);
    }

    @Test
    void credentialsThatComeInAreBlocked() {
        for (String added : List.of(
                "key = " + KEY,
                "export AWS_ACCESS_KEY_ID=" + KEY,
                "{\"id\": \"" + KEY + "\"}",
                "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+" + KEY + "\n",
                "@@ -0,0 +1,2 @@\n+a\n+key=" + KEY,
                "postgres://app:h7Gk2pQz9LwX@db.example.com/app",
                "-----BEGIN RSA PRIVATE "
                        + "KEY-----\nMIIEpAIBAAKCAQEA7bq7tqhVfP0aJ0aQ2F8c3sQ9yLr4WdTnKx5Zb\n-----END RSA PRIVATE "
                        + "KEY-----")) {
            assertThat(commit(this.keys, "diff", added)).as(added).isEqualTo(Effect.BLOCK);
            assertThat(commit(this.keys, "content", added)).as(added).isEqualTo(Effect.BLOCK);
            assertThat(commit(this.keys, "files", Map.of("a.txt", added)))
                    .as(added)
                    .isEqualTo(Effect.BLOCK);
            assertThat(commit(this.keys, "files", List.of(Map.of("path", "a", "content", added))))
                    .as(added)
                    .isEqualTo(Effect.BLOCK);
        }
        assertThat(Catalogue.judge(this.keys, request("github.create_or_update_file", "content", KEY))
                        .effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(run(this.keys, "git commit -m 'Use " + KEY + "'")).isEqualTo(Effect.BLOCK);
        assertThat(run(this.keys, "echo KEY=" + KEY + " > a.env && git add a.env && git commit -m 'Add it all'"))
                .isEqualTo(Effect.BLOCK);
        assertThat(run(this.keys, "cat > a <<'EOF'\nkey=" + KEY + "\nEOF\ngit commit -am 'Add the settings'"))
                .isEqualTo(Effect.BLOCK);
    }

    @Test
    void credentialsThatGoOutOrOnlyLookSoPass() {
        for (String harmless : List.of(
                "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-" + KEY + "\n+removed\n",
                "@@ -1,2 +1,1 @@\n " + KEY + "\n-b",
                "key = ${AWS_ACCESS_KEY_ID}",
                "password = <your password>",
                "AKIA",
                "api_key: changeme",
                "String token = request.token();",
                "The password policy asks for 12 characters.",
                "sha: 0123456789abcdef0123456789abcdef01234567",
                "")) {
            assertThat(commit(this.keys, "diff", harmless)).as(harmless).isEqualTo(Effect.PASS);
        }
        assertThat(commit(this.keys)).isEqualTo(Effect.PASS);
        assertThat(commit(this.keys, "diff", null)).isEqualTo(Effect.PASS);
        assertThat(commit(this.keys, "diff", 5)).isEqualTo(Effect.PASS);
        assertThat(commit(this.keys, "old_string", KEY, "content", "x")).isEqualTo(Effect.PASS);
        assertThat(run(this.keys, "git log --grep " + KEY)).isEqualTo(Effect.ABSTAIN);
        assertThat(run(this.keys, "git commit -m 'Read the key from the environment'"))
                .isEqualTo(Effect.PASS);
        assertThat(Catalogue.judge(this.keys, request("crm.update", "content", KEY))
                        .effect())
                .isEqualTo(Effect.ABSTAIN);
    }

    private static Effect commit(PolicySet set, Object... args) {
        Verdict verdict = Catalogue.judge(set, request("git.commit", args));
        assertThat(verdict.reason()).doesNotContain(KEY);
        return verdict.effect();
    }

    private static Effect run(PolicySet set, String command) {
        return Catalogue.judge(set, request("bash.run", "command", command)).effect();
    }
}
