package cloud.enact.hook;

import cloud.enact.analysis.shell.ShellCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Directories of this machine that a container is given. */
final class ContainerMounts {

    private static final Set<String> PROGRAMS = Set.of(
            "docker",
            "podman",
            "nerdctl",
            "docker-compose",
            "podman-compose",
            "lima",
            "bwrap",
            "singularity",
            "apptainer");

    private static final Set<String> OPTIONS =
            Set.of("-v", "--volume", "--mount", "-B", "--bind", "--ro-bind", "--dev-bind");

    /** The directory that a command works in, as people write it. */
    private static final Set<String> HERE = Set.of(".", "./", "$PWD", "${PWD}", "$(pwd)", "`pwd`");

    private ContainerMounts() {}

    /** What the command hands over, but for the directory it works in. */
    static List<String> of(ShellCommand command) {
        if (!PROGRAMS.contains(command.name())) {
            return List.of();
        }
        List<String> sources = new ArrayList<>(1);
        List<String> words = command.argv();
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            if (OPTIONS.contains(words.get(i - 1))) {
                add(sources, word);
            } else if (equals > 0 && OPTIONS.contains(word.substring(0, equals))) {
                add(sources, word.substring(equals + 1));
            } else if (word.startsWith("-v") && word.length() > 2) {
                add(sources, word.substring(2));
            }
        }
        return sources;
    }

    private static void add(List<String> sources, String mount) {
        String source = mount;
        for (String part : mount.split(",")) {
            for (String name : new String[] {"source=", "src="}) {
                if (part.startsWith(name)) {
                    source = part.substring(name.length());
                }
            }
        }
        int from = (source.length() > 2 && source.charAt(1) == ':') ? 2 : 0;
        int colon = source.indexOf(':', from);
        String path = (colon < 0) ? source : source.substring(0, colon);
        // a name alone is that of a volume
        boolean named = path.indexOf('/') < 0 && path.indexOf('\\') < 0 && "~.$".indexOf(first(path)) < 0;
        if (!path.isEmpty() && !HERE.contains(path) && !named) {
            sources.add(path);
        }
    }

    private static char first(String text) {
        return text.isEmpty() ? 'x' : text.charAt(0);
    }
}
