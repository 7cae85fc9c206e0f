package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.shell.ShellCommand;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Calls of a cloud that let in everybody, or give somebody all rights. */
final class Exposure {

    private static final Set<String> CLOUDS = Set.of("aws", "awslocal", "gcloud", "gsutil", "az", "kubectl", "oc");

    private static final Set<String> READS = Set.of("describe", "list", "get", "show", "ls");

    private static final Set<String> EVERYBODY = Set.of(
            "public-read",
            "public-read-write",
            "allusers",
            "allauthenticatedusers",
            "0.0.0.0/0",
            "::/0",
            "--member=allusers",
            "--member=allauthenticatedusers",
            "--clusterrole=cluster-admin",
            "--source-ranges=0.0.0.0/0",
            "--cidr=0.0.0.0/0",
            "cluster-admin");

    private static final List<String> ALL_RIGHTS =
            List.of("administratoraccess", "roles/owner", "roles/editor", "iamfullaccess", "poweruseraccess");

    /** Verbs that open something to an address range. */
    private static final List<String> OPENERS = List.of(
            "authorize-security-group-ingress",
            "firewall-rules",
            "nsg",
            "add-iam-policy-binding",
            "put-bucket-acl",
            "put-object-acl",
            "acl",
            "clusterrolebinding",
            "add-cluster-role",
            "iam",
            "attach-");

    private Exposure() {}

    /** {@code gh repo edit --visibility public}. */
    private static boolean isPublished(ShellCommand command) {
        List<String> argv = command.argv();
        return Set.of("gh", "glab").contains(command.name())
                && argv.contains("edit")
                && (argv.contains("--visibility=public") || argv.contains("--visibility") && argv.contains("public"));
    }

    static boolean isIn(ShellCommand command) {
        if (isPublished(command)) {
            return true;
        }
        if (!CLOUDS.contains(command.name())) {
            return false;
        }
        List<String> words = command.argv().stream()
                .limit(100)
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
        boolean reads = words.stream()
                .anyMatch(word ->
                        READS.contains(word) || READS.contains(word.substring(0, Math.max(0, word.indexOf('-')))));
        boolean opens = words.stream().anyMatch(word -> OPENERS.stream().anyMatch(word::startsWith));
        boolean acl = words.contains("--acl") && words.stream().anyMatch(word -> word.startsWith("public-read"));
        if (reads || !opens && !acl) {
            return false;
        }
        return words.stream()
                .anyMatch(word -> EVERYBODY.contains(word)
                        || word.startsWith("allusers:")
                        || word.equals("*")
                        || ALL_RIGHTS.stream().anyMatch(word::endsWith));
    }
}
