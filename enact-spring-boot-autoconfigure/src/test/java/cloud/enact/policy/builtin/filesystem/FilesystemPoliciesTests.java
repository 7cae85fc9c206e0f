package cloud.enact.policy.builtin.filesystem;

import static cloud.enact.policy.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.policy.Effect;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.catalogue.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilesystemPoliciesTests {

    private final PolicySet deletion = Catalogue.set("filesystem.dont-delete-file", Map.of());

    private final PolicySet extensions =
            Catalogue.set("filesystem.block-extensions", Map.of("extensions", List.of(".env", "pem", "tar.gz")));

    @Test
    void pathsInsideTheAllowedDirectoriesPass(@TempDir Path root) throws IOException {
        PolicySet set = restrictedTo(root);
        Files.createDirectories(root.resolve("src/main"));

        for (String path : List.of(
                "a.txt",
                "src/main/New.java",
                "./a",
                "src/../a",
                "",
                ".",
                root.toString(),
                root + "/a",
                root + "//a/",
                root + "/src/../a",
                "file:" + root + "/a",
                "file://" + root + "/a%20b",
                "FILE://localhost" + root,
                "a",
                "~backup.txt",
                "$slug.tsx",
                "100%")) {
            assertThat(judge(set, "fs.write", "path", path).effect()).as(path).isEqualTo(Effect.PASS);
        }
    }

    @Test
    void pathsOutsideAreBlockedHoweverTheyAreWritten(@TempDir Path directory) throws IOException {
        Path root = Files.createDirectories(directory.resolve("work"));
        PolicySet set = restrictedTo(root);

        for (String path : List.of(
                "/etc/passwd",
                "//etc/passwd",
                "../work2/x",
                "..",
                "a/../../x",
                "./../x",
                root + "/../x",
                root + "2/x",
                root + "/a/../../x",
                root + "/%2e%2e/x",
                "a/%2E%2e%2f..%2fx",
                "~",
                "~/x",
                "~root/x",
                "~root",
                "file:///etc/passwd",
                "file:/etc/passwd",
                "file://" + root + "/%2e%2e/x",
                "file://evil.example/etc",
                "file:relative/../../x",
                "FILE:///etc/passwd",
                "..\\x",
                "a\\..\\..\\x",
                "C:\\Windows",
                "c:/Windows",
                "c:Windows",
                "\\\\host\\share",
                "\\etc",
                "/proc/self/root/etc",
                "$HOME/x",
                "${HOME}/x",
                "$(pwd)/x",
                "`pwd`",
                "%USERPROFILE%\\x",
                "a\0b",
                "a\nb",
                "https://evil.example/x",
                "jar:file:/x!/y",
                " /etc/passwd",
                "/etc/passwd\u200B",
                "．．/x",
                "..／x",
                "\uFF0Fetc",
                "../work/x",
                "x".repeat(5_000),
                "file:/%zz",
                "file:/%ff",
                "a/".repeat(600))) {
            assertThat(judge(set, "fs.read", "path", path).effect()).as(path).isEqualTo(Effect.BLOCK);
        }
    }

    @Test
    void linksAreFollowed(@TempDir Path directory) throws IOException {
        Path root = Files.createDirectories(directory.resolve("work"));
        Path outside = Files.createDirectories(directory.resolve("outside/deep"));
        Files.createSymbolicLink(root.resolve("out"), outside);
        Files.createSymbolicLink(root.resolve("in"), Files.createDirectories(root.resolve("real")));
        Files.createSymbolicLink(root.resolve("dangling"), directory.resolve("nowhere"));
        Files.createSymbolicLink(root.resolve("loop"), root.resolve("loop"));
        PolicySet set = restrictedTo(root);

        for (String path : List.of("out", "out/x", root + "/out/x", "out/../x", "a/../out/x", "dangling", "loop/x")) {
            assertThat(judge(set, "fs.write", "path", path).effect()).as(path).isEqualTo(Effect.BLOCK);
        }
        assertThat(judge(set, "fs.write", "path", "in/x").effect()).isEqualTo(Effect.PASS);
        assertThat(judge(set, "fs.write", "path", "out/x").reason()).contains("through a link");
    }

    @Test
    void rootThatIsALinkIsTheDirectoryBehindIt(@TempDir Path directory) throws IOException {
        Path real = Files.createDirectories(directory.resolve("real"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        PolicySet set = restrictedTo(link);

        assertThat(judge(set, "fs.write", "path", link + "/a").effect()).isEqualTo(Effect.PASS);
        assertThat(judge(set, "fs.write", "path", real + "/a").effect()).isEqualTo(Effect.PASS);
        assertThat(judge(set, "fs.write", "path", "a").effect()).isEqualTo(Effect.PASS);
    }

    @Test
    void everyPathOfACallMustBeInside(@TempDir Path root) {
        PolicySet set = restrictedTo(root);

        assertThat(judge(set, "fs.copy", "source", "a", "destination", "/etc/cron.d/x")
                        .effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(set, "fs.copy", "source", "a", "destination", "b").effect())
                .isEqualTo(Effect.PASS);
        assertThat(judge(set, "fs.write", "files", List.of(Map.of("path", "a"), Map.of("path", "/etc/x")))
                        .effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(set, "web.open", "url", "file:///etc/passwd").effect()).isEqualTo(Effect.BLOCK);
        assertThat(judge(set, "web.open", "url", "https://example.com/etc").effect())
                .isEqualTo(Effect.ABSTAIN);
        assertThat(judge(set, "mail.send", "to", "/etc/passwd").effect()).isEqualTo(Effect.ABSTAIN);
        assertThat(judge(set, "crm.update").effect()).isEqualTo(Effect.ABSTAIN);
        assertThat(judge(set, "fs.read", "path", null).effect()).isEqualTo(Effect.ABSTAIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "output_dir",
                "target_dir",
                "directory_path",
                "full_path",
                "localPath",
                "to_path",
                "from_path",
                "out_file",
                "baseDir",
                "output_directory",
                "location",
                "root"
            })
    void pathsUnderOtherNamesAreJudged(String argument) {
        PolicySet set = restrictedTo(Path.of("/work"));

        assertThat(judge(set, "files.export", argument, "/etc/passwd").effect()).isEqualTo(Effect.BLOCK);
        assertThat(judge(set, "files.export", argument, Map.of("absolute", "/etc/passwd"))
                        .effect())
                .isEqualTo(Effect.BLOCK);
    }

    @Test
    void morePathsThanAnybodyLooksUpAreBlocked(@TempDir Path root) {
        PolicySet set = restrictedTo(root);

        assertThat(judge(set, "fs.read", "paths", Collections.nCopies(1_000, "a"))
                        .effect())
                .isEqualTo(Effect.PASS);
        Verdict verdict = judge(set, "fs.read", "paths", Collections.nCopies(1_001, "a"));
        assertThat(verdict.effect()).isEqualTo(Effect.BLOCK);
        assertThat(verdict.reason()).contains("more than 1000 paths");
    }

    @Test
    void suggestedDirectoryPassesAndEmptyListBlocksAll(@TempDir Path root) {
        PolicySet set = restrictedTo(root);
        assertThat(judge(set, "fs.read", "path", "/etc/passwd").reason())
                .contains("'" + root + "'")
                .doesNotContain("passwd");
        assertThat(judge(set, "fs.read", "path", root + "/x").effect()).isEqualTo(Effect.PASS);

        PolicySet none = Catalogue.set("filesystem.restrict-paths", Map.of("allowed", ""));
        for (String path : List.of("a", "/a", "", ".")) {
            assertThat(judge(none, "fs.read", "path", path).effect()).isEqualTo(Effect.BLOCK);
        }
        assertThatExceptionOfType(PolicyConfigurationException.class)
                .isThrownBy(() -> Catalogue.set("filesystem.restrict-paths", Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deleteFile",
                "fs.delete",
                "filesystem.remove",
                "filesystem.delete_file",
                "rm",
                "unlink",
                "files.rmdir",
                "github.delete_file",
                "deletefile",
                "delete-directory",
                "trash_file",
                "docs.delete",
                "RemoveFiles",
                "find_and_delete",
                "removeDuplicateFiles",
                "delete_document",
                "fs.rmtree",
                "purge_folder"
            })
    void deletionsOfFilesAreBlocked(String action) {
        assertThat(judge(this.deletion, action, "path", "a.txt").effect()).isEqualTo(Effect.BLOCK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fs.write", "fs.read", "fs.list_deleted", "deletedItems", "remove_lines_from_file", "delete_text",
                "fs.move", "removeImports", "format", "dropdown", "filesystem.get_removed_files", "remover"
            })
    void othersAreLeftAlone(String action) {
        assertThat(judge(this.deletion, action, "path", "a.txt").effect()).isEqualTo(Effect.ABSTAIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fs.truncate_file",
                "fs.empty_folder",
                "fs.clean_directory",
                "fs.rmrf",
                "fs.clear_directory",
                "files.prune",
                "fs.nuke",
                "fs.rm_rf",
                "fs.bulkdelete",
                "fs.deletedir",
                "filesystem.removeAll"
            })
    void otherWordsForDeletionAreBlockedWhereAPathIs(String action) {
        assertThat(judge(this.deletion, action, "path", "/work/a").effect()).isEqualTo(Effect.BLOCK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fs.create_empty_file", "sheet.clear_cells", "fs.is_empty", "editor.truncate_text"})
    void wordsThatOnlySoundLikeDeletionAreLeftAlone(String action) {
        assertThat(judge(this.deletion, action, "path", "a.txt").effect()).isEqualTo(Effect.ABSTAIN);
    }

    @Test
    void clearingWithoutAPathIsNoDeletionOfFiles() {
        assertThat(judge(this.deletion, "chat.clear", "id", 5).effect()).isEqualTo(Effect.ABSTAIN);
        assertThat(judge(this.deletion, "cart.empty").effect()).isEqualTo(Effect.ABSTAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {".e*", ".en?", "{.env}", "*", "a/*", "a.*", ".[e]nv", "*.pe[lm]", "x.tar.g?", ".E*"})
    void patternThatMayMatchABlockedExtensionIsBlocked(String path) {
        assertThat(judge(this.extensions, "fs.read", "path", path).effect()).isEqualTo(Effect.BLOCK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.java", "src/**/*.ts", "[slug].tsx", "?", "a?c", "*.env2", "*.{java}s", "]", "}.txt*x"})
    void patternThatMatchesNoBlockedExtensionPasses(String path) {
        assertThat(judge(this.extensions, "fs.read", "path", path).effect()).isEqualTo(Effect.PASS);
    }

    @Test
    void deletionOfOtherThingsIsNoDeletionOfFiles() {
        assertThat(judge(this.deletion, "crm.delete_customer", "id", 5).effect())
                .isEqualTo(Effect.ABSTAIN);
        assertThat(judge(this.deletion, "git.delete_branch", "branch", "x").effect())
                .isEqualTo(Effect.ABSTAIN);
        assertThat(judge(this.deletion, "storage.delete_file", "id", 5).effect())
                .isEqualTo(Effect.BLOCK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".env",
                "a/.env",
                ".env.production",
                ".ENV",
                "prod.env",
                "server.pem",
                "server.pem.bak",
                "SERVER.PEM",
                "x.tar.gz",
                "x.tar.gz.1",
                "a\\b.pem",
                "server.pem ",
                "server.pem.",
                "server.pem~",
                "#server.pem#",
                "x.pem::$DATA",
                "file:///a/server%2Epem",
                "a/./.env",
                ".env/",
                ".env/x/..",
                "server.p\u200Bem",
                "ｓerver.ｐem",
                ".env-production",
                ".env_backup",
                "https://example.com/x.pem",
                "~/x.pem",
                "$HOME/x.pem"
            })
    void blockedExtensionsAreFoundInAnySpelling(String path) {
        assertThat(judge(this.extensions, "fs.read", "path", path).effect()).isEqualTo(Effect.BLOCK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "env",
                "environment.ts",
                ".environment",
                "pem",
                "a.pemx",
                "spem",
                "x.tar",
                "x.gz",
                "tar.gzip",
                "a.txt",
                ".env/../x",
                "envelope.pdf",
                "",
                "/",
                "..",
                "a.temp"
            })
    void lookAlikesOfExtensionsPass(String path) {
        assertThat(judge(this.extensions, "fs.read", "path", path).effect()).isEqualTo(Effect.PASS);
    }

    @Test
    void extensionsMustBeNamedProperly() {
        for (Object wrong : List.of("", ".", "a/b", "*.*")) {
            assertThatExceptionOfType(PolicyConfigurationException.class)
                    .as("%s", wrong)
                    .isThrownBy(() -> Catalogue.set("filesystem.block-extensions", Map.of("extensions", wrong)));
        }
        PolicySet starred = Catalogue.set("filesystem.block-extensions", Map.of("extensions", "*.PEM"));
        assertThat(judge(starred, "fs.read", "path", "a.pem").effect()).isEqualTo(Effect.BLOCK);
    }

    private static PolicySet restrictedTo(Path root) {
        return Catalogue.set("filesystem.restrict-paths", Map.of("allowed", List.of(root.toString())));
    }

    private static Verdict judge(PolicySet set, String action, Object... args) {
        return Catalogue.judge(set, request(action, args));
    }
}
