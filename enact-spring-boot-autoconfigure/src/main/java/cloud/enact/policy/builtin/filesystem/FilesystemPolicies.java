package cloud.enact.policy.builtin.filesystem;

import cloud.enact.policy.PolicyType;
import cloud.enact.policy.builtin.BuiltinType;
import java.util.List;

/** The policies about files. */
public final class FilesystemPolicies {

    private FilesystemPolicies() {}

    /** The policies, in the order of the catalogue. */
    public static List<PolicyType> types(String home) {
        return List.of(
                new BuiltinType(DontDeleteFile.NAME, DontDeleteFile.HARM, List.of(), with -> new DontDeleteFile()),
                new BuiltinType(
                        RestrictPaths.NAME,
                        RestrictPaths.HARM,
                        List.of("allowed"),
                        with -> new RestrictPaths(with, home)),
                new BuiltinType(
                        BlockExtensions.NAME,
                        BlockExtensions.HARM,
                        List.of("extensions"),
                        with -> new BlockExtensions(with, home)),
                gitignore(DontEditGitignore.NAME, home),
                env(DontReadEnv.NAME, home),
                pipelines(DontTouchCiCd.NAME, home),
                new BuiltinType(
                        DontAccessHomeDir.NAME,
                        DontAccessHomeDir.HARM,
                        List.of("allow"),
                        with -> new DontAccessHomeDir(with, home)),
                new BuiltinType(DontCopyApiKeys.NAME, DontCopyApiKeys.HARM, List.of(), with -> new DontCopyApiKeys()));
    }

    /** {@link #types The policies} about the same harms under their names in the category of coding agents. */
    public static List<PolicyType> codingAgentTypes(String home) {
        return List.of(
                env(DontReadEnv.CODING_AGENT_NAME, home),
                pipelines(DontTouchCiCd.CODING_AGENT_NAME, home),
                gitignore(DontEditGitignore.CODING_AGENT_NAME, home));
    }

    private static BuiltinType gitignore(String name, String home) {
        return new BuiltinType(name, DontEditGitignore.HARM, List.of(), with -> new DontEditGitignore(name, home));
    }

    private static BuiltinType env(String name, String home) {
        return new BuiltinType(name, DontReadEnv.HARM, List.of(), with -> new DontReadEnv(name, home));
    }

    private static BuiltinType pipelines(String name, String home) {
        return new BuiltinType(name, DontTouchCiCd.HARM, List.of(), with -> new DontTouchCiCd(name, home));
    }
}
