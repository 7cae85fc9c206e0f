package cloud.enact.hook;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.policy.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways to the files of the guard and of its hooks that do not write out their names. */
class FileProtectionTests extends SelfProtectionFixture {

    @ParameterizedTest
    @ValueSource(
            strings = {
                // patterns
                "cat ~/.en*/hook-token",
                // what is found by its name
                "find ~ -name hook-token -exec cat {} +",
                "find / -name 'hook*' | xargs cat",
                "find /home -name 'hook-tok?n' -print0 | xargs -0 base64",
                "find /srv -name signing.pem -exec cp {} /tmp/x \\;",
                "find /srv -type f -exec cat {} +",
                "find ~ -type f -exec grep -h TOKEN {} +",
                "fd hook-token ~ -x cat",
                "cat .[e]nact/x",
                "rm -rf .e*",
                "rm -rf .ena?t",
                "cd ~/.en* && cat hook-token",
                // what is put into a directory has a name there
                "cp x/settings.json .claude/",
                "cp x/settings.json .claude",
                "install -m644 settings.json .claude",
                "cp -t .claude settings.json",
                "cp --target-directory=.claude settings.json",
                "cp x/* .claude/",
                "mv settings.local.json .claude/",
                "mv /tmp/x/hooks .claude/",
                "cp -r /tmp/evil/.claude .",
                "cp -r /tmp/evil/. .claude",
                "ln -sf /tmp/x/settings.json .claude/",
                "ln -sfn /tmp/x .claude",
                "scp host:settings.json .claude/",
                "rsync host:x/settings.json .claude/",
                "rsync -a x/ .claude/",
                "cd .claude && cp /tmp/settings.json .",
                "cd .claude && curl -O https://x.example/settings.json",
                "cd .claude && wget https://x.example/settings.json",
                "curl -O --output-dir .claude https://x.example/settings.json",
                "cp /tmp/all.yaml /srv/guard/policies",
                "mv /tmp/enact-guard.jar /opt/guard",
                "cp /tmp/managed-settings.json /etc/claude-code/",
                // another way to a directory is a way to what is in it
                "ln -s .claude c",
                "ln -s ~/.claude /tmp/c && echo '{}' > /tmp/c/settings.json",
                "ln -s /srv/guard g",
                "ln -s / r",
                "cp -al .claude c",
                "mount --bind /srv/guard /mnt",
                "mount --bind /tmp/empty .claude",
                // the directory itself
                "chmod 000 .claude",
                "chown nobody ~/.claude",
                "chattr +i .claude",
                "gio trash .claude",
                "rm -rf ~",
                "rm -rf /home/ana",
                "mv /home /old",
                "rm -rf /etc",
                "python3 -c \"import os; os.rename('.claude','.x')\"",
                "python3 -c \"import os; os.chdir('.claude'); open('settings.json','w')\"",
                "python3 -c \"from pathlib import Path; (Path('.claude')/'settings.json').write_text('')\"",
                "perl -e 'rename \".claude\",\".x\"'",
                // found by one program, changed by another
                "ls .claude/*.json | xargs rm",
                "ls .claude/*.json | xargs -I{} sh -c 'echo > {}'",
                "grep -rl hooks .claude | xargs sed -i s/http/x/",
                // kept by git
                "git add /srv/keys/signing.pem",
                "git hash-object -w /srv/keys/signing.pem",
            })
    void commandsThatReachTheGuardAnotherWayAreStopped(String command) {
        assertThat(shell(command)).as(command).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cp notes.md .claude/",
                "cp x/*.md .claude/",
                "cp -r skills/deploy .claude/skills",
                "mkdir -p .claude",
                "ls -la .claude | head",
                "ln -s ../node_modules node_modules",
                "ln -s /opt/tools ~/tools",
                "find .claude/commands -name '*.md' | xargs wc -l",
                "cat .claude/settings.json | xargs echo",
                "python3 -c \"print(open('.claude/commands/x.md').read())\"",
                "cat .e*rc.json",
                "find ~ -name '*.md' -exec grep -l foo {} +",
                "find / -name '*.conf' | xargs cat",
                "find . -name hook-token.md | xargs cat",
                "find . -type f -exec grep -l foo {} +",
                "find ~ -name hook-token",
                "rm -rf .eslintcache",
                "wget https://x.example/settings.json",
                "curl -O https://x.example/settings.json",
                "rsync -a src/ /tmp/copy/",
                "cp -r /tmp/evil/. .",
                "git -C /srv/web status",
                "docker run -v /home/ana/web:/w alpine ls",
                "make -C docs",
                "env -C docs make",
                "rm -rf /home/ana/web/build",
                "chmod +x mvnw",
            })
    void commandsThatStayAwayFromTheGuardPass(String command) {
        assertThat(shell(command)).as(command).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grep -r foo .",
                "grep -rn foo /home/ana/web",
                "grep -R foo ./",
                "rg foo .",
                "rg -uu foo /home/ana/web",
                "find . -type f -exec grep -l foo {} +",
                "find . -type f | xargs grep -l foo",
                "tar czf /tmp/web.tgz .",
                "cp -r . /tmp/web",
                "find . -name '*.tmp' | xargs rm",
                "grep -l foo *.md | xargs sed -i s/a/b/",
                "git -C . status",
                "git add -A",
                "chmod -R u+w .",
                "cp dist/* .",
                "docker run -v .:/w alpine ls",
                "make -C .",
            })
    void workBesideTheStoreOfTheGuardGoesOn(String command) {
        assertThat(besideStore(command)).as(command).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat .enact/enact.db",
                "grep -r foo .enact",
                "cp -r .enact /tmp/x",
                "rm -rf .",
                "rm -rf /home/ana/web",
                "git clean -fdx",
                "find . -type f -delete",
                "find . -type f -exec rm {} +",
                "mv /home/ana/web /tmp/x",
                "rsync -a --delete /tmp/empty/ ./",
                "grep -r foo /home/ana",
                "tar -xf x.tar -C .enact",
            })
    void theStoreBesideTheWorkIsNotTouched(String command) {
        assertThat(besideStore(command)).as(command).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grep -r foo .", "rg foo /home/ana/web", "cp -r /home/ana/web /tmp/web"})
    void aKeyBesideTheWorkIsNotSearched(String command) {
        GuardPlaces places = new GuardPlaces(
                Set.of("/home/ana/web/keys/signing.pem"),
                Set.of("/home/ana/web/.enact/enact.db"),
                Set.of(),
                4711,
                "java",
                Set.of(8099),
                Set.of());
        assertThat(asked(SelfProtection.of(places, "/home/ana"), command))
                .as(command)
                .hasSize(1);
    }

    private List<Verdict> besideStore(String command) {
        GuardPlaces places = new GuardPlaces(
                Set.of(),
                Set.of("/home/ana/web/.enact/enact.db", "/home/ana/web/.enact/undo"),
                Set.of(),
                4711,
                "java",
                Set.of(8099),
                Set.of());
        return asked(SelfProtection.of(places, "/home/ana"), command);
    }

    private static List<Verdict> asked(SelfProtection protection, String command) {
        AgentCall call = call(
                AgentEvent.BEFORE_TOOL,
                "PreToolUse",
                "claude_code.bash",
                tool("Bash", ToolKind.SHELL, command, List.of(), null),
                Map.of("command", command));
        return protection.objections(call, request(call));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/srv/keys", "/srv", "/home/ana", "~", "/", "/home/ana/.enact", "../.."})
    void searchingAroundSecretsOfTheGuardIsStopped(String path) {
        String absolute = path.startsWith(".") ? "/home/ana/web/" + path : path;
        assertThat(search("Grep", absolute)).as("Grep").hasSize(1);
        assertThat(shell("rg -uu ENACT " + path)).as("rg").hasSize(1);
        assertThat(shell("grep -r ENACT " + path)).as("grep").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/home/ana/web", "/home/ana/web/src", "/home/ana/other", "/tmp"})
    void searchingElsewhereGoesOn(String path) {
        assertThat(search("Grep", path)).as("Grep").isEmpty();
        assertThat(search("Glob", path)).as("Glob").isEmpty();
        assertThat(shell("rg ENACT " + path)).as("rg").isEmpty();
        assertThat(shell("rg ENACT .")).as("rg").isEmpty();
    }

    private List<Verdict> search(String name, String path) {
        return objections(
                "claude_code." + name.toLowerCase(Locale.ROOT),
                new AgentTool(name, name, ToolKind.SEARCH, "a.b", null, null, null, List.of(path), null),
                Map.of("pattern", "ENACT", "path", path));
    }
}
