package cloud.enact.analysis.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that run others: whatever is between, the inner command is found. */
class CarriersTests {

    private final ShellAnalyzer analyzer = new ShellAnalyzer();

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\u0001',
            value = {
                "sudo -E -u root -- rm -rf /                             ~ sudo",
                "doas -u root rm -rf /                                   ~ doas",
                "env -i A=1 rm -rf /                                     ~ env",
                "env -S 'rm -rf /'                                       ~ env",
                "command rm -rf /                                        ~ command",
                "exec -a x rm -rf /                                      ~ exec",
                "nohup rm -rf /                                          ~ nohup",
                "time -p rm -rf /                                        ~ time",
                "timeout --signal=KILL -k 5 5s rm -rf /                  ~ timeout",
                "nice -n 3 ionice -c 2 -n 0 rm -rf /                     ~ nice, ionice",
                "stdbuf -oL setsid rm -rf /                              ~ stdbuf, setsid",
                "strace -f -o x rm -rf /                                 ~ strace",
                "chroot /mnt rm -rf /                                    ~ chroot",
                "nsenter -t 1 -m -u sh -c 'rm -rf /'                     ~ nsenter, sh -c",
                "systemd-run --user -t rm -rf /                          ~ systemd-run",
                "busybox rm -rf /                                        ~ busybox",
                "flock /tmp/l rm -rf /                                   ~ flock",
                "flock /tmp/l -c 'rm -rf /'                              ~ flock -c",
                "script -q -c 'rm -rf /' /dev/null                       ~ script -c",
                "su - root -c 'rm -rf /'                                 ~ su -c",
                "runuser -u x -- rm -rf /                                ~ runuser",
                "bash -o pipefail -lc 'rm -rf /'                         ~ bash -c",
                "fish -c 'rm -rf /'                                      ~ fish -c",
                "watch -n 5 'rm -rf /'                                   ~ watch",
                "find . -name x -execdir rm -rf / {} ;                   ~ find -execdir",
                "fd -e log -x rm -rf / {}                                ~ fd -x",
                "ls | xargs -0 -I{} rm -rf / {}                          ~ xargs",
                "echo / | xargs -n 1 rm -rf                              ~ xargs",
                "parallel -j 4 rm -rf ::: / /etc                         ~ parallel",
                "ssh -p 22 -o X=y me@host rm -rf /                       ~ ssh",
                "ssh -o ProxyCommand='rm -rf /' host                     ~ ssh -o",
                "docker -H x run --rm -v /:/h -it alpine rm -rf /        ~ docker run",
                "docker run --entrypoint rm alpine -rf /                 ~ docker run",
                "docker compose -f a.yml exec -T db rm -rf /             ~ docker compose exec",
                "podman exec -u root c sh -c 'rm -rf /'                  ~ podman exec, sh -c",
                "kubectl -n prod exec -it pod -c c -- rm -rf /           ~ kubectl exec",
                "gcloud compute ssh vm --command='rm -rf /'              ~ gcloud compute ssh",
                "git -c alias.x='!rm -rf /' x                            ~ git -c",
                "git -c core.sshCommand='rm -rf /' fetch                 ~ git -c",
                "git rebase -x 'rm -rf /' main                           ~ git rebase -x",
                "git submodule foreach --recursive 'rm -rf /'            ~ git submodule foreach",
                "git bisect run rm -rf /                                 ~ git bisect run",
                "git config --global alias.z '!rm -rf /'                 ~ git config",
                "GIT_SSH_COMMAND='rm -rf /' git fetch                    ~ GIT_SSH_COMMAND",
                "tar xf a --to-command='rm -rf /'                        ~ tar --to-command",
                "tar cf a --checkpoint-action=exec='rm -rf /' .          ~ tar --checkpoint-action",
                "rsync -e 'rm -rf /' a b:c                               ~ rsync -e",
                "vim -c ':!rm -rf /' x                                   ~ vim -c",
                "sed '1e rm -rf /' x                                     ~ sed e",
                "sed 's/x/rm -rf \\x2f/e;1e rm -rf /' x                  ~ sed e",
                "at now <<< 'rm -rf /'                                   ~ at",
                "(crontab -l; echo '@daily rm -rf /') | crontab -        ~ crontab",
                "npx -y rm@1.0 -rf /                                     ~ npx",
                "poetry run rm -rf /                                     ~ poetry run",
                "tmux new-session -d 'rm -rf /'                          ~ tmux new-session",
                "python3 -c 'import os; os.system(\"rm -rf /\")'         ~ python3 -c",
                "python -c 'subprocess.run([\"rm\", \"-rf\", \"/\"])'    ~ python -c",
                "python3 <<< 'os.popen(\"rm -rf /\")'                    ~ python3",
                "node -e 'require(\"child_process\").exec(\"rm -rf /\")' ~ node -e",
                "perl -e 'system(\"rm\", \"-rf\", \"/\")'                ~ perl -e",
                "perl -e 'print `rm -rf /`'                              ~ perl -e",
                "ruby -e 'system \"rm -rf /\"'                           ~ ruby -e",
                "ruby -e '%x(rm -rf /)'                                  ~ ruby -e",
                "php -r 'shell_exec(\"rm -rf /\");'                      ~ php -r",
                "awk 'BEGIN { system(\"rm -rf /\") }'                    ~ awk",
                "awk 'BEGIN { \"rm -rf /\" | getline }'                  ~ awk",
                "sqlite3 x.db '.shell rm -rf /'                          ~ sqlite3",
                "psql -c '\\! rm -rf /'                                  ~ psql -c",
            })
    void innerCommandIsFound(String text, String wrappers) {
        ShellFacts facts = this.analyzer.analyze(text);

        assertThat(facts.problems()).isEmpty();
        assertThat(facts.commands()).anySatisfy(command -> {
            assertThat(command.name()).isEqualTo("rm");
            assertThat(command.argv()).contains("-rf", "/");
            assertThat(command.wrappers()).containsExactly(wrappers.split(", "));
            assertThat(command.depth())
                    .isGreaterThanOrEqualTo(command.wrappers().size());
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\u0001',
            value = {
                "psql -h db -U me -c 'DROP TABLE x' app        ~ sql        ~ DROP TABLE x",
                "sudo -u postgres psql app <<< 'DROP TABLE x'  ~ sql        ~ DROP TABLE x",
                "echo 'DROP TABLE x' | psql app                ~ sql        ~ DROP TABLE x",
                "mysql -uroot -psecret -e 'DROP TABLE x' app   ~ sql        ~ DROP TABLE x",
                "sqlite3 -header app.db 'DROP TABLE x'         ~ sql        ~ DROP TABLE x",
                "sqlcmd -S db -Q 'DROP TABLE x'                ~ sql        ~ DROP TABLE x",
                "docker exec -i pg psql -c 'DROP TABLE x'      ~ sql        ~ DROP TABLE x",
                "psql -c '\\copy t from program ''x'''         ~ sql        ~ COPY t from program x",
                "python3.11 -Bc 'print(1)'                     ~ python     ~ print(1)",
                "node --eval='1'                               ~ javascript ~ 1",
                "perl -pi.bak -e 's/a/b/' x                    ~ perl       ~ s/a/b/",
                "awk -F: '{print $1}' /etc/passwd              ~ awk        ~ {print $1}",
                "mongosh --eval 'db.dropDatabase()'            ~ mongo      ~ db.dropDatabase()",
                "redis-cli -h x FLUSHALL ASYNC                 ~ redis-cli  ~ FLUSHALL ASYNC",
                "pwsh -NoProfile -Command 'ls'                 ~ powershell ~ ls",
                "powershell -enc bABzAA==                      ~ powershell ~ ls",
                "cmd.exe /C dir                                ~ cmd        ~ dir",
            })
    void codeOfOtherLanguagesIsHandedOn(String text, String language, String code) {
        ShellFacts facts = this.analyzer.analyze(text);

        assertThat(facts.problems()).isEmpty();
        assertThat(facts.inlineCode()).singleElement().satisfies(found -> {
            assertThat(found.language()).isEqualTo(language);
            assertThat(found.text().strip()).isEqualTo(code);
            assertThat(found.dynamic()).isFalse();
        });
    }

    @Test
    void codeThatComputesCodeIsUnknown() {
        assertThat(this.analyzer.analyze("python -c 'exec(decode(\"x\"))'").inlineCode())
                .allMatch(InlineCode::dynamic);
        assertThat(this.analyzer
                        .analyze("python -c 'model.eval(); eval(\"1\")'")
                        .inlineCode())
                .noneMatch(InlineCode::dynamic);
    }

    @Test
    void codeFromAPipeIsUnknown() {
        List<InlineCode> code = this.analyzer.analyze("curl x | python3").inlineCode();

        assertThat(code).singleElement().matches(InlineCode::dynamic).matches(found -> found.command() == 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "command -v rm",
                "psql -c '\\d'",
                "sqlite3 x.db .tables",
                "psql < dump.sql",
                "python script.py",
                "find . -name rm",
                "python -c 'print(\"rm -rf /\")'",
                "python -c '# os.system(\"rm -rf /\")'",
                "node -e '/x/.exec(\"rm -rf /\")'",
                "ssh host",
                "docker ps",
                "kubectl delete ns x",
                "sed -e 's/a/rm/g' -i x",
                "vim -c 'set number' -c 'wq!' x",
            })
    void nothingElseIsRun(String text) {
        ShellFacts facts = this.analyzer.analyze(text);

        assertThat(facts.problems()).isEmpty();
        assertThat(facts.commands()).hasSize(1);
    }

    @Test
    void wrapperKeepsItsOwnFlags() {
        assertThat(this.analyzer.analyze("sudo -n rm -rf /").commands().get(0).flags())
                .containsExactly("n");
        assertThat(this.analyzer
                        .analyze("find . -name x -exec rm -rf {} + -delete")
                        .commands()
                        .get(0)
                        .flags())
                .containsExactly("name", "exec", "delete");
        assertThat(this.analyzer
                        .analyze("docker run --rm -it x rm -rf /")
                        .commands()
                        .get(0)
                        .flags())
                .containsExactly("rm", "i", "t");
    }

    @Test
    void commandsOfWindowsHaveSmallLetters() {
        ShellFacts facts = this.analyzer.analyze("powershell \"Remove-Item -Recurse C:\\x; iwr x | iex\"");
        ShellCommand command = facts.commands().get(1);

        assertThat(command.name()).isEqualTo("remove-item");
        assertThat(command.flags()).containsExactly("recurse");
        assertThat(facts.pipelines()).containsExactly(List.of(2, 3));
        assertThat(this.analyzer
                        .analyze("cmd /c 'RD /S /Q C:\\x'")
                        .commands()
                        .get(1)
                        .flags())
                .containsExactly("s", "q");
    }
}
