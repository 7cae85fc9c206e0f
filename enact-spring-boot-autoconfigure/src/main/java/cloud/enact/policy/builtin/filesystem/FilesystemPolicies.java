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
                dontEditGitignore(DontEditGitignore.NAME, home),
                dontReadEnv(DontReadEnv.NAME, home),
                dontTouchCiCd(DontTouchCiCd.NAME, home),
                new BuiltinType(
                        DontAccessHomeDir.NAME,
                        DontAccessHomeDir.HARM,
                        List.of("allow"),
                        with -> new DontAccessHomeDir(with, home)),
                new BuiltinType(DontCopyApiKeys.NAME, DontCopyApiKeys.HARM, List.of(), with -> new DontCopyApiKeys()));
    }

    /** The policy about what git leaves out, under one of its names in the catalogue. */
    public static PolicyType dontEditGitignore(String name, String home) {
        return new BuiltinType(name, DontEditGitignore.HARM, List.of(), with -> new DontEditGitignore(name, home));
    }

    /** The policy about files with secrets of an environment, under one of its names in the catalogue. */
    public static PolicyType dontReadEnv(String name, String home) {
        return new BuiltinType(name, DontReadEnv.HARM, List.of(), with -> new DontReadEnv(name, home));
    }

    /** The policy about pipelines, under one of its names in the catalogue. */
    public static PolicyType dontTouchCiCd(String name, String home) {
        return new BuiltinType(name, DontTouchCiCd.HARM, List.of(), with -> new DontTouchCiCd(name, home));
    }
}
