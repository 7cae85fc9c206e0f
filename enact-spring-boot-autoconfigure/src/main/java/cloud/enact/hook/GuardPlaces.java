package cloud.enact.hook;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the guard itself is.
 *
 * @param secret keys of the guard, which nobody else reads or changes, absolute
 * @param store files and directories with what it keeps, sealed by its keys: nobody else names or changes them, and who
 *     searches a project may come across them
 * @param locked files and directories that say how the guard works, which nobody else changes, absolute
 * @param pid id of its process
 * @param commandLine how its process was started, as others see it
 * @param ports ports it answers at
 * @param hosts names of its machine beside those of every machine
 */
public record GuardPlaces(
        Set<String> secret,
        Set<String> store,
        Set<String> locked,
        long pid,
        String commandLine,
        Set<Integer> ports,
        Set<String> hosts) {

    public GuardPlaces {
        secret = Set.copyOf(secret);
        store = Set.copyOf(store);
        locked = Set.copyOf(locked);
        ports = Set.copyOf(ports);
        hosts = Set.copyOf(hosts);
    }

    /** This process, and these places. */
    public static GuardPlaces ofThisProcess(
            Collection<Path> secret,
            Collection<Path> store,
            Collection<Path> locked,
            Collection<Integer> ports,
            Collection<String> hosts) {
        ProcessHandle self = ProcessHandle.current();
        return new GuardPlaces(
                absolute(secret),
                absolute(store),
                absolute(locked),
                self.pid(),
                self.info().commandLine().orElse("java"),
                new TreeSet<>(ports),
                Set.copyOf(List.copyOf(hosts)));
    }

    private static Set<String> absolute(Collection<Path> paths) {
        Set<String> absolute = new LinkedHashSet<>();
        paths.forEach(path -> absolute.add(path.toAbsolutePath().normalize().toString()));
        return absolute;
    }
}
