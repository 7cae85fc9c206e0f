package cloud.enact.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The part of the demo's output that the README shows, and what differs from one run of the demo to the next. */
final class ReadmeBlock {

    private static final String BEGIN = "<!-- demo: begin -->\n```text\n";

    private static final String END = "```\n<!-- demo: end -->\n";

    private static final List<String> ACTS = List.of("Act 1.", "Act 4.");

    private static final String LABEL = "  ";

    /** Of what tools answer only refusals are shown. */
    private static final Pattern GOOD_ANSWER = Pattern.compile("^  tool answer +(?! |\\{\"decision\")");

    private ReadmeBlock() {}

    static Path root() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isRegularFile(at.resolve("README.md")) && Files.isDirectory(at.resolve("docs"))) {
                return at;
            }
        }
        throw new IllegalStateException(
                "There is no README above " + Path.of("").toAbsolutePath());
    }

    static String read() throws IOException {
        String readme = Files.readString(root().resolve("README.md"));
        int begin = readme.indexOf(BEGIN);
        int end = readme.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException("The README has no demo block");
        }
        return readme.substring(begin + BEGIN.length(), end);
    }

    static void write(String output) throws IOException {
        Path file = root().resolve("README.md");
        String readme = Files.readString(file);
        Files.writeString(
                file,
                readme.substring(0, readme.indexOf(BEGIN) + BEGIN.length())
                        + excerpt(output)
                        + readme.substring(readme.indexOf(END)));
    }

    /** Some of the acts as they were printed, and whatever stands outside of acts. */
    static String excerpt(String output) {
        StringBuilder excerpt = new StringBuilder();
        boolean shown = true;
        boolean told = true;
        for (String line : output.lines().toList()) {
            if (line.startsWith("Act ")) {
                shown = ACTS.stream().anyMatch(line::startsWith);
            } else if (line.startsWith("Demo ")) {
                shown = true;
            }
            if (line.startsWith(LABEL) && !line.startsWith(LABEL.repeat(2))) {
                told = !line.startsWith(LABEL + "run ")
                        && !GOOD_ANSWER.matcher(line).find();
            } else if (!line.startsWith(LABEL)) {
                told = true;
            }
            if (shown && told) {
                excerpt.append(line).append('\n');
            }
        }
        return excerpt.toString();
    }

    /** Ids, commits and digests are other ones in each run, but of the same length. */
    static String masked(String output) {
        return output.replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:<port>")
                .replaceAll("\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b", "<run-id>")
                .replaceAll("\\b[0-9a-f]{40}\\b", "<commit>")
                .replaceAll("sha256:[0-9a-f]{16}", "sha256:<digest>")
                .replaceAll("\\b[0-9a-f]{12}\\b", "<commit>");
    }
}
