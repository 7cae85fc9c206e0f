package cloud.enact.analysis.command;

import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellWord;
import java.util.List;
import java.util.Set;

/** Files that the client of a service hands over: {@code aws s3 cp a s3://b}, {@code gh gist create a}. */
final class Uploads {

    private static final Set<String> CLIENTS =
            Set.of("aws", "awslocal", "gsutil", "gcloud", "az", "rclone", "mc", "s3cmd", "gh", "glab", "b2");

    private static final Set<String> VERBS =
            Set.of("cp", "copy", "mv", "move", "sync", "upload", "put", "create", "rsync", "copyto");

    /** Of these, only what is shared takes files. */
    private static final Set<String> SHARED = Set.of("gist", "snippet", "release");

    private Uploads() {}

    static List<ShellWord> of(ShellCommand command) {
        if (!CLIENTS.contains(command.name())) {
            return List.of();
        }
        List<String> argv = command.argv();
        int verb = -1;
        for (int i = 1; i < Math.min(argv.size(), 5) && verb < 0; i++) {
            verb = VERBS.contains(argv.get(i)) ? i : -1;
        }
        boolean host = command.name().startsWith("g") && command.name().length() == 2
                || command.name().equals("glab");
        if (verb < 0 || host && argv.stream().limit(3).noneMatch(SHARED::contains)) {
            return List.of();
        }
        List<ShellWord> named = command
                .words()
                .subList(verb + 1, command.words().size())
                .stream()
                .filter(word -> !word.text().startsWith("-"))
                .toList();
        // what comes from there is a download
        boolean download = !named.isEmpty() && isAtService(named.get(0).text());
        return download
                ? List.of()
                : named.stream().filter(word -> !isAtService(word.text())).toList();
    }

    private static boolean isAtService(String text) {
        return text.contains("://") || text.indexOf(':') > 1;
    }
}
