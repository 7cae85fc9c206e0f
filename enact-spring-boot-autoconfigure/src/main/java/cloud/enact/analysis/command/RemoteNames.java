package cloud.enact.analysis.command;

import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellWord;
import java.util.ArrayList;
import java.util.List;

/** Finds the files that a download puts beside others under the name they have where they come from. */
final class RemoteNames {

    private RemoteNames() {}

    static List<ShellWord> of(ShellCommand command) {
        boolean named = switch (command.name()) {
            case "wget" -> !command.hasFlag("O", "output-document", "spider");
            case "curl" -> command.hasFlag("O", "remote-name", "remote-name-all");
            default -> false;
        };
        if (!named) {
            return List.of();
        }
        String directory = directory(command);
        List<ShellWord> names = new ArrayList<>(1);
        for (ShellWord word : command.arguments()) {
            int scheme = word.text().indexOf("://");
            if (scheme > 0 && !word.text().startsWith("-")) {
                String name = name(word.text().substring(scheme + 3));
                names.add(new ShellWord(directory + name, word.dynamic(), false));
            }
        }
        return names;
    }

    private static String directory(ShellCommand command) {
        List<ShellWord> directories = command.name().equals("wget")
                ? CliWords.values(command, "-P", "--directory-prefix")
                : CliWords.values(command, "--output-dir");
        return directories.isEmpty()
                ? ""
                : directories.get(directories.size() - 1).text() + "/";
    }

    private static String name(String address) {
        int end = address.indexOf('?');
        int fragment = address.indexOf('#');
        end = (fragment >= 0 && (end < 0 || fragment < end)) ? fragment : end;
        String path = (end < 0) ? address : address.substring(0, end);
        int slash = path.lastIndexOf('/');
        String name = (slash < 0) ? "" : path.substring(slash + 1);
        return name.isEmpty() ? "index.html" : name;
    }
}
