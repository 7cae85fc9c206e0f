package cloud.enact.policy.builtin.codingagent;

import java.util.Locale;
import java.util.Set;

/** What files hold, by their names. */
final class FileKinds {

    private static final Set<String> DATA =
            Set.of(".db", ".sqlite", ".sqlite3", ".mdb", ".dump", ".bak", ".rdb", ".kdbx", ".ldf", ".mdf", ".ibd");

    private static final Set<String> WRITTEN = Set.of(
            ("java kt kts scala groovy ts tsx jsx py rb go rs c cc cpp h hpp cs fs swift m php vue svelte sql db sqlite "
                            + "sqlite3 mdb kdbx tfstate tf csv xlsx xls docx doc pdf md rst ipynb parquet yaml yml toml "
                            + "json xml html css scss proto graphql sh ps1 pem key crt env")
                    .split(" "));

    private FileKinds() {}

    /** Whether a file is a database or a copy of one. */
    static boolean isData(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return DATA.stream().anyMatch(name::endsWith);
    }

    /** {@code *.java}: every file of a kind that people write, or data come in. */
    static boolean areAllOfOne(String pattern) {
        return pattern.startsWith("*.") && WRITTEN.contains(pattern.substring(2).toLowerCase(Locale.ROOT));
    }
}
