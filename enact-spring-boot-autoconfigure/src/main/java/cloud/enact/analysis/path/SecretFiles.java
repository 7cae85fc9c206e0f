package cloud.enact.analysis.path;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files that hold secrets, told by their names and places. */
public final class SecretFiles {

    private static final Set<String> TEMPLATES =
            Set.of("example", "examples", "sample", "template", "tmpl", "tpl", "dist", "defaults", "default", "schema");

    private static final Set<String> COPIES = Set.of("bak", "backup", "old", "orig", "copy", "swp", "save", "tmp");

    /** What {@code .env} files are called; a pattern that may match one of them is a way to read it. */
    private static final List<String> ENVIRONMENTS =
            List.of(".env", ".envrc", ".env.local", ".env.production", ".env.development", ".env.staging", ".env.test");

    private static final List<String> KEY_NAMES =
            List.of("id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "id_ecdsa_sk", "id_ed25519_sk");

    private static final Set<String> PUBLIC_SSH_FILES =
            Set.of("known_hosts", "known_hosts.old", "config", "config.d", "authorized_keys", "authorized_keys2", "rc");

    private static final List<String> CLOUD_NAMES = List.of(
            "application_default_credentials.json",
            "accesstokens.json",
            "msal_token_cache.json",
            ".boto",
            ".s3cfg",
            "credentials.tfrc.json");

    private static final List<String> TOKEN_NAMES = List.of(
            ".netrc",
            "_netrc",
            ".git-credentials",
            ".npmrc",
            ".pypirc",
            ".pgpass",
            ".my.cnf",
            ".mylogin.cnf",
            ".vault-token",
            ".htpasswd",
            ".dockercfg",
            "credentials.json",
            "secrets.json",
            "secrets.yml",
            "secrets.yaml",
            "service-account.json",
            "serviceaccount.json",
            "terraform.tfstate",
            ".terraformrc",
            "keychain.db",
            "login.keychain-db",
            "rclone.conf",
            // of browsers
            "cookies.sqlite",
            "login data",
            "logins.json",
            "key4.db",
            // what was typed, passwords included
            ".bash_history",
            ".zsh_history",
            ".sh_history",
            ".psql_history",
            ".mysql_history",
            ".rediscli_history",
            ".python_history",
            ".node_repl_history",
            ".dbshell",
            "fish_history",
            "consolehost_history.txt",
            "master.key");

    private static final Set<String> KEY_STORES =
            Set.of("pem", "key", "p12", "pfx", "jks", "keystore", "kdbx", "ppk", "pkcs12", "asc", "gpg");

    private static final Set<String> BROWSERS =
            Set.of("google-chrome", "chrome", "chromium", "bravesoftware", "microsoft-edge", "edge");

    private SecretFiles() {}

    /** The kind of secrets in a file or in the directory with such files; {@code null} when it is none. */
    public static @Nullable Kind kind(FilePath path) {
        if (isEnvironment(path)) {
            return Kind.ENVIRONMENT;
        }
        if (isSshKey(path)) {
            return Kind.SSH_KEY;
        }
        if (isCloud(path)) {
            return Kind.CLOUD_CREDENTIALS;
        }
        return isOther(path) ? Kind.OTHER : null;
    }

    /** The first kind that one of the readings of a text has. */
    public static @Nullable Kind kind(String text, String home) {
        for (FilePath path : FilePath.readings(text, home)) {
            Kind kind = kind(path);
            if (kind != null) {
                return kind;
            }
        }
        return null;
    }

    /** {@code .env} and what begins so; {@code /proc/…/environ}; no templates, and no {@code environment.ts}. */
    private static boolean isEnvironment(FilePath path) {
        List<String> names = path.names();
        if (names.size() >= 3
                && NameGlob.mayBe(names.get(0), "proc")
                && NameGlob.mayBe(path.last(), "environ")
                && path.absolute()) {
            return true;
        }
        String name = plain(path.last());
        if (NameGlob.isIn(name)) {
            boolean open = "*?[{".indexOf(name.charAt(0)) >= 0;
            return (!open || name.contains("env") || name.contains("nv"))
                    && !isTemplate(name)
                    && ENVIRONMENTS.stream().anyMatch(file -> NameGlob.mayBe(name, file));
        }
        int at = name.startsWith(".env") ? 0 : name.indexOf(".env");
        if (at < 0 || !isEnd(name, at + 4) && !name.startsWith("rc", at + 4)) {
            return false;
        }
        // jest.env.ts is code
        boolean code = at > 0 && name.length() > at + 4;
        return !code && !isTemplate(name);
    }

    /** Hidden copies that editors keep begin with one more dot. */
    private static String plain(String name) {
        int start = 0;
        while (name.startsWith("..", start)) {
            start++;
        }
        int end = name.length();
        while (end > start && "~#".indexOf(name.charAt(end - 1)) >= 0) {
            end--;
        }
        while (start < end && name.charAt(start) == '#') {
            start++;
        }
        return name.substring(start, end);
    }

    private static boolean isEnd(String name, int at) {
        return at >= name.length() || !Character.isLetter(name.charAt(at));
    }

    /** Nobody's secrets are in {@code .env.example}; in {@code .env.example.local} they may be. */
    private static boolean isTemplate(String name) {
        int end = name.length();
        int dot = name.lastIndexOf('.');
        while (dot > 0 && COPIES.contains(name.substring(dot + 1, end))) {
            end = dot;
            dot = name.lastIndexOf('.', dot - 1);
        }
        String rest = name.substring(0, end);
        int last = Math.max(Math.max(rest.lastIndexOf('.'), rest.lastIndexOf('-')), rest.lastIndexOf('_'));
        int first = rest.indexOf(".env");
        return TEMPLATES.contains(rest.substring(last + 1))
                || rest.endsWith(".d.ts")
                || first > 0 && TEMPLATES.contains(rest.substring(0, first));
    }

    private static boolean isSshKey(FilePath path) {
        String name = path.last();
        if (name.endsWith(".pub")) {
            return false;
        }
        int below = path.indexBelow(".ssh");
        if (below >= 0) {
            return below == path.names().size()
                    || !PUBLIC_SSH_FILES.contains(path.names().get(below));
        }
        return KEY_NAMES.stream().anyMatch(path::endsWith)
                || path.isBelow("etc", "ssh") && name.startsWith("ssh_host_") && name.endsWith("key");
    }

    private static boolean isCloud(FilePath path) {
        int aws = path.indexBelow(".aws");
        if (aws >= 0) {
            return true;
        }
        boolean gcloud = path.isBelow(".config", "gcloud") || path.isBelow("appdata", "roaming", "gcloud");
        return gcloud
                || path.isBelow(".azure")
                || path.isBelow(".oci")
                || path.isBelow(".kube", "config")
                || path.isBelow(".docker", "config.json")
                || path.isBelow(".config", "doctl")
                || path.isBelow(".terraform.d", "credentials.tfrc.json")
                || path.isBelow("secrets", "kubernetes.io", "serviceaccount")
                || isNamed(path, CLOUD_NAMES);
    }

    private static boolean isOther(FilePath path) {
        if (path.absolute() && path.names().size() == 2 && path.names().get(0).equals("etc")) {
            return path.endsWith("shadow") || path.endsWith("gshadow") || path.endsWith("sudoers");
        }
        boolean place = path.isBelow(".gnupg")
                || path.isBelow("run", "secrets")
                || path.isBelow(".gem", "credentials")
                || path.isBelow(".cargo", "credentials")
                || path.isBelow(".cargo", "credentials.toml")
                || path.isBelow(".config", "gh", "hosts.yml")
                || path.isBelow(".password-store")
                || path.endsWith("cookies") && path.names().stream().anyMatch(BROWSERS::contains);
        return place || isNamed(path, TOKEN_NAMES) || isKeyStore(path.last()) || TokenFiles.contains(path);
    }

    /** A pattern such as {@code *.json} matches them, too, but whoever writes it means others. */
    private static boolean isNamed(FilePath path, List<String> names) {
        if (!path.pattern()) {
            return names.contains(path.last());
        }
        return !path.last().startsWith("*") && names.stream().anyMatch(path::endsWith);
    }

    private static boolean isKeyStore(String name) {
        String plain = plain(name);
        int dot = plain.lastIndexOf('.');
        while (dot > 0 && COPIES.contains(plain.substring(dot + 1))) {
            plain = plain.substring(0, dot);
            dot = plain.lastIndexOf('.');
        }
        return dot >= 0 && KEY_STORES.contains(plain.substring(dot + 1));
    }

    /** What kind of secrets a file holds. */
    public enum Kind {
        /** Variables of an environment. */
        ENVIRONMENT,
        /** Private keys of ssh. */
        SSH_KEY,
        /** Credentials of a cloud or a cluster. */
        CLOUD_CREDENTIALS,
        /** Passwords, tokens and keys of anything else. */
        OTHER
    }
}
