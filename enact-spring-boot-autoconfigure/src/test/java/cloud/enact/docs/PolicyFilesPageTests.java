package cloud.enact.docs;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.policy.file.PolicyPack;
import cloud.enact.policy.file.PolicyPacks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever types what {@code docs/policies.md} says, in an empty folder, sees what it shows. */
class PolicyFilesPageTests {

    @TempDir
    Path folder;

    @Test
    void theStoryOfThePageHappensAsItIsTold() throws Exception {
        List<Snippets.Block> blocks = Snippets.inOrder("policies.md");
        String printed = "";
        int commands = 0;
        for (Snippets.Block block : blocks) {
            String first = block.text().lines().findFirst().orElse("");
            if (block.language().equals("yaml") && first.startsWith("# ")) {
                Files.writeString(this.folder.resolve(first.substring(2)), block.text());
            } else if (block.language().equals("shell") && first.startsWith("enact ")) {
                printed = enact(words(block.text().strip()));
                commands++;
            } else if (block.language().equals("text")) {
                assertThat(printed).isEqualToNormalizingNewlines(block.text());
            }
        }
        assertThat(commands).isEqualTo(3);
    }

    @Test
    void thePageNamesEveryPackWithItsParameters() throws IOException {
        String page = DocsFolder.read("policies.md");

        for (String name : PolicyPacks.names()) {
            PolicyPack pack = PolicyPacks.pack(name);
            assertThat(page).contains("| `" + name + "` | " + pack.description() + " |");
            pack.parameters()
                    .forEach((parameter, what) ->
                            assertThat(page).contains("`" + parameter + "`: " + what.description()));
        }
    }

    /** What the command line prints, in a process and a folder of its own. */
    private String enact(List<String> words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "cloud.enact.cli.EnactCli"));
        command.addAll(words.subList(1, words.size()));
        Process process = new ProcessBuilder(command)
                .directory(this.folder.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed.replaceAll("sha256:[0-9a-f]{64}", "sha256:…");
    }

    /** The words of a line, as a shell has them: what stands in single quotes is one. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        String[] parts = line.split("'", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i % 2 == 1) {
                words.add(parts[i]);
            } else {
                words.addAll(
                        parts[i].isBlank()
                                ? List.of()
                                : List.of(parts[i].strip().split("\\s+")));
            }
        }
        return words;
    }
}
