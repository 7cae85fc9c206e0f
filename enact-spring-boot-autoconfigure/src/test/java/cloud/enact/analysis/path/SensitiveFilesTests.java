package cloud.enact.analysis.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that policies look for, in every spelling and beside what only looks like them. */
class SensitiveFilesTests {

    private static final String HOME = "/home/me";

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".env",
                "./.env",
                "a/b/.env",
                "/srv/app/.env",
                ".ENV",
                ".env.local",
                ".env.production",
                ".env-production",
                ".env_backup",
                ".env.bak",
                ".env~",
                ".envrc",
                ".env1",
                ".env.example.local",
                "prod.env",
                "config/app.env",
                "a/../.env",
                ".env/",
                ".env/.",
                "a//.env",
                "x\\.env",
                "C:\\app\\.env",
                ".env::$DATA",
                ".env. ",
                ".e\u200Bnv",
                "．ｅｎｖ",
                "file:///srv/%2Eenv",
                "HEAD:.env",
                "host:/srv/.env",
                "$DIR/.env",
                "$(pwd)/.env",
                "${DIR}/.env.local",
                ".e*",
                ".en?",
                ".[e]nv",
                ".env*",
                "{.env,.env.local}",
                "*.env",
                "*env*",
                "/proc/self/environ",
                "/proc/1/environ",
                "/proc/*/environ",
                "/proc/self/task/1/environ",
                "/proc/self/root/proc/1/environ",
                "/proc/self/root/srv/.env",
                "/proc/self/cwd/.env",
                "..env.swp"
            })
    void filesWithVariablesAreFound(String path) {
        assertThat(SecretFiles.kind(path, HOME)).isEqualTo(SecretFiles.Kind.ENVIRONMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".env.example",
                ".env.sample",
                ".env.template",
                ".env.dist",
                ".env.local.example",
                ".env.example.bak",
                "example.env",
                ".env-example",
                "environment.ts",
                "env.ts",
                "env",
                ".environment",
                ".envoy.yaml",
                ".env/bin/python",
                ".env/../x",
                "src/environ",
                "proc/environ.txt",
                "docs/env.md",
                "src/.envelope",
                "jest.env.ts",
                "vite-env.d.ts",
                "https://example.com/.env",
                "*",
                "*.md",
                "*.local",
                "**/*.ts",
                "$FILE",
                "design-token.json",
                "design/tokens.json",
                "tokenizer.json",
                "special_tokens_map.json",
                "src/token",
                "src/auth-token.ts",
                "token.go",
                "Token.java",
                "test/fixtures/token.json",
                "token.example.json",
                "next-token.txt",
                "*token*",
                "$DIR/config.json",
                "",
                "/",
                ".",
                ".."
            })
    void whatOnlyLooksLikeSecretsIsNone(String path) {
        assertThat(SecretFiles.kind(path, HOME)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "~/.ssh/id_rsa",
                "~/.ssh",
                "~/.ssh/*",
                "/root/.ssh/id_ed25519",
                "$HOME/.ssh/work",
                "id_rsa",
                "backup/id_ed25519",
                "/etc/ssh/ssh_host_rsa_key",
                "~bob/.ssh/id_rsa",
                "%USERPROFILE%\\.ssh\\id_rsa",
                "id_*sa"
            })
    void privateKeysAreFound(String path) {
        assertThat(SecretFiles.kind(path, HOME)).isEqualTo(SecretFiles.Kind.SSH_KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "~/.aws/credentials",
                "~/.aws",
                "$HOME/.aws/config",
                "/root/.config/gcloud/credentials.db",
                "~/.azure/accessTokens.json",
                "~/.kube/config",
                "~/.docker/config.json",
                "/var/run/secrets/kubernetes.io/serviceaccount/token"
            })
    void credentialsOfCloudsAreFound(String path) {
        assertThat(SecretFiles.kind(path, HOME)).isEqualTo(SecretFiles.Kind.CLOUD_CREDENTIALS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/shadow",
                "~/.netrc",
                "~/.git-credentials",
                ".npmrc",
                "server.pem",
                "server.key.bak",
                "~/.gnupg/x",
                "/run/secrets/db",
                "~/.config/gh/hosts.yml",
                "a.p12",
                "infra/railway-token.txt",
                "/home/ana/.railway/railway_api_token",
                "github.token.json",
                "token.json",
                "conf/apiToken.yml",
                ".railway/token",
                ".fly-token"
            })
    void otherSecretsAreFound(String path) {
        assertThat(SecretFiles.kind(path, HOME)).isEqualTo(SecretFiles.Kind.OTHER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "~/.ssh/config",
                "~/.ssh/known_hosts",
                "~/.ssh/id_rsa.pub",
                "id_rsa.pub",
                "docs/ssh/id.md",
                "aws/credentials.md",
                "src/kube/config.ts",
                "etc/shadow.css",
                "/etc/hosts",
                "key.ts",
                "keys/readme.txt",
                "docker/config.json",
                "src/secrets/index.ts"
            })
    void publicFilesBesideSecretsAreNone(String path) {
        assertThat(SecretFiles.kind(path, HOME)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".github/workflows/ci.yml",
                "/srv/app/.github/workflows/ci.yml",
                "./.GitHub/Workflows/x",
                "a/../.github/workflows/ci.yml",
                ".github//workflows/ci.yml",
                ".github\\workflows\\ci.yml",
                ".github/actions/setup/action.yml",
                ".github/*/ci.yml",
                ".gith?b/workflows/ci.yml",
                "$ROOT/.github/workflows/ci.yml",
                ".gitlab-ci.yml",
                ".gitlab-ci.yaml",
                "ci/build.gitlab-ci.yml",
                ".circleci/config.yml",
                "Jenkinsfile",
                "ci/Jenkinsfile.prod",
                "Dockerfile",
                "api/Dockerfile.dev",
                "prod.Dockerfile",
                "Dockerfile-alpine",
                "docker-compose.yml",
                "docker-compose.override.yml",
                "compose.yaml",
                "compose.prod.yml",
                "azure-pipelines.yml",
                "azure-pipelines-release.yml",
                "bitbucket-pipelines.yml",
                "buildspec.yml",
                "cloudbuild.yaml",
                ".travis.yml",
                ".git/hooks/pre-commit",
                "a/.git/hooks/post-merge",
                ".husky/pre-push",
                ".pre-commit-config.yaml",
                "Procfile",
                "fly.toml",
                "k8s/deployment.yaml",
                "Docker*",
                "Jenkins*",
                "docker-compose*.yml",
                "file:///srv/Docker%66ile"
            })
    void filesOfPipelinesAreFound(String path) {
        assertThat(PipelineFiles.includes(path, HOME)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "github/workflows/ci.yml",
                ".github/ISSUE_TEMPLATE/bug.md",
                ".github/CODEOWNERS",
                ".github/workflows-old/x.md",
                "docs/workflows/ci.md",
                "src/compose.ts",
                "composer.json",
                "src/dockerfile-parser.ts",
                "docs/Dockerfile.md",
                "dockerfiles.txt",
                "src/jenkins.java",
                "pipeline.ts",
                "src/pipelines/index.js",
                "docs/gitlab-ci.md",
                "hooks/useState.ts",
                "src/hooks/pre-commit.ts",
                "*.yml",
                "*",
                ".github/workflows/../README.md",
                "k8s/README.md",
                "circleci/config.yml",
                ""
            })
    void whatOnlyLooksLikeAPipelineIsNone(String path) {
        assertThat(PipelineFiles.includes(path, HOME)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "~",
                "~/x",
                "~bob/x",
                "$HOME",
                "$HOME/x",
                "${HOME}/x",
                "${HOME:-/x}/y",
                "%USERPROFILE%\\x",
                "$env:USERPROFILE\\x",
                "/home/bob",
                "/home/bob/x",
                "/HOME/bob",
                "//home//bob",
                "/srv/../home/bob",
                "/Users/bob/x",
                "/root",
                "/root/.bashrc",
                "C:\\Users\\bob",
                "c:/users/bob",
                "\\\\?\\C:\\Users\\bob",
                "/mnt/c/Users/bob/x",
                "/c/Users/bob/x",
                "/proc/self/root/home/bob",
                "/proc/1/root/root/x",
                "/var/root/x",
                "/private/var/root/x",
                "/System/Volumes/Data/Users/bob",
                "../../../../home/bob/x",
                "file:///home/bob",
                "file:/home/bob",
                "/home/*/x",
                "/h?me/bob",
                "/home",
                "/export/home/bob",
                "~/../bob/x"
            })
    void homeDirectoriesAreFound(String path) {
        assertThat(HomeDirectories.include(path, HOME)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "home",
                "home/bob",
                "docs/home/index.md",
                "src/home/x.ts",
                "../home/page.tsx",
                "/srv/home/x",
                "/homepage/x",
                "/etcetera",
                "/rooted/x",
                "root/x",
                "users/bob.json",
                "src/users/index.ts",
                "~backup.txt",
                "~$letter.docx",
                "https://example.com/home/bob",
                "/srv/app",
                "/home/../srv/x",
                "/*",
                "$DIR/x",
                "",
                "."
            })
    void whatOnlyLooksLikeAHomeDirectoryIsNone(String path) {
        assertThat(HomeDirectories.include(path, HOME)).isFalse();
    }

    @Test
    void homeAsAWholeIsToldFromWhatIsInIt() {
        for (String whole :
                List.of("~", "$HOME", "/home/bob", "/root", "/home", "~/*", "/Users/bob/", "/home/*", "~/.")) {
            assertThat(FilePath.readings(whole, HOME)).as(whole).anyMatch(path -> HomeDirectories.isWhole(path, HOME));
        }
        for (String part : List.of("~/x", "/home/bob/x", "/root/x", "/srv", "x", "~/a/*")) {
            assertThat(FilePath.readings(part, HOME)).as(part).noneMatch(path -> HomeDirectories.isWhole(path, HOME));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".gitignore", "a/.gitignore", "./.GITIGNORE", ".git/info/exclude", "/srv/.git/info/exclude",
                ".git/modules/x/info/exclude", "~/.config/git/ignore", ".gitignore_global", ".giti*", "x/../.gitignore",
                "$ROOT/.gitignore"
            })
    void filesThatTellGitWhatToLeaveOutAreFound(String path) {
        assertThat(IgnoreFiles.includes(path, HOME)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gitignore",
                ".gitignore.md",
                "docs/gitignore.txt",
                ".gitattributes",
                ".dockerignore",
                ".gitkeep",
                "info/exclude",
                ".git/config",
                "*",
                ""
            })
    void otherFilesOfGitAreNone(String path) {
        assertThat(IgnoreFiles.includes(path, HOME)).isFalse();
    }

    @Test
    void hugePathsTakeTimeInProportion() {
        for (String unit :
                List.of("/", "../", "a/", "{a,b}", "$(", "${", "[", "~/", "%2e", ":", "a:", "*", "/proc/1/root")) {
            String huge = unit.repeat(1_000_000 / unit.length());

            assertThat(FilePath.readings(huge, HOME)).hasSizeLessThan(200);
            SecretFiles.kind(huge, HOME);
            PipelineFiles.includes(huge, HOME);
            HomeDirectories.include(huge, HOME);
        }
    }
}
