package cloud.enact.policy.builtin.codingagent;

import cloud.enact.policy.ActionPolicy;
import cloud.enact.policy.PolicyType;
import cloud.enact.policy.builtin.BuiltinType;
import cloud.enact.policy.builtin.filesystem.FilesystemPolicies;
import java.util.List;
import java.util.function.Supplier;

/** The policies about coding agents. */
public final class CodingAgentPolicies {

    private CodingAgentPolicies() {}

    /**
     * The policies, in the order of the catalogue.
     *
     * @param home the user's home directory, absolute
     */
    public static List<PolicyType> types(String home) {
        return List.of(
                type(BlockTerraformDestroy.NAME, BlockTerraformDestroy.HARM, BlockTerraformDestroy::new),
                type(BlockDrizzleForcePush.NAME, BlockDrizzleForcePush.HARM, BlockDrizzleForcePush::new),
                type(BlockAwsS3RecursiveDelete.NAME, BlockAwsS3RecursiveDelete.HARM, BlockAwsS3RecursiveDelete::new),
                type(BlockAwsIamDeleteUser.NAME, BlockAwsIamDeleteUser.HARM, BlockAwsIamDeleteUser::new),
                type(
                        BlockKubectlNamespaceDelete.NAME,
                        BlockKubectlNamespaceDelete.HARM,
                        BlockKubectlNamespaceDelete::new),
                type(BlockDockerPruneVolumes.NAME, BlockDockerPruneVolumes.HARM, BlockDockerPruneVolumes::new),
                type(BlockGitResetHard.NAME, BlockGitResetHard.HARM, BlockGitResetHard::new),
                type(BlockGitCleanForce.NAME, BlockGitCleanForce.HARM, BlockGitCleanForce::new),
                type(BlockChmod777Recursive.NAME, BlockChmod777Recursive.HARM, BlockChmod777Recursive::new),
                type(BlockDropDatabase.NAME, BlockDropDatabase.HARM, BlockDropDatabase::new),
                new BuiltinType(
                        BlockNpmInstallUnvetted.NAME,
                        BlockNpmInstallUnvetted.HARM,
                        List.of("allowed"),
                        BlockNpmInstallUnvetted::new),
                type(BlockSlackMassMessage.NAME, BlockSlackMassMessage.HARM, BlockSlackMassMessage::new),
                type(BlockStripeBulkCancel.NAME, BlockStripeBulkCancel.HARM, BlockStripeBulkCancel::new),
                type(BlockRoute53Destructive.NAME, BlockRoute53Destructive.HARM, BlockRoute53Destructive::new),
                type(BlockUnboundedPiiSelect.NAME, BlockUnboundedPiiSelect.HARM, BlockUnboundedPiiSelect::new),
                FilesystemPolicies.dontReadEnv("coding-agent.block-read-env-file", home),
                FilesystemPolicies.dontTouchCiCd("coding-agent.block-workflow-file-write", home),
                type(
                        BlockHomeDirDestructive.NAME,
                        BlockHomeDirDestructive.HARM,
                        () -> new BlockHomeDirDestructive(home)),
                FilesystemPolicies.dontEditGitignore("coding-agent.block-gitignore-edit", home),
                type(BlockSshKeyRead.NAME, BlockSshKeyRead.HARM, () -> new BlockSshKeyRead(home)),
                new BuiltinType(
                        BlockAwsCredsRead.NAME,
                        BlockAwsCredsRead.HARM,
                        List.of(BlockAwsCredsRead.STORES),
                        with -> new BlockAwsCredsRead(with, home)),
                type(BlockEmailBulkSend.NAME, BlockEmailBulkSend.HARM, BlockEmailBulkSend::new),
                type(BlockCurlPipeShell.NAME, BlockCurlPipeShell.HARM, BlockCurlPipeShell::new),
                type(BlockRenameThenDrop.NAME, BlockRenameThenDrop.HARM, BlockRenameThenDrop::new));
    }

    private static PolicyType type(String name, String harm, Supplier<ActionPolicy> maker) {
        return new BuiltinType(name, harm, List.of(), with -> maker.get());
    }
}
