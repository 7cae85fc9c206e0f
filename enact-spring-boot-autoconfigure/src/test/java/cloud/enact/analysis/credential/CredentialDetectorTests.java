package cloud.enact.analysis.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.analysis.credential.CredentialDetector.Finding;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every sample is put together at run time, so that no scanner takes this file for a leak. */
class CredentialDetectorTests {

    private static final String BODY = "a8Kd02mXq7Lz5Wp3Rt9Yv1Bn6Hc4Jf0Gs2Ue8Ti5Oy7Pw3Qx9Zb1Vn4Mk6Lj0Hg2Fd8Sa5";

    private static final String HEX = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";

    private final CredentialDetector detector = new CredentialDetector();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aws-access-key|AKIA|QWERTYUIOPASDFG2",
                "github-token|ghp_|b36",
                "github-token|ghs_|b40",
                "github-token|github_pat_|b60",
                "gitlab-token|glpat-|b20",
                "gitlab-token|gldt-|b22",
                "slack-token|xoxb-|123456789012-b24",
                "slack-token|xapp-|1-A0B1C2D3E4-b40",
                "stripe-key|sk_live_|b24",
                "stripe-key|rk_test_|b30",
                "anthropic-key|sk-ant-|api03-b60",
                "openai-key|sk-|b48",
                "openai-key|sk-proj-|b60",
                "google-key|AIza|b35",
                "npm-token|npm_|b36",
                "pypi-token|pypi-|AgEIcHlwaS5vcmcb60",
                "twilio-key|SK|h32",
                "sendgrid-key|SG.|b22.b43",
                "huggingface-token|hf_|b34",
                "digitalocean-token|dop_v1_|h64",
                "docker-token|dckr_pat_|b27",
                "vault-token|hvs.|b24",
                "databricks-token|dapi|h32",
                "shopify-token|shpat_|h32",
                "groq-key|gsk_|b52"
            })
    void findsTheTokensOfVendorsWhereverTheyStand(String sample) {
        String[] parts = sample.split("\\|");
        String token = parts[1] + expand(parts[2]);

        for (String around : List.of("%s", "use %s now", "\"%s\"", "{\"k\":\"%s\"}", "x=%s&y=1", "[%s]", "%s\n")) {
            String text = around.formatted(token);
            assertThat(found(text)).as(text).containsExactly(token);
            assertThat(this.detector.find(text)).extracting(Finding::kind).containsExactly(parts[0]);
        }
    }

    @Test
    void tokenInsideAWordIsNone() {
        assertThat(found("desk-" + body(48))).isEmpty();
        assertThat(found("xAKIAQWERTYUIOPASDFG2")).isEmpty();
        assertThat(found("AKIAQWERTYUIOPASDFG2X")).isEmpty();
        assertThat(found("Xghp_" + body(36))).isEmpty();
        assertThat(found("forbearer " + body(30))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-learn",
                "sk-learn-contrib-estimators-and-transformers",
                "task-force-of-the-year-two-thousand-24",
                "commit 9fceb02d0ae598e95dc970b74767f19372d61af8",
                "9fceb02",
                "id 123e4567-e89b-12d3-a456-426614174000",
                "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "\"integrity\": \"sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==\"",
                "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
                "max_tokens: 4096",
                "\"next_page_token\": \"CAUQAA8f7d6e5c4b3a2918\"",
                "primary_key = 0f1e2d3c4b5a6978",
                "cache_key: a8Kd02mXq7Lz5Wp3Rt9Y",
                "sort_key=2024-11-20T10:00:00Z",
                "password: required",
                "password = request.getPassword()",
                "password = None",
                "api_key = os.environ[\"OPENAI_API_KEY_2\"]",
                "api_key = settings.get(\"key1\")",
                "API_KEY=${OPENAI_API_KEY2}",
                "api_key: \"<your-api-key-1>\"",
                "token: your-token-goes-here-123",
                "password: ********",
                "password=xxxxxxxx",
                "token = \"user_profile_page_2\"",
                "private_key: /etc/ssl/private/server_key1.pem",
                "Authorization: Bearer $TOKEN",
                "Authorization: Bearer <token>",
                "The bearer of this letter, born 1984, may pass",
                "if (password == other1password) {",
                "token_url: https://login.example/oauth2/v1/token",
                "https://example.com/a:b@c",
                "http://localhost:8080/@scope/pkg",
                "https://user@example.com/x",
                "ssh://git@example.com:22/repo.git",
                "https://registry.example:443/@babel/core",
                "postgres://app:${DB_PASSWORD}@db/app",
                "postgres://app:<password>@db/app",
                "postgres://app:password@db/app",
                "-----BEGIN CERTIFICATE-----",
                "eyJhbGciOiJIUzI1NiJ9",
                "-----BEGIN PRIVATE KEY----- and -----END PRIVATE KEY----- surround it",
                "Password policy 2024: long",
                "hf_hub_download",
                "npm_config_registry_for_the_whole_company",
                "mysql --password=$DB_PASSWORD",
                "mysql --password=<password> --max-tokens=20",
                "docker build --secret=/run/secrets/npm.txt .",
                "mysql -p letmein",
                "aGVsbG8gd29ybGQsIHRoaXMgaXMgaGFybWxlc3M=",
                "SG.something",
                "dapi",
                "ya29."
            })
    void lookAlikesAreNotSecrets(String text) {
        assertThat(found(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api_key = \"{a8Kd02mXq7Lz5Wp3Rt9Y}\"",
                "apiKey: '{a8Kd02mXq7Lz5Wp3Rt9Y}'",
                "{\"client_secret\": \"{0f1e2d3c4b5a69788796}\"}",
                "{\\\"access_token\\\":\\\"{a8Kd02mXq7Lz5Wp3Rt9Y}\\\"}",
                "X-Api-Key: {a8Kd02mXq7Lz5Wp3Rt9Y}\r\n",
                "Authorization: Bearer {a8Kd02mXq7Lz5Wp3Rt9Y}",
                "\"Authorization\": \"Basic {dXNlcjpwYXNz}\"",
                "curl -H 'Authorization: token {0f1e2d3c4b5a6978}'",
                "authorized with bearer {a8Kd02mXq7Lz5Wp3Rt9Y}.",
                "PGPASSWORD={hunter2!} psql",
                "DB_PASSWORD={s3cretpw}",
                "password = \"{correct horse 7}\"",
                "passwd: {tr0ub4dor}",
                "Server=db;User=sa;Password={letmein};Encrypt=yes",
                "jdbc:postgresql://db/app?user=a&password={letmein}&x=1",
                "AccountKey={a8Kd02mXq7Lz5Wp3Rt9Yv1Bn6Hc4Jf0Gs2Ue8Ti5Oy7Pw3Qx9Zb==};EndpointSuffix=x",
                "aws_secret_access_key = {wJa1rXUtn2EMI/K7MDENG/bPx3RfiCYzzEXM9PLEKEY}",
                "<password>{hunter2}</password>",
                "secret: {0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}",
                "//registry.example/:_authToken={a8Kd02mXq7Lz5Wp3}",
                "password := \"{hunter22}\"",
                "'password' => '{hunter22}'",
                "password2={hunter22}",
                "postgres://app:{p4ss}@db:5432/app",
                "redis://:{p4ss}@cache:6379",
                "amqps://u:{pass/w0rd}@mq/v",
                "mongodb+srv://u:{a-b_c}@cluster.example/?retry=1",
                "https://oauth2:{glx-abc}@git.example/r.git",
                "mysql --password={letmein} --user=app",
                "login --password='{let me in}'",
                "deploy --api-token={abcdefgh}"
            })
    void findsJustTheSecretPart(String marked) {
        int open = openOf(marked);
        int close = marked.indexOf('}', open);
        String secret = marked.substring(open + 1, close);
        String text = marked.substring(0, open) + secret + marked.substring(close + 1);

        assertThat(found(text)).as(text).containsExactly(trimmed(text, secret));
    }

    /** A full stop right behind a token can't be told from one inside it, and is taken along. */
    private static String trimmed(String text, String secret) {
        return text.endsWith(secret + ".") ? secret + "." : secret;
    }

    private static int openOf(String marked) {
        int open = marked.indexOf('{');
        return (marked.charAt(open + 1) == '"' || marked.charAt(open + 1) == '\\')
                ? marked.indexOf('{', open + 1)
                : open;
    }

    @Test
    void findsASecretInATextThatIsBase64AsAWhole() {
        byte[] secret = ("machine example.org token=" + body(40)).getBytes(StandardCharsets.UTF_8);

        for (Base64.Encoder encoder : List.of(
                Base64.getEncoder(), Base64.getUrlEncoder(), Base64.getEncoder().withoutPadding())) {
            String encoded = encoder.encodeToString(secret);
            assertThat(this.detector.find(encoded)).containsExactly(new Finding(0, encoded.length(), "encoded-secret"));
        }
        assertThat(found(Base64.getEncoder().encodeToString(Base64.getEncoder().encode(secret))))
                .isEmpty();
    }

    @Test
    void findsJsonWebTokens() {
        String token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0." + body(43);

        assertThat(found("cookie " + token + " end")).containsExactly(token);
        assertThat(this.detector.find(token)).extracting(Finding::kind).containsExactly("jwt");
    }

    @Test
    void findsPrivateKeysWholeCutOffAndEscaped() {
        String base64 = ("MIIEvQ" + body(58) + "\n").repeat(3);
        String whole = pem("RSA ", base64);
        String escaped = whole.replace("\n", "\\n");

        assertThat(found("key:\n" + whole + "\nafter")).containsExactly(whole);
        assertThat(found("{\"k\":\"" + escaped + "\"}")).containsExactly(escaped);
        assertThat(found(pem("OPENSSH ", base64))).hasSize(1);
        assertThat(found(pem("", base64))).hasSize(1);
        String cut = whole.substring(0, whole.indexOf("-----END")) + "!";
        assertThat(found(cut)).containsExactly(cut.substring(0, cut.length() - 1));
    }

    @Test
    void findsSeveralSecretsInOrderWithoutOverlap() {
        String first = "ghp_" + body(36);
        String second = "p4ssw0rd";
        String text = "token: " + first + "\nurl: postgres://u:" + second + "@h/d\nAKIAQWERTYUIOPASDFG2";

        assertThat(found(text)).containsExactly(first, second, "AKIAQWERTYUIOPASDFG2");
        assertThat(this.detector.find(text).get(0).kind()).isEqualTo("github-token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "PASSWORD",
                "db_password",
                "dbPassword",
                "PGPASSWORD",
                "new-password",
                "password2",
                "passwd",
                "apiKey",
                "api_key",
                "APIKey",
                "X-Api-Key",
                "apikey",
                "OPENAI_API_KEY",
                "secret",
                "client_secret",
                "clientSecret",
                "clientsecret",
                "accessToken",
                "refresh_token",
                "id_token",
                "token",
                "auth_token",
                "private_key",
                "privateKeyPem",
                "signing-key",
                "credentials",
                "Authorization",
                "Cookie",
                "jwt",
                "smtp_pass",
                "pwd",
                "passphrase",
                "secret_value",
                "password_confirmation",
                "access_tokens"
            })
    void namesThatPromiseASecret(String name) {
        assertThat(this.detector.isSecretName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "name",
                "tokens",
                "max_tokens",
                "token_count",
                "tokenizer",
                "next_page_token",
                "pageToken",
                "key",
                "primary_key",
                "public_key",
                "keyboard",
                "foreignKey",
                "password_policy",
                "passwordless",
                "token_type",
                "author",
                "authority",
                "PWD",
                "is_password",
                "has_secret",
                "secretary",
                "secret_name",
                "path",
                "bypass",
                "compass",
                "monkey",
                "token_url",
                "\u0000\uD800",
                "___",
                "cookie_policy"
            })
    void namesThatOnlySoundLikeASecret(String name) {
        assertThat(this.detector.isSecretName(name)).isFalse();
    }

    @Test
    void elementWithoutItsEndTagIsNoSecret() {
        assertThat(found("<password>hunter2 and more")).isEmpty();
    }

    @Test
    void hostileTextIsReadInOnePass() {
        for (String unit : List.of(
                "-----BEGIN RSA PRIVATE KEY-----",
                "eyJ-eyJ-",
                "eyJa.",
                "token=",
                "password:",
                "://a:",
                "sk-",
                "glpat-",
                "\\\"password\\\":",
                "SG.",
                "=",
                ":",
                "\u0000",
                "\uD800",
                "bearer ",
                "sk-ant-sk-ant-1",
                "a",
                "-")) {
            String text = unit.repeat(1_000_000 / unit.length());

            List<Finding> findings = this.detector.find(text);

            assertOrdered(findings, text.length());
        }
    }

    @Test
    void anyTextGetsOrderedFindingsInside() {
        Random random = new Random(42);
        String[] pieces = {
            "AKIA",
            "ghp_",
            body(40),
            "=",
            ":",
            "://",
            "@",
            "\"",
            "\\",
            "password",
            "token",
            " ",
            "-----BEGIN ",
            "PRIVATE KEY-----",
            "eyJ",
            ".",
            "\uD83D",
            "\u200B",
            "bearer ",
            "\n",
            "<",
            ">",
            "sk-",
            "%",
            "$",
            "{"
        };
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i >= 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }

            assertOrdered(this.detector.find(text.toString()), text.length());
        }
    }

    @Test
    void findingRefusesNonsense() {
        assertThatThrownBy(() -> new Finding(3, 3, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Finding(-1, 3, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Finding(0, 3, " ")).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertOrdered(List<Finding> findings, int length) {
        int end = 0;
        for (Finding finding : findings) {
            assertThat(finding.start()).isGreaterThanOrEqualTo(end);
            end = finding.end();
        }
        assertThat(end).isLessThanOrEqualTo(length);
    }

    private List<String> found(String text) {
        return this.detector.find(text).stream()
                .map(finding -> text.substring(finding.start(), finding.end()))
                .toList();
    }

    private static String pem(String type, String body) {
        return "-----BEGIN " + type + "PRIVATE KEY-----\n" + body + "-----END " + type + "PRIVATE KEY-----";
    }

    private static String body(int length) {
        return BODY.substring(0, length);
    }

    /** {@code b36} and {@code h32} stand for so many characters of a random-looking body. */
    private static String expand(String template) {
        StringBuilder text = new StringBuilder();
        for (String part : template.split("(?=\\b[bh]\\d\\d$)|(?<=[.-])|(?=[.-])|(?<=c)(?=b60)")) {
            if (part.matches("b\\d\\d")) {
                text.append(body(Integer.parseInt(part.substring(1))));
            } else if (part.matches("h\\d\\d")) {
                text.append(HEX, 0, Integer.parseInt(part.substring(1)));
            } else {
                text.append(part);
            }
        }
        return text.toString();
    }
}
