package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.path.FilePath;
import cloud.enact.analysis.path.SecretFiles;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.FileUse;
import cloud.enact.policy.builtin.FileUses;
import org.jspecify.annotations.Nullable;

/** Blocks reading, copying and moving private keys of ssh; using one to log in passes. */
final class BlockSshKeyRead extends CommandPolicy {

    static final String NAME = "coding-agent.block-ssh-key-read";

    static final String HARM = "Whoever has the key can log in wherever it opens, until somebody notices.";

    private final String home;

    BlockSshKeyRead(String home) {
        super(NAME, "No private key is read.", ".ssh id_rsa id_ed25519 id_ecdsa");
        this.home = home;
    }

    @Override
    protected boolean appliesToTool(PolicyInputs inputs) {
        return FileUses.arePossible(inputs);
    }

    @Override
    protected @Nullable Verdict judgeTool(PolicyInputs inputs) {
        for (FileUse use : FileUses.of(inputs)) {
            boolean hands = use.reads() || use.kind() == FileUse.Kind.DELETE && use.recursive();
            if (hands && SecretFiles.kind(use.full(), this.home) == SecretFiles.Kind.SSH_KEY) {
                return block("The file " + quoted(use.path())
                        + " is a private key of ssh. Use the public half, which ends with .pub, or log in with 'ssh'.");
            }
            if (use.changes() && opensLogin(use.full())) {
                return ask(
                        "The file " + quoted(use.path()) + " says whose keys may log in. Ask its owner to change it.");
            }
        }
        return null;
    }

    private boolean opensLogin(String path) {
        return FilePath.readings(path, this.home).stream()
                .anyMatch(reading -> reading.isBelow(".ssh") && reading.last().startsWith("authorized_keys"));
    }

    @Override
    protected @Nullable Verdict judgeShell(PolicyInputs inputs, ShellFacts shell) {
        for (ShellCommand command : shell.commands()) {
            boolean exports = command.name().startsWith("gpg")
                    && command.flags().stream().anyMatch(flag -> flag.startsWith("export-secret"));
            boolean dumps = command.name().equals("security")
                    && (command.argv().contains("dump-keychain")
                            || command.argv().stream().anyMatch(word -> word.endsWith("-password"))
                                    && command.flags().contains("w"));
            if (exports || dumps) {
                return block("The command hands out a secret of its user. Let the program that needs it ask for it.");
            }
        }
        return null;
    }
}
