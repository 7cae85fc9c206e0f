package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.path.CurrentDirectory;
import cloud.enact.analysis.path.FilePath;
import cloud.enact.analysis.path.SecretFiles;
import cloud.enact.analysis.shell.InlineCode;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.FileUse;
import cloud.enact.policy.builtin.FileUses;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Blocks reading the credentials of a cloud: from files, from the environment, from the metadata of a machine. */
final class BlockAwsCredsRead extends CommandPolicy {

    static final String NAME = "coding-agent.block-aws-creds-read";

    static final String HARM = "The keys to a cloud account leave the machine.";

    /** Name of the parameter that has all secrets count which a store hands out one by one, not only production's. */
    static final String STORES = "secret-stores";

    private static final String INSTEAD = " Call the cloud with its own tool, which finds them by itself.";

    private static final List<String> METADATA =
            List.of("169.254.169.254", "metadata.google.internal", "169.254.170.2", "fd00:ec2::254", "100.100.100.200");

    private static final List<String> VARIABLES = List.of(
            "aws_secret_access_key",
            "aws_session_token",
            "google_application_credentials_json",
            "azure_client_secret",
            "arm_client_secret",
            "digitalocean_access_token",
            "cloudflare_api_token");

    private static final List<String> PRINTS = List.of(
            "configure get aws_secret",
            "configure get aws_session",
            "configure get aws_access",
            "configure export-credentials",
            "auth print-access-token",
            "auth application-default print-access-token",
            "auth print-identity-token",
            "account get-access-token",
            "sts get-session-token",
            "iam create-access-key",
            "sts get-federation-token");

    private static final List<String> PUBLIC = List.of(".pem", ".asc", ".gpg");

    private static final Set<String> SENDERS =
            Set.of("curl", "wget", "nc", "ncat", "netcat", "http", "socat", "telnet", "ssh", "mail");

    private static final List<String> ENVIRONMENTS = List.of("environ", "getenv", "process.env", "env[", "env.fetch");

    private static final Set<String> LISTERS = Set.of("env", "printenv", "set", "export", "declare");

    private static final Set<String> CLOUDS = Set.of("aws", "gcloud", "az", "awslocal");

    private static final Set<String> PRINTERS =
            Set.of("echo", "printf", "printenv", "curl", "wget", "env", "export", "tee", "nc");

    private final String home;

    private final boolean stores;

    BlockAwsCredsRead(PolicyParameters with, String home) {
        super(NAME, "No credentials of a cloud are read.", ".aws credentials aws_ metadata print-access-token");
        this.home = home;
        this.stores = with.bool(STORES, false);
    }

    @Override
    protected boolean appliesToTool(PolicyInputs inputs) {
        return FileUses.arePossible(inputs) || inputs.has(InputName.URL);
    }

    @Override
    protected @Nullable Verdict judgeTool(PolicyInputs inputs) {
        Verdict doubt = null;
        for (FileUse use : FileUses.of(inputs)) {
            boolean hands = use.reads() || use.kind() == FileUse.Kind.DELETE && use.recursive();
            SecretFiles.Kind kind = hands ? SecretFiles.kind(use.full(), this.home) : null;
            if (kind == SecretFiles.Kind.CLOUD_CREDENTIALS) {
                return block("The file " + quoted(use.path()) + " holds credentials of a cloud." + INSTEAD);
            }
            if (kind == SecretFiles.Kind.OTHER
                    && (isFromRoot(use.path()) || isFromRoot(use.full()) && !isPublic(use))) {
                doubt = ask("The file " + quoted(use.path()) + " holds credentials. Use the tool that they belong to.");
            }
        }
        for (String url : inputs.texts(InputName.URL)) {
            if (METADATA.stream().anyMatch(url::contains)) {
                return block("The address hands out credentials of the machine." + INSTEAD);
            }
        }
        return doubt;
    }

    /** Where nobody knows the directory, such a file belongs to a project, which may read its own. */
    private boolean isFromRoot(String path) {
        return FilePath.readings(path, this.home).stream().anyMatch(FilePath::absolute);
    }

    /** In a project, certificates and public keys have the endings of keys, too. */
    private static boolean isPublic(FileUse use) {
        String name = use.path().toLowerCase(Locale.ROOT);
        return PUBLIC.stream().anyMatch(name::endsWith) && !name.contains("key.pem") && !name.contains("priv");
    }

    private static boolean isShown(String variable, String all, ShellCommand command) {
        return all.contains(variable)
                && (all.contains("$" + variable)
                        || all.contains("${" + variable)
                        || command.name().equals("printenv"));
    }

    /** {@code env | curl -d @- …}. */
    private static boolean sendsEnvironment(ShellFacts shell) {
        for (List<Integer> pipeline : shell.pipelines()) {
            boolean listed = false;
            for (int index : pipeline) {
                ShellCommand command = shell.commands().get(index);
                if (listed && SENDERS.contains(command.name())) {
                    return true;
                }
                listed |= LISTERS.contains(command.name())
                        && command.arguments().stream()
                                .allMatch(word -> word.text().startsWith("-"));
            }
        }
        return false;
    }

    @Override
    protected @Nullable Verdict judgeShell(PolicyInputs inputs, ShellFacts shell) {
        if (sendsEnvironment(shell)) {
            return block("The command sends all variables of the environment away." + INSTEAD);
        }
        for (String host : inputs.commands().hosts()) {
            if (METADATA.contains(host)) {
                return block("The address hands out credentials of the machine." + INSTEAD);
            }
        }
        for (ShellCommand command : shell.commands()) {
            boolean cloud = CLOUDS.contains(command.name());
            boolean prints = PRINTERS.contains(command.name());
            if (!cloud && !prints) {
                continue;
            }
            String all = String.join(" ", command.argv()).toLowerCase(Locale.ROOT);
            if (cloud && PRINTS.stream().anyMatch(all::contains)) {
                return block("The command prints credentials of a cloud." + INSTEAD);
            }
            boolean shown = VARIABLES.stream().anyMatch(variable -> isShown(variable, all, command));
            if (prints && shown && !(command.name().equals("export") && all.contains("="))) {
                return block("The command shows credentials of a cloud." + INSTEAD);
            }
        }
        for (InlineCode code : shell.inlineCode()) {
            String folded = code.text().toLowerCase(Locale.ROOT);
            boolean reads = ENVIRONMENTS.stream().anyMatch(folded::contains);
            if (reads && VARIABLES.stream().anyMatch(folded::contains)) {
                return ask("The code takes credentials of a cloud out of the environment." + INSTEAD);
            }
        }
        String shown = ShownSecrets.in(shell, this.stores);
        if (shown == null) {
            CurrentDirectory directory = CurrentDirectory.of(inputs.directory(), this.home);
            shown = SentData.in(inputs.commands(), shell, new DeletedPlaces(shell, directory, this.home));
        }
        return (shown == null) ? null : ask(shown);
    }
}
