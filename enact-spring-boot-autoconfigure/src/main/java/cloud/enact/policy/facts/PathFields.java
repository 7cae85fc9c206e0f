package cloud.enact.policy.facts;

import cloud.enact.analysis.path.FileNames;
import cloud.enact.analysis.path.PathReading;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is to be seen of paths in the arguments. Nothing here touches the disk. */
final class PathFields {

    private static final FactType<OnePath> ONE = FactType.<OnePath>named("file")
            .with("text", Shape.Simple.TEXT, OnePath::text)
            .with("name", Shape.Simple.TEXT, path -> FileNames.last(path.text()))
            .with("suffixes", Texts.SHAPE, path -> FileNames.suffixes(FileNames.last(path.text())))
            .with("spellings", Texts.SHAPE, OnePath::spellings);

    /** The variable {@code path}. */
    static final FactType<PolicyInputs> PATH = FactType.<PolicyInputs>named("path")
            .with(
                    "parseOk",
                    Shape.Simple.TRUTH,
                    call -> read(call).stream().allMatch(path -> path.problems().isEmpty()))
            .with(
                    "problems",
                    Texts.SHAPE,
                    call -> read(call).stream()
                            .flatMap(path -> path.problems().stream())
                            .toList())
            .withThings("paths", ONE, PathFields::read);

    private PathFields() {}

    private static List<OnePath> read(PolicyInputs call) {
        String home = System.getProperty("user.home");
        List<OnePath> paths = new ArrayList<>();
        if (call.isOversized(InputName.PATH)) {
            paths.add(new OnePath("", List.of(), List.of("is too long")));
        }
        call.originals(InputName.PATH).forEach(text -> paths.add(OnePath.of(text, home)));
        return paths;
    }

    /**
     * One path.
     *
     * @param text as it came
     * @param spellings each way to read it, with {@code /} between names, {@code .} and {@code ..} taken back
     * @param problems why nobody can say what it names
     */
    private record OnePath(String text, List<String> spellings, List<String> problems) {

        private static OnePath of(String text, String home) {
            PathReading reading = PathReading.of(text, home);
            if (reading.problem() != null) {
                return new OnePath(text, List.of(), List.of(reading.problem()));
            }
            try {
                return new OnePath(
                        text,
                        reading.spellings().stream()
                                .map(spelling ->
                                        Path.of(spelling).normalize().toString().replace('\\', '/'))
                                .distinct()
                                .toList(),
                        List.of());
            } catch (InvalidPathException ex) {
                return new OnePath(text, List.of(), List.of("is no valid path"));
            }
        }
    }
}
