package cloud.enact.policy.builtin.search;

import static cloud.enact.policy.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.policy.Effect;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.catalogue.Catalogue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchPoliciesTests {

    private final PolicySet grep = Catalogue.set("search.block-grep-secret-patterns", Map.of());

    private final PolicySet glob = Catalogue.set("search.block-glob-credentials-dirs", Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "PASSWORD",
                "passwd",
                "secret",
                "api_key",
                "api-key",
                "apiKey",
                "API_KEY",
                "api[_-]?key",
                "(?i)api.?key",
                "[Pp]assword",
                "pass(word|wd)|secret",
                "password|secret|token",
                "password\\|secret",
                "token\\s*=",
                "secret.*=.*",
                "AKIA[0-9A-Z]{16}",
                "AKIA",
                "ghp_[a-zA-Z0-9]{36}",
                "sk-[a-zA-Z0-9]{48}",
                "sk_live_",
                "xox[baprs]-",
                "-----BEGIN",
                "BEGIN RSA PRIVATE KEY",
                "BEGIN .*PRIVATE KEY",
                "PRIVATE KEY",
                "aws_secret_access_key",
                "AWS_ACCESS_KEY_ID",
                "client_secret",
                "DATABASE_URL",
                "private_key",
                "access_token",
                "Bearer [A-Za-z0-9]",
                "credentials",
                "password:",
                "pass\u200Bword",
                "\\bpassword\\b",
                "^password",
                "eyJ[A-Za-z0-9_-]+"
            })
    void searchesForCredentialsAreBlocked(String pattern) {
        assertThat(judge(this.grep, "Grep", "pattern", pattern)).isEqualTo(Effect.BLOCK);
        assertThat(judge(this.grep, "search_files", "regex", pattern)).isEqualTo(Effect.BLOCK);
        assertThat(judge(this.grep, "bash.run", "command", "grep -rn -e '" + pattern + "' ."))
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(this.grep, "bash.run", "command", "rg -- '" + pattern + "' src"))
                .isEqualTo(Effect.BLOCK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TODO",
                "class PasswordEncoder",
                "validatePassword",
                "passwordless",
                "forgot password",
                "secretary",
                "tokenize",
                "Tokenizer",
                "keyboard",
                "primary_key",
                "monkey",
                "function login",
                "apiVersion",
                "KeyError",
                "def get_token",
                "import os",
                "git push --force",
                "BEGIN TRANSACTION",
                "BEGIN CERTIFICATE",
                "public key",
                "Asia/Tokyo",
                "sk-button",
                "max_tokens",
                "password reset email",
                "PasswordField",
                ".*",
                "",
                "npm_config_cache",
                "foo|bar",
                "token"
            })
    void searchesForCodePass(String pattern) {
        assertThat(judge(this.grep, "Grep", "pattern", pattern)).isEqualTo(Effect.PASS);
        assertThat(judge(this.grep, "bash.run", "command", "grep -rn -e '" + pattern + "' ."))
                .isEqualTo(Effect.PASS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grep -r password .",
                "grep -rni 'api_key' src",
                "grep -rE 'password|secret' /",
                "grep -r --include=*.py password .",
                "egrep -i 'secret' x",
                "rg -i password",
                "rg -g '*.ts' api_key src",
                "ag password",
                "ack secret",
                "git grep -n password",
                "git grep -i -e secret",
                "git -C x grep password",
                "git log -S password",
                "git log -p -G'api_key'",
                "cat x | grep password",
                "zgrep password x.gz",
                "findstr /s /i password *.txt",
                "sudo grep -r password /etc",
                "bash -c 'grep -r password .'",
                "grep -A 3 password x",
                "grep --regexp=password x",
                "awk '/password/' x",
                "sed -n '/password/p' x",
                "printenv | grep -i token",
                "env | grep -iE 'key|auth'",
                "cat ~/.bash_history | grep -i passw",
                "grep -ri 'mongodb+srv://' .",
                "grep -rE 'postgres(ql)?://[^:]+:[^@]+@' .",
                "grep -R 'authorization: bearer' .",
                "P=password; grep -r $P ."
            })
    void commandsThatSearchForCredentialsAreBlocked(String command) {
        assertThat(judge(this.grep, "bash.run", "command", command)).isEqualTo(Effect.BLOCK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grep -rn TODO src",
                "grep main password.txt",
                "echo password",
                "git commit -m 'Reset the password'",
                "git log --grep password",
                "ls secrets",
                "cat password.md",
                "rg 'class Password' src",
                "npm run reset-password",
                "grep -c . password",
                "psql -c 'select password from users'",
                "grep -r --include=password.ts foo .",
                "git grep -n TODO",
                "grep -v '^#' api_key.md",
                "env | grep PATH",
                "grep -rn 'https://' docs",
                "grep -rn Authorization src",
                "printf 'password'"
            })
    void commandsThatSearchForSomethingElsePass(String command) {
        assertThat(judge(this.grep, "bash.run", "command", command)).isIn(Effect.PASS, Effect.ABSTAIN);
    }

    @Test
    void onlySearchesInFilesAreJudged() {
        assertThat(judge(this.grep, "web.search", "query", "password")).isEqualTo(Effect.ABSTAIN);
        assertThat(judge(this.grep, "crm.find_contact", "query", "secret")).isEqualTo(Effect.ABSTAIN);
        assertThat(judge(this.grep, "code.search", "query", "password")).isEqualTo(Effect.BLOCK);
        assertThat(judge(this.grep, "search", "query", "password", "path", "src"))
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(this.grep, "Grep")).isEqualTo(Effect.PASS);
        assertThat(judge(this.grep, "Grep", "pattern", null)).isEqualTo(Effect.PASS);
        assertThat(judge(this.grep, "Grep", "pattern", List.of("a", "password")))
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(this.grep, "Grep", "pattern", 5)).isEqualTo(Effect.PASS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "~/.ssh/*",
                "**/.ssh/**",
                "/home/*/.ssh/id_*",
                "**/.aws/*",
                "~/.aws",
                "**/.env",
                "**/.env*",
                ".env.*",
                "**/*.pem",
                "**/id_rsa*",
                "id_rsa",
                "**/.kube/config",
                "**/.docker/config.json",
                "~/.config/gcloud/**",
                "**/.gnupg/*",
                "**/credentials",
                "**/credentials*",
                "**/.npmrc",
                "~/.netrc",
                "**/*.{pem,key}",
                "**/*.p12",
                "$HOME/.ssh",
                "/root/.ssh/"
            })
    void placesOfCredentialsAreNotLookedAt(String pattern) {
        assertThat(judge(this.glob, "Glob", "pattern", pattern)).isEqualTo(Effect.BLOCK);
        assertThat(judge(this.glob, "list_directory", "path", pattern)).isEqualTo(Effect.BLOCK);
        assertThat(judge(this.glob, "bash.run", "command", "ls -la " + pattern)).isEqualTo(Effect.BLOCK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "**/*.ts",
                "src/**",
                "*",
                "**/*",
                ".github/workflows/*",
                "**/.env.example",
                "src/credentials/Form.ts",
                "src/components/*.tsx",
                "**/environment.ts",
                "docs/ssh.md",
                "~/.ssh/config",
                "**/*.pub",
                "**/package.json",
                "**/*.json",
                "**/*.yml",
                "**/*.local",
                "**/*config*",
                "keys/*.md"
            })
    void otherPlacesMayBeLookedAt(String pattern) {
        assertThat(judge(this.glob, "Glob", "pattern", pattern)).isEqualTo(Effect.PASS);
        assertThat(judge(this.glob, "bash.run", "command", "ls -la " + pattern)).isEqualTo(Effect.PASS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ls ~/.ssh",
                "ls -la /home/bob/.aws",
                "find / -name id_rsa",
                "find ~ -name '*.pem'",
                "find . -iname '.env*'",
                "find / -path '*/.aws/credentials'",
                "fd -H id_rsa",
                "locate id_rsa",
                "tree ~/.aws",
                "rg --files -g '*.pem'",
                "git ls-files '*.pem'",
                "echo ~/.ssh/*",
                "stat ~/.ssh/id_rsa",
                "cd ~ && ls .ssh",
                "sudo find / -name '*.key'",
                "bash -c 'ls ~/.ssh'",
                "D=~/.ssh; ls $D",
                "du -a ~/.gnupg",
                "ls \"$HOME\"/.kube/config",
                "find . -name .env -not -path './x'"
            })
    void commandsThatLookForCredentialsAreBlocked(String command) {
        assertThat(judge(this.glob, "bash.run", "command", command)).isEqualTo(Effect.BLOCK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ls",
                "ls src",
                "find . -name '*.java'",
                "find . -type f -not -name '.env'",
                "find . -name '*.ts' -not -path '*/.env/*'",
                "echo 'keep keys in ~/.ssh'",
                "git commit -m 'Document ~/.ssh'",
                "grep -rn TODO --exclude=.env .",
                "tree -I node_modules",
                "fd -e java",
                "ls .github",
                "git status",
                "ls *.md",
                "rg TODO src",
                "git ls-files",
                "ssh host ls"
            })
    void commandsThatLookElsewherePass(String command) {
        assertThat(judge(this.glob, "bash.run", "command", command)).isIn(Effect.PASS, Effect.ABSTAIN);
    }

    private static Effect judge(PolicySet set, String action, Object... args) {
        return Catalogue.judge(set, request(action, args)).effect();
    }
}
