package cloud.enact.policy.builtin.filesystem;

import static cloud.enact.policy.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.policy.Effect;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.catalogue.Catalogue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies about places of files, their deletion and what is written to them. */
class FilePlacePoliciesTests {

    /** Put together here so that no scanner takes this file for one with a credential. */
    private static final String KEY = "AKIA" + "Z7Q4PLMN2XKD5RTW";

    private final PolicySet homes = Catalogue.set("filesystem.dont-access-home-dir", Map.of());

    private final PolicySet keys = Catalogue.set("filesystem.dont-copy-api-keys", Map.of());

    private final PolicySet deletion = Catalogue.set("filesystem.dont-delete-file", Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat ~/.bashrc",
                "ls ~",
                "ls /home",
                "cat $HOME/.ssh/config",
                "cat \"${HOME}/x\"",
                "cat /root/.profile",
                "cat /home/bob/x",
                "cat ~bob/x",
                "cp a /Users/bob/Desktop",
                "cd ~ && cat x",
                "cd /home/bob && ls",
                "tool --config=/home/bob/x",
                "tool --dir ~/x",
                "find / -path /home -o -path ~/x",
                "find ~ -name x",
                "echo x > ~/x",
                "cat < ~/x",
                "cat /srv/../home/bob/x",
                "cat ../../../../home/bob/x",
                "cat /proc/self/root/home/bob/x",
                "sudo cat /root/x",
                "bash -c 'cat ~/x'",
                "rm -rf ~",
                "tar czf x.tgz /home/bob",
                "D=/home/bob; cat $D/x",
                "ls '/home'/bob"
            })
    void commandsThatUseHomeDirectoriesAreBlocked(String command) {
        assertThat(run(this.homes, command)).isEqualTo(Effect.BLOCK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat docs/home/index.md",
                "ls src/home",
                "cat /srv/app/x",
                "echo ~",
                "echo /home/bob",
                "grep -rn '/home/' src",
                "sed -n '/home/p' x",
                "git commit -m 'Move /home/bob'",
                "cat /etc/hosts",
                "ls /tmp",
                "cat ../home/page.tsx",
                "curl https://example.com/home/bob",
                "cat x~",
                "git diff HEAD~1",
                "npm run home",
                "cat \"$FILE\"",
                "ls .",
                "cd src/users && ls",
                "awk '/root/ {print}' x"
            })
    void commandsThatUseNoHomeDirectoryPass(String command) {
        assertThat(run(this.homes, command)).isIn(Effect.PASS, Effect.ABSTAIN);
    }

    @Test
    void projectsInsideHomeDirectoriesMayBeAllowed() {
        PolicySet set = Catalogue.set("filesystem.dont-access-home-dir", Map.of("allow", List.of("/home/agent/app")));

        assertThat(judge(set, "fs.read", "path", "/home/agent/app/x")).isEqualTo(Effect.PASS);
        assertThat(judge(set, "fs.read", "path", "~/app")).isEqualTo(Effect.PASS);
        assertThat(judge(set, "fs.read", "path", "/home/agent/app/../.ssh/x")).isEqualTo(Effect.BLOCK);
        assertThat(judge(set, "fs.read", "path", "/home/agent/application/x")).isEqualTo(Effect.BLOCK);
        assertThat(judge(set, "fs.read", "path", "/home/bob/app/x")).isEqualTo(Effect.BLOCK);
        assertThat(run(set, "cat /home/agent/app/x")).isEqualTo(Effect.PASS);
        assertThat(run(set, "cat /home/agent/app/../x")).isEqualTo(Effect.BLOCK);
        assertThat(judge(this.homes, "fs.read", "path", "/home/agent/app/x")).isEqualTo(Effect.BLOCK);
        assertThat(judge(this.homes, "fs.write", "path", "/etc/x")).isEqualTo(Effect.PASS);
        assertThat(judge(this.homes, "fs.read")).isEqualTo(Effect.ABSTAIN);
        assertThatExceptionOfType(PolicyConfigurationException.class)
                .isThrownBy(() -> Catalogue.set("filesystem.dont-access-home-dir", Map.of("allow", "/")))
                .withMessageContaining("allow");
    }

    @Test
    void filesWithCredentialsAreNotWritten() {
        for (String action : List.of("fs.write", "write_file", "Edit", "create_file", "fs.append", "notebook.edit")) {
            assertThat(judge(this.keys, action, "path", "a.txt", "content", "key=" + KEY))
                    .as(action)
                    .isEqualTo(Effect.BLOCK);
            assertThat(judge(this.keys, action, "path", "a.txt", "content", "key=${KEY}"))
                    .as(action)
                    .isEqualTo(Effect.PASS);
        }
        assertThat(judge(this.keys, "fs.write", "files", Map.of("a.txt", KEY))).isEqualTo(Effect.BLOCK);
        assertThat(judge(this.keys, "Edit", "file_path", "a", "old_string", KEY, "new_string", "x"))
                .isEqualTo(Effect.PASS);
        assertThat(judge(this.keys, "fs.write", "path", "a.txt", "content", null))
                .isEqualTo(Effect.PASS);
        assertThat(judge(this.keys, "fs.write", "path", "a.txt")).isEqualTo(Effect.PASS);
        assertThat(judge(this.keys, "fs.read", "path", "a.txt", "content", KEY)).isEqualTo(Effect.ABSTAIN);
        assertThat(judge(this.keys, "chat.send", "text", KEY)).isEqualTo(Effect.ABSTAIN);
        for (String command : List.of(
                "echo KEY=" + KEY + " > a",
                "printf '%s' " + KEY + " >> a",
                "echo " + KEY + " | tee a",
                "cat > a <<EOF\nkey=" + KEY + "\nEOF",
                "sed -i s/x/" + KEY + "/ a",
                "bash -c 'echo " + KEY + " > a'")) {
            assertThat(run(this.keys, command)).as(command).isEqualTo(Effect.BLOCK);
        }
        for (String command : List.of(
                "echo KEY=$KEY > a",
                "AWS_ACCESS_KEY_ID=" + KEY + " aws s3 ls",
                "echo " + KEY,
                "grep " + KEY + " a",
                "echo hello > a",
                "cat a > b")) {
            assertThat(run(this.keys, command)).as(command).isIn(Effect.PASS, Effect.ABSTAIN);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rm a",
                "rm -rf build",
                "rmdir a",
                "unlink a",
                "shred -u a",
                "find . -name x -delete",
                "git rm a",
                "git clean -fd",
                "sudo rm a",
                "bash -c 'rm a'",
                "ls && rm a",
                "\\rm a",
                "/bin/rm a",
                "r''m a",
                "$(echo rm) a",
                "> a.txt",
                ": > a.txt",
                "truncate -s 0 a",
                "rsync -a --delete x/ y/",
                "trash a",
                "rm -- -a",
                "apply_patch <<'EOF'\n*** Begin Patch\n*** Delete File: a.txt\n*** End Patch\nEOF"
            })
    void commandsThatDeleteFilesAreBlocked(String command) {
        assertThat(run(this.deletion, command)).isEqualTo(Effect.BLOCK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mv a b",
                "cp a b",
                "echo rm a",
                "grep -rn 'rm -rf' .",
                "git commit -m 'rm a'",
                "touch a",
                "echo x > a",
                "npm run rm",
                "docker rm x",
                "git rm --cached a",
                "git branch -D x",
                "man rm",
                "rm --help",
                "cat rm.txt",
                "kubectl delete pod x",
                "ls > /dev/null",
                "git clean -n"
            })
    void commandsThatDeleteNoFilePass(String command) {
        assertThat(run(this.deletion, command)).isIn(Effect.PASS, Effect.ABSTAIN);
    }

    @Test
    void rootsAndExtensionsHoldForCommandsToo() {
        PolicySet roots = Catalogue.set("filesystem.restrict-paths", Map.of("allowed", "/tmp"));
        assertThat(run(roots, "cat /etc/passwd")).isEqualTo(Effect.BLOCK);
        assertThat(run(roots, "tool --file=/etc/passwd")).isEqualTo(Effect.BLOCK);
        assertThat(run(roots, "cat ../../etc/passwd")).isEqualTo(Effect.BLOCK);
        assertThat(run(roots, "cat $UNKNOWN")).isEqualTo(Effect.BLOCK);
        assertThat(run(roots, "cat /tmp/x 2>/dev/null")).isEqualTo(Effect.PASS);
        assertThat(run(roots, "cat a.txt")).isEqualTo(Effect.PASS);
        assertThat(run(roots, "echo /etc/passwd")).isEqualTo(Effect.PASS);
        PolicySet extensions = Catalogue.set("filesystem.block-extensions", Map.of("extensions", "pem"));
        assertThat(run(extensions, "cat server.pem")).isEqualTo(Effect.BLOCK);
        assertThat(run(extensions, "cp server.pem.bak /tmp")).isEqualTo(Effect.BLOCK);
        assertThat(run(extensions, "cat *.p?m")).isEqualTo(Effect.BLOCK);
        assertThat(run(extensions, "cat a.txt")).isEqualTo(Effect.PASS);
        assertThat(run(extensions, "echo server.pem")).isEqualTo(Effect.PASS);
    }

    private static Effect run(PolicySet set, String command) {
        return judge(set, "bash.run", "command", command);
    }

    private static Effect judge(PolicySet set, String action, Object... args) {
        return Catalogue.judge(set, request(action, args)).effect();
    }
}
