package cloud.enact.policy.builtin.git;

import cloud.enact.policy.PolicyType;
import cloud.enact.policy.builtin.BuiltinType;
import java.util.List;

/** The policies about git. */
public final class GitPolicies {

    private GitPolicies() {}

    /** The policies, in the order of the catalogue. */
    public static List<PolicyType> types(String home) {
        return List.of(
                new BuiltinType(DontPushToMain.NAME, DontPushToMain.HARM, List.of("branches"), DontPushToMain::new),
                new BuiltinType(DontMergeToMain.NAME, DontMergeToMain.HARM, List.of("branches"), DontMergeToMain::new),
                new BuiltinType(
                        DontDeleteBranch.NAME, DontDeleteBranch.HARM, List.of(), with -> new DontDeleteBranch(home)),
                new BuiltinType(DontForcePush.NAME, DontForcePush.HARM, List.of(), with -> new DontForcePush()),
                new BuiltinType(MaxFilesPerCommit.NAME, MaxFilesPerCommit.HARM, List.of("max"), MaxFilesPerCommit::new),
                new BuiltinType(
                        RequireBranchPrefix.NAME,
                        RequireBranchPrefix.HARM,
                        List.of("prefix"),
                        RequireBranchPrefix::new),
                new BuiltinType(
                        RequireMeaningfulCommitMessage.NAME,
                        RequireMeaningfulCommitMessage.HARM,
                        List.of(),
                        with -> new RequireMeaningfulCommitMessage()),
                new BuiltinType(
                        DontCommitApiKeys.NAME, DontCommitApiKeys.HARM, List.of(), with -> new DontCommitApiKeys()));
    }
}
