package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.shell.ShellWord;
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

    private static final Set<String> CODE =
            Set.of("java kt scala ts tsx jsx py rb go rs c cc cpp h cs swift php vue tf sql".split(" "));

    private FileKinds() {}

    /** Whether a file is a database or a copy of one. */
    static boolean isData(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return DATA.stream().anyMatch(name::endsWith);
    }

    /** Whether a file is of a kind that people write. */
    static boolean isWritten(String path) {
        return WRITTEN.contains(path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /**
     * Whether somebody misses what goes: all of a kind, or the state of an infrastructure.
     *
     * @param many whether another program finds the files; what a pattern of the shell names besides code is often made
     *     for the moment
     */
    static boolean areMissed(ShellWord path, String program, boolean many) {
        String name = path.text().substring(path.text().lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        boolean code = program.equals("rm") && path.glob() && name.startsWith("*.") && CODE.contains(name.substring(2));
        return code || many && areAllOfOne(name) || name.startsWith("terraform.tfstate");
    }

    /** {@code *.java}: every file of a kind that people write, or data come in. */
    static boolean areAllOfOne(String pattern) {
        return pattern.startsWith("*.") && WRITTEN.contains(pattern.substring(2).toLowerCase(Locale.ROOT));
    }
}
