package cloud.enact.policy.builtin.access;

import cloud.enact.analysis.path.FilePath;
import cloud.enact.analysis.path.NameGlob;
import cloud.enact.policy.PolicyParameters;
import java.util.ArrayList;
import java.util.List;

/**
 * Files and directories of the configuration, with everything below. Absolute ones are meant as they are; relative ones
 * wherever they stand.
 */
final class ListedPaths {

    private final List<FilePath> listed = new ArrayList<>();

    private final String home;

    ListedPaths(PolicyParameters with, String parameter, String home) {
        this.home = home;
        for (String text : with.strings(parameter)) {
            List<FilePath> readings = FilePath.readings(text, home);
            if (readings.isEmpty()
                    || readings.stream()
                            .anyMatch(path -> path.names().isEmpty() && !path.absolute() || path.climbs() > 0)) {
                throw with.wrong(
                        parameter, "holds something that is no path", "Write paths as /srv/secrets or secrets.");
            }
            this.listed.addAll(readings);
        }
    }

    /**
     * Whether a path is one of them or lies below one.
     *
     * @param recursive whether everything below the path is meant too
     */
    boolean hold(String text, boolean recursive) {
        for (FilePath path : FilePath.readings(text, this.home)) {
            for (FilePath known : this.listed) {
                if (holds(known, path) || recursive && isAbove(path, known)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean holds(FilePath known, FilePath path) {
        if (known.absolute()) {
            return (path.absolute() || path.climbs() > 0) && starts(path.names(), 0, known.names());
        }
        for (int from = 0; from < path.names().size(); from++) {
            // where it may stand anywhere, a star alone says nothing
            if (!path.names().get(from).equals("*") && starts(path.names(), from, known.names())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAbove(FilePath path, FilePath known) {
        return path.absolute() && known.absolute() && starts(known.names(), 0, path.names());
    }

    private static boolean starts(List<String> names, int from, List<String> first) {
        if (!first.isEmpty() && first.get(0).equals("**")) {
            for (int next = from; next <= names.size(); next++) {
                if (starts(names, next, first.subList(1, first.size()))) {
                    return true;
                }
            }
            return false;
        }
        if (names.size() - from < first.size()) {
            return false;
        }
        for (int i = 0; i < first.size(); i++) {
            if (first.get(i).equals("**")) {
                return starts(names, from + i, first.subList(i, first.size()));
            }
            if (!same(names.get(from + i), first.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Either may be a pattern. */
    private static boolean same(String name, String known) {
        return known.equals("*") || name.equals("*") || NameGlob.mayBe(name, known) || NameGlob.mayBe(known, name);
    }
}
