package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.command.Destruction;
import cloud.enact.analysis.command.Destruction.Family;
import cloud.enact.analysis.shell.InlineCode;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.shell.ShellWord;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Blocks the deletion of buckets, and of many objects at once, in any object store. */
final class BlockAwsS3RecursiveDelete extends CommandPolicy {

    static final String NAME = "coding-agent.block-aws-s3-recursive-delete";

    static final String HARM = "A bucket loses everything below a prefix, backups and user files included.";

    private static final List<String> LIBRARIES =
            List.of("boto3", "google.cloud", "azure.storage", "azure.mgmt", "aws-sdk", "@google-cloud", "@azure/");

    private static final List<String> DELETIONS = List.of(
            ".delete()",
            ".delete({",
            "delete_object",
            "delete_bucket",
            "delete_blob",
            "deletebucket",
            "deleteobject",
            "terminate_",
            "delete_db",
            "delete_table",
            "delete_stack",
            "schedule_key_deletion");

    private static final String INSTEAD =
            " List what it would hit, with --dryrun where the tool has it, and ask a person to delete it.";

    private static final Set<String> OBJECTS = Set.of("rm", "del", "delete", "remove", "delete-object", "deletefile");

    private static final Set<String> SYSTEMS = Set.of("s3", "bucket", "buckets", "gcs", "blob", "storage");

    BlockAwsS3RecursiveDelete() {
        super(NAME, "No bucket is emptied.", "s3 gsutil storage rclone r2 azcopy bucket");
    }

    @Override
    protected boolean appliesToTool(PolicyInputs inputs) {
        return inputs.words().hasAny(SYSTEMS);
    }

    @Override
    protected @Nullable Verdict judgeTool(PolicyInputs inputs) {
        boolean many =
                inputs.words().hasAny(Set.of("bucket", "buckets", "recursive", "prefix", "all", "objects", "folder"));
        return many && takesAway(inputs.words(), SYSTEMS) ? block("The action empties a bucket." + INSTEAD) : null;
    }

    @Override
    protected @Nullable Verdict judgeShell(PolicyInputs inputs, ShellFacts shell) {
        Destruction found = destruction(
                inputs, each -> each.family() == Family.STORAGE && !isOneObject(each, command(shell, each)));
        if (found != null) {
            return block(quoted(found.phrase()) + " deletes more than one object." + INSTEAD);
        }
        return shell.inlineCode().stream().anyMatch(BlockAwsS3RecursiveDelete::deletes)
                ? ask("The code deletes what a cloud keeps." + INSTEAD)
                : null;
    }

    /** {@code bucket.objects.all().delete()}: a program with the library of a cloud. */
    private static boolean deletes(InlineCode code) {
        String folded = code.text().toLowerCase(Locale.ROOT);
        return LIBRARIES.stream().anyMatch(folded::contains)
                && DELETIONS.stream().anyMatch(folded::contains);
    }

    private static boolean isOneObject(Destruction destruction, ShellCommand command) {
        boolean recursive = command.hasFlag("recursive", "r", "R", "force", "all", "delete", "include", "versions");
        boolean ofContainer = destruction.nouns().contains("container")
                || destruction.nouns().contains("buckets")
                || destruction.nouns().contains("bucket")
                || destruction.nouns().contains("account");
        return !recursive
                && !ofContainer
                && OBJECTS.contains(destruction.verb())
                && !isForMany(command)
                && destruction.operands().stream().allMatch(BlockAwsS3RecursiveDelete::isObject);
    }

    private static boolean isObject(ShellWord operand) {
        String text = operand.text();
        int scheme = text.indexOf("://");
        String path = (scheme < 0) ? text : text.substring(scheme + 3);
        int slash = path.indexOf('/');
        return !operand.dynamic() && text.indexOf('*') < 0 && !text.endsWith("/") && (scheme < 0 || slash > 0);
    }
}
