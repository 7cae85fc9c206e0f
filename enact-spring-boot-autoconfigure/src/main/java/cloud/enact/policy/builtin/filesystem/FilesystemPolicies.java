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
                new BuiltinType(
                        DontEditGitignore.NAME, DontEditGitignore.HARM, List.of(), with -> new DontEditGitignore(home)),
                new BuiltinType(DontReadEnv.NAME, DontReadEnv.HARM, List.of(), with -> new DontReadEnv(home)),
                new BuiltinType(DontTouchCiCd.NAME, DontTouchCiCd.HARM, List.of(), with -> new DontTouchCiCd(home)),
                new BuiltinType(
                        DontAccessHomeDir.NAME,
                        DontAccessHomeDir.HARM,
                        List.of("allow"),
                        with -> new DontAccessHomeDir(with, home)),
                new BuiltinType(DontCopyApiKeys.NAME, DontCopyApiKeys.HARM, List.of(), with -> new DontCopyApiKeys()));
    }
}
