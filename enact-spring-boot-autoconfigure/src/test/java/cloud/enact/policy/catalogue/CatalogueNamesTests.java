package cloud.enact.policy.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import cloud.enact.policy.PolicyType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The names of policies are fixed: configuration, receipts and other products of the family use them. */
class CatalogueNamesTests {

    private static final List<String> FIXED = List.of(
            "git.dont-push-to-main",
            "git.dont-merge-to-main",
            "git.dont-delete-branch",
            "git.dont-force-push",
            "git.max-files-per-commit",
            "git.require-branch-prefix",
            "git.require-meaningful-commit-message",
            "git.dont-commit-api-keys",
            "db.dont-delete-row",
            "db.dont-delete-without-where",
            "db.dont-update-without-where",
            "db.protect-tables",
            "db.block-ddl",
            "db.max-rows",
            "filesystem.dont-delete-file",
            "filesystem.restrict-paths",
            "filesystem.block-extensions",
            "filesystem.dont-edit-gitignore",
            "filesystem.dont-read-env",
            "filesystem.dont-touch-ci-cd",
            "filesystem.dont-access-home-dir",
            "filesystem.dont-copy-api-keys",
            "access.contractor-cannot-write-pii",
            "access.require-actor-role",
            "access.require-user-role",
            "access.dont-read-sensitive-tables",
            "access.dont-read-sensitive-paths",
            "access.require-clearance-for-path",
            "crm.dont-duplicate-contacts",
            "crm.limit-tasks-per-contact",
            "time.within-maintenance-window",
            "time.code-freeze-active",
            "slack.require-channel-allowlist",
            "slack.block-dms",
            "email.no-mass-emails",
            "email.no-repeat-emails",
            "cloud.dont-delete-without-human-ok",
            "credential.pause-on-resource-purpose-mismatch",
            "prompt.block-prompt-injection",
            "prompt.block-prompt-injection-fields",
            "search.block-grep-secret-patterns",
            "search.block-glob-credentials-dirs",
            "url.block-dns-exfil-domains",
            "url.block-suspicious-tlds",
            "url.block-raw-ip-urls",
            "url.require-https",
            "url.webfetch-domain-allowlist",
            "coding-agent.block-terraform-destroy",
            "coding-agent.block-drizzle-force-push",
            "coding-agent.block-aws-s3-recursive-delete",
            "coding-agent.block-aws-iam-delete-user",
            "coding-agent.block-kubectl-namespace-delete",
            "coding-agent.block-docker-prune-volumes",
            "coding-agent.block-git-reset-hard",
            "coding-agent.block-git-clean-force",
            "coding-agent.block-chmod-777-recursive",
            "coding-agent.block-drop-database",
            "coding-agent.block-npm-install-unvetted",
            "coding-agent.block-slack-mass-message",
            "coding-agent.block-stripe-bulk-cancel",
            "coding-agent.block-route53-destructive",
            "coding-agent.block-unbounded-pii-select",
            "coding-agent.block-read-env-file",
            "coding-agent.block-workflow-file-write",
            "coding-agent.block-home-dir-destructive",
            "coding-agent.block-gitignore-edit",
            "coding-agent.block-ssh-key-read",
            "coding-agent.block-aws-creds-read",
            "coding-agent.block-email-bulk-send",
            "coding-agent.block-curl-pipe-shell",
            "coding-agent.block-rename-then-drop");

    private static final Path DESIGN = Path.of("shared", "design", "policies.md");

    @Test
    void everyFixedNameHasAPolicyAndNoOtherInThisOrder() {
        assertThat(names()).containsExactlyElementsOf(FIXED);
    }

    @Test
    void theListIsThatOfTheDesign() throws IOException {
        Path design = design();
        assumeThat(design).as("the design beside the checkout").exists();
        String text = Files.readString(design);
        String catalogue = text.substring(text.indexOf("## Built-in catalogue"), text.indexOf("**Packs**"));

        // templates, files and the prefix of the last category look like names, too
        List<String> designed = Pattern.compile(
                        "`((git|db|filesystem|access|crm|time|slack|email|cloud|credential|prompt"
                                + "|search|url)\\.[a-z-]+|block-[a-z0-9-]+)`")
                .matcher(catalogue)
                .results()
                .map(result -> result.group(1))
                .map(name -> name.startsWith("block-") ? "coding-agent." + name : name)
                .distinct()
                .toList();

        assertThat(designed).containsExactlyInAnyOrderElementsOf(FIXED);
    }

    private static List<String> names() {
        return Catalogue.policies().types().stream().map(PolicyType::name).toList();
    }

    private static Path design() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(DESIGN))) {
                return at.resolve(DESIGN);
            }
        }
        return DESIGN;
    }
}
