package cloud.enact.policy.builtin;

import cloud.enact.policy.ActionWords;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds the paths in a call, and what a call does to files. */
public final class FilePaths {

    private static final Set<String> FILE_SYSTEMS = Set.of("filesystem", "fs", "files", "file", "disk");

    private static final Set<String> MOVES = Set.of("copy move rename link symlink cp mv ln".split(" "));

    private static final Set<String> MESSAGES = Set.of("email", "mail", "message");

    private static final Set<String> DELETES =
            Set.of(("delete remove rm unlink erase trash destroy purge wipe shred del rmdir rmtree rimraf "
                            + "rmrf deltree bulkdelete batchdelete massdelete removeall deletetree emptydir "
                            + "emptyfolder cleandir cleardir")
                    .split(" "));

    /** Take files away, or what is in them, when they come first and a path is there. */
    private static final Set<String> CLEARS = Set.of("truncate empty clean cleanup clear prune nuke".split(" "));

    private static final Set<String> FILES =
            Set.of("file files dir dirs directory directories folder folders".split(" "));

    /** Parts of a file: without them the file is still there. */
    private static final Set<String> PARTS =
            Set.of(("line lines text comment comments import imports section row rows key keys property "
                            + "properties word words character characters whitespace duplicates column columns page "
                            + "pages label labels tag tags branch block permission permissions attribute attributes "
                            + "range selection cell cells")
                    .split(" "));

    private FilePaths() {}

    /** Whether an argument is a path. */
    public static boolean areNamedIn(PolicyInputs inputs) {
        return inputs.has(InputName.PATH)
                || movesFiles(inputs) && inputs.has(InputName.ENDPOINT)
                || inputs.has(InputName.URL)
                        && inputs.texts(InputName.URL).stream().anyMatch(FilePaths::isFileUrl);
    }

    /** The paths as they came and, where that differs, as they look: a tool may use either. */
    public static List<String> in(PolicyInputs inputs) {
        List<String> paths = new ArrayList<>(2);
        add(paths, inputs, InputName.PATH);
        if (movesFiles(inputs)) {
            add(paths, inputs, InputName.ENDPOINT);
        }
        for (String url : inputs.texts(InputName.URL)) {
            if (isFileUrl(url)) {
                paths.add(url);
            }
        }
        return paths;
    }

    private static void add(List<String> paths, PolicyInputs inputs, InputName name) {
        List<String> originals = inputs.originals(name);
        List<String> texts = inputs.texts(name);
        for (int i = 0; i < originals.size(); i++) {
            paths.add(originals.get(i));
            if (!texts.get(i).equals(originals.get(i))) {
                paths.add(texts.get(i));
            }
        }
    }

    /** Whether the call copies, moves or links files, judging by its name. */
    static boolean movesFiles(PolicyInputs inputs) {
        ActionWords words = inputs.words();
        return words.hasAny(FILE_SYSTEMS) || words.indexInOperation(MOVES) >= 0 && !words.hasAny(MESSAGES);
    }

    private static boolean isFileUrl(String url) {
        return url.regionMatches(true, 0, "file:", 0, 5);
    }

    /** Whether the name of an action begins with taking something away, a file or a part of it. */
    static boolean beginsWithDeletion(ActionWords words) {
        return words.indexInOperation(DELETES) == 0 || words.indexInOperation(CLEARS) == 0;
    }

    /** Whether the call takes files away, judging by its name and by whether it names one. */
    public static boolean areDeletedBy(PolicyInputs inputs) {
        ActionWords words = inputs.words();
        int verb = words.indexInOperation(DELETES);
        boolean clears = verb < 0 && words.indexInOperation(CLEARS) == 0 && inputs.has(InputName.PATH);
        if (verb < 0 && !clears || words.isRead()) {
            return false;
        }
        verb = Math.max(0, verb);
        // the first thing named after the verb is what goes: remove_lines_from_file leaves the file
        for (String word : words.operation().subList(verb + 1, words.operation().size())) {
            if (FILES.contains(word)) {
                return true;
            }
            if (PARTS.contains(word)) {
                return false;
            }
        }
        return inputs.has(InputName.PATH) || words.system().stream().anyMatch(FILE_SYSTEMS::contains);
    }
}
