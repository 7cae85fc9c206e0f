package cloud.enact.analysis.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathAnalysisTests {

    @Test
    void readingHasEveryWayAProgramMayTakeTheText() {
        assertThat(read("a/b").spellings()).containsExactly("a/b");
        assertThat(read("a\\b").spellings()).containsExactly("a\\b", "a/b");
        assertThat(read("~/a").spellings()).containsExactly("/home/me/a");
        assertThat(read("~").spellings()).containsExactly("/home/me");
        assertThat(read("~\\a").spellings()).containsExactly("~\\a", "/home/me/a");
        assertThat(read("FILE:///a%20b?x#y").spellings()).containsExactly("/a b");
        assertThat(read("a%20b").spellings()).containsExactly("a%20b");
        assertThat(read("/o'neil/$x.txt").problem()).isNull();
    }

    @Test
    void readingSaysWhyItCannotTell() {
        assertThat(read("a\0").problem()).contains("control");
        assertThat(read("file:///a%00").problem()).contains("control");
        assertThat(read("file://host/a").problem()).contains("file URL");
        assertThat(read("file:%4").problem()).contains("file URL");
        assertThat(read("file:%ff").problem()).contains("file URL");
        assertThat(read("file://").problem()).contains("file URL");
        assertThat(read("s3://bucket/a").problem()).contains("URL");
        assertThat(read("~other/a").problem()).contains("home");
        assertThat(read("$HOME/a").problem()).contains("variable");
        assertThat(read("a".repeat(5_000)).problem()).contains("longer");
    }

    @Test
    void readingRefusesToBeNeitherOrBoth() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PathReading(List.of(), null));
        assertThatIllegalArgumentException().isThrownBy(() -> new PathReading(List.of("a"), "b"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "a/b.txt, b.txt",
                "a/b/, b",
                "a/./., a",
                "a/b/.., a",
                "a/b/c/../.., a",
                "/, ''",
                "'', ''",
                ".., ''",
                "a\\b, b",
                "'b.txt. ', b.txt",
                "b.txt::$DATA, b.txt",
                "C:b, C:b",
                "..., ''"
            })
    void lastNameIsWhatTheSystemSees(String path, String name) {
        assertThat(FileNames.last(path)).isEqualTo(name);
    }

    @Test
    void suffixesAreAllPartsBehindTheFirstDot() {
        assertThat(FileNames.suffixes("server.PEM.bak")).containsExactly("pem", "bak");
        assertThat(FileNames.suffixes(".env.production")).containsExactly("env", "production");
        assertThat(FileNames.suffixes("plain")).isEmpty();
        assertThat(FileNames.suffixes("a.")).containsExactly("");
    }

    @Test
    void rootOfTheSystemLetsEverythingBelowPass() {
        PathRoots roots = new PathRoots(List.of(Path.of("/")), "/home/me");

        assertThat(roots.objectionTo("/nowhere/at/all")).isNull();
        assertThat(roots.objectionTo("relative")).isNull();
        assertThat(roots.objectionTo("https://example.com")).isNotNull();
    }

    private static PathReading read(String text) {
        return PathReading.of(text, "/home/me");
    }
}
