package cloud.enact.policy;

import static cloud.enact.policy.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyInputsTests {

    @Test
    void inputsAreFoundUnderTheirAliasesInAnySpelling() {
        for (String key : List.of("path", "file", "file_path", "filePath", "File-Path", "FILENAME", "ｐａｔｈ")) {
            assertThat(PolicyInputs.of(request("a.b", key, "x")).texts(InputName.PATH))
                    .as(key)
                    .containsExactly("x");
        }
        assertThat(PolicyInputs.of(request("a.b", "targetBranch", "x")).has(InputName.BRANCH))
                .isTrue();
        assertThat(PolicyInputs.of(request("a.b", "pathology", "x")).has(InputName.PATH))
                .isFalse();
    }

    @Test
    void nestedValuesAreFoundAtAnyDepth() {
        PolicyInputs inputs = PolicyInputs.of(request(
                "a.b",
                "files",
                List.of(Map.of("path", "one"), Map.of("meta", Map.of("file_path", List.of("two", List.of("three")))))));

        assertThat(inputs.texts(InputName.PATH)).containsExactly("one", "two", "three");
    }

    @Test
    void keysThatSayNothingInheritTheNameAround() {
        PolicyInputs inputs = PolicyInputs.of(request("a.b", "branch", Map.of("name", "main"), "name", "other"));

        assertThat(inputs.texts(InputName.BRANCH)).containsExactly("main");
    }

    @Test
    void lastWordOfAKeySaysWhatItIs() {
        for (String key : List.of("output_dir", "outputDir", "to-path", "fromPath", "out_file", "dir_path")) {
            assertThat(PolicyInputs.of(request("a.b", key, "x")).has(InputName.PATH))
                    .as(key)
                    .isTrue();
        }
        for (String key : List.of("profile", "redirect", "prefer", "user_profile", "path_count", "fileSize")) {
            assertThat(PolicyInputs.of(request("a.b", key, "x")).has(InputName.PATH))
                    .as(key)
                    .isFalse();
        }
        assertThat(PolicyInputs.of(request("a.b", "sql_text", "x")).has(InputName.SQL))
                .isTrue();
        assertThat(PolicyInputs.of(request("a.b", "customer_ref", "x")).has(InputName.BRANCH))
                .isFalse();
    }

    @Test
    void unknownKeysInsideAnInputInheritIt() {
        assertThat(PolicyInputs.of(request("a.b", "path", Map.of("absolute", "/etc/passwd")))
                        .texts(InputName.PATH))
                .containsExactly("/etc/passwd");
        assertThat(PolicyInputs.of(request("a.b", "path", Map.of("content", "x")))
                        .has(InputName.PATH))
                .isFalse();
    }

    @Test
    void keyThatIsAPathCountsAsOneAndItsValueDoesNot() {
        PolicyInputs inputs = PolicyInputs.of(request("a.b", "files", Map.of("/etc/passwd", "text\n")));

        assertThat(inputs.texts(InputName.PATH)).containsExactly("/etc/passwd");
    }

    @Test
    void oneArgumentMayBeSeveralInputs() {
        PolicyInputs inputs = PolicyInputs.of(request("a.b", "to", "x"));

        assertThat(inputs.texts(InputName.PUSH_TARGET)).containsExactly("x");
        assertThat(inputs.texts(InputName.ENDPOINT)).containsExactly("x");
    }

    @Test
    void namesAreNormalisedAndTheOriginalIsKept() {
        String written = " ma\u200Bin\u202E\uFE0F\u0007 ";
        PolicyInputs inputs = PolicyInputs.of(request("a.b", "branch", written, "table", "ｕｓｅｒｓ"));

        assertThat(inputs.texts(InputName.BRANCH)).containsExactly("main");
        assertThat(inputs.originals(InputName.BRANCH)).containsExactly(written);
        assertThat(inputs.texts(InputName.TABLE)).containsExactly("users");
    }

    @Test
    void unpairedSurrogatesAreDropped() {
        assertThat(PolicyInputs.of(request("a.b", "branch", "ma\uD800in")).texts(InputName.BRANCH))
                .containsExactly("main");
    }

    @Test
    void nullsGiveNothingAndNumbersTheirText() {
        PolicyInputs inputs = PolicyInputs.of(request("a.b", "branch", null, "table", 5));

        assertThat(inputs.has(InputName.BRANCH)).isFalse();
        assertThat(inputs.texts(InputName.TABLE)).containsExactly("5");
    }

    @Test
    void textTooLongForANameIsReportedAndNotNormalised() {
        String huge = "x".repeat(20_000_000);
        PolicyInputs inputs = PolicyInputs.of(request("a.b", "branch", huge, "content", huge));

        assertThat(inputs.isOversized(InputName.BRANCH)).isTrue();
        assertThat(inputs.has(InputName.BRANCH)).isTrue();
        assertThat(inputs.texts(InputName.BRANCH)).isEmpty();
        assertThat(inputs.texts(InputName.CONTENT).get(0)).isSameAs(huge);
    }

    @Test
    void moreValuesThanAnybodyLooksAtAreReported() {
        PolicyInputs few = PolicyInputs.of(request("a.b", "rows", Collections.nCopies(50_000, "x")));
        PolicyInputs many = PolicyInputs.of(request("a.b", "rows", Collections.nCopies(200_000, "x"), "branch", "b"));

        assertThat(few.isIncomplete()).isFalse();
        assertThat(many.isIncomplete()).isTrue();
    }

    @Test
    void wordsOfAnActionAreSplitHoweverTheyAreJoined() {
        for (String action : List.of(
                "git.push_branch",
                "git.push-branch",
                "git.pushBranch",
                "git.PushBranch",
                "git.pushbranch",
                "git.PUSH_BRANCH",
                "git.ｐｕｓｈ_branch",
                "git.pu\u200Bsh_branch")) {
            ActionWords words = ActionWords.of(action);
            assertThat(words.operation()).as(action).containsExactly("push", "branch");
            assertThat(words.system()).containsExactly("git");
        }
        assertThat(ActionWords.of("pushToMain").operation()).containsExactly("push", "to", "main");
        assertThat(ActionWords.of("runSQLDelete").operation()).containsExactly("run", "sql", "delete");
        assertThat(ActionWords.of("mcp.github.push_files").system()).containsExactly("mcp", "github");
        assertThat(ActionWords.of("deletedItems").has("delete")).isFalse();
        assertThat(ActionWords.of("").operation()).isEmpty();
        assertThat(ActionWords.of("...").operation()).isEmpty();
        assertThat(ActionWords.of("x".repeat(1_000_000)).operation()).hasSize(1);
    }

    @Test
    void readingIsWhatTheFirstWordSaysUnlessMoreIsDone() {
        assertThat(ActionWords.of("git.get_push_status").isRead()).isTrue();
        assertThat(ActionWords.of("git.push_status").isRead()).isFalse();
        assertThat(ActionWords.of("fs.read_and_delete").isRead()).isFalse();
        assertThat(ActionWords.of("").isRead()).isFalse();
        assertThat(ActionWords.of("fs.delete").hasAny(Set.of("delete", "remove")))
                .isTrue();
    }
}
