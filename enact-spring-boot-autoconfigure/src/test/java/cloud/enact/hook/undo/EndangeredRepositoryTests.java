package cloud.enact.hook.undo;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.connector.filesystem.git.GitProject;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.rollback.RollbackService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Calls that may take away what git keeps, besides files of which it keeps the content. */
class EndangeredRepositoryTests extends HookUndoFixture {

    EndangeredRepositoryTests(
            @LocalServerPort int port, @Autowired ReceiptStore store, @Autowired RollbackService rollbacks) {
        super(port, store, rollbacks);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rm -rf few .git",
                "rm -rf few .git/objects",
                "rm -rf few && rm -rf .git/objects/*",
                "mv .git elsewhere && rm -rf few",
                "rm -rf few; rm -rf ./.g*",
                "rm -rf few && git gc --prune=now",
                "rm -rf few && git reflog expire --expire=now --all",
                "rm -rf few && git filter-branch --all",
                "rm -rf few $STORE",
                "rm -rf few; $TOOL .git",
                "rm -rf few; rm -r ..",
                "echo .git | xargs rm -rf; rm -rf few",
                "rm -rf few; find . -name .git -exec rm -rf {} +",
                "cd .git && rm -rf objects; cd .. && rm -rf few",
                "git -c gc.pruneExpire=now gc; rm -rf few",
                "bash -c 'rm -rf few .git'",
                "rm -rf few; git config alias.x '!rm -rf .git' && git x",
                "rm -rf few && git checkout --orphan new && git branch -D main",
                "cp -r few/. .git/objects; rm -rf few",
                "rsync -a --delete few/ .git/ && rm -rf few",
                "(rm -rf few); tar -xf a.tar -C .git",
                "rm -rf few; git init --separate-git-dir=../x",
                "rm -rf few; git submodule absorbgitdirs",
                "rm -rf few; git multi-pack-index expire",
                "rm -rf few; git pack-redundant --all",
                "rm -rf few; sh -c \"$(cat x)\"",
                "rm -rf few; cat x | sh",
                "rm -rf few; python3 -c \"import shutil; shutil.rmtree('.g' + 'it')\"",
            })
    void aCallThatMayTakeTheObjectsAwayAsWellIsCopied(String command) throws Exception {
        GitProject small = GitProject.in(this.project);
        // the place of the project is in each, so that none was copied for an earlier test
        small.fill("few", 3, 400);
        small.commit();
        String content = Files.readString(this.project.resolve("few/2.txt"));
        assertThat(isCopied(content)).isFalse();
        Map<String, String> before = tree("few");

        assertThat(this.agent.asks("c1", "Bash", Map.of("command", command))).isEqualTo("none");
        remove(this.project.resolve("few"));
        this.agent.tells("c1", "Bash", Map.of("command", command));

        assertThat(isCopied(content)).isTrue();
        rollback();
        assertThat(tree("few")).isEqualTo(before);
    }

    @Test
    void aDirectoryWithItsRepositoryIsCopied() throws Exception {
        Path lib = Files.createDirectories(this.project.resolve("lib"));
        GitProject inner = GitProject.in(lib);
        inner.fill("few", 2, 400);
        inner.commit();
        Map<String, String> before = tree("lib");
        assertThat(this.agent.asks("c1", "Bash", Map.of("command", "rm -rf lib")))
                .isEqualTo("none");
        remove(lib);
        this.agent.tells("c1", "Bash", Map.of("command", "rm -rf lib"));

        rollback();

        assertThat(tree("lib")).isEqualTo(before);
    }
}
