package cloud.enact.analysis.path;

import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Files that somebody put a token into, such as {@code railway-token.txt}: the last word says so, and the rest says
 * data. Tokens of design, of language models and of tests are many, and no secrets.
 */
final class TokenFiles {

    private static final Set<String> DATA =
            Set.of("txt", "json", "yml", "yaml", "toml", "ini", "cfg", "conf", "properties", "env", "secret");

    private static final Set<String> HARMLESS = Set.of(
            "design",
            "csrf",
            "xsrf",
            "next",
            "page",
            "continuation",
            "special",
            "mask",
            "pad",
            "unk",
            "mock",
            "fake",
            "dummy",
            "test",
            "invalid",
            "expired",
            "no",
            "example",
            "sample",
            "template",
            "dist",
            "schema",
            "color");

    private static final Set<String> HARMLESS_FOLDERS = Set.of(
            "test",
            "tests",
            "__tests__",
            "testdata",
            "fixtures",
            "__fixtures__",
            "mocks",
            "__mocks__",
            "examples",
            "samples",
            "docs",
            "node_modules",
            "spec");

    private static final List<String> JOINED =
            List.of("apitoken", "accesstoken", "authtoken", "refreshtoken", "bottoken");

    private TokenFiles() {}

    static boolean contains(FilePath path) {
        String name = path.last();
        if (path.pattern() || !name.contains("token") || !Collections.disjoint(path.names(), HARMLESS_FOLDERS)) {
            return false;
        }
        int dot = name.lastIndexOf('.');
        String stem = name;
        if (dot > 0) {
            if (!DATA.contains(name.substring(dot + 1))) {
                return false;
            }
            stem = name.substring(0, dot);
        } else if (dot < 0 && !isHidden(path)) {
            // a folder of sources is called so, too
            return false;
        }
        List<String> words = List.of(stem.split("[-_. ]+"));
        if (words.isEmpty() || !Collections.disjoint(words, HARMLESS)) {
            return false;
        }
        String last = words.get(words.size() - 1);
        return last.equals("token") || JOINED.contains(last);
    }

    /** A folder of configuration. */
    private static boolean isHidden(FilePath path) {
        int parent = path.names().size() - 2;
        return parent >= 0
                && path.names().get(parent).startsWith(".")
                && !path.names().get(parent).startsWith("..");
    }
}
