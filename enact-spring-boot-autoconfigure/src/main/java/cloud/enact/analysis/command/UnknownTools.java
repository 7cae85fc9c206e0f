package cloud.enact.analysis.command;

import cloud.enact.analysis.command.CliWords.Operand;
import cloud.enact.analysis.command.Destruction.Family;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellWord;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Programs without a row of their own: an unmistakable verb, and an option that forces it. */
final class UnknownTools {

    private static final Set<String> UNMISTAKABLE =
            Set.of("destroy purge wipe nuke obliterate erase terminate teardown drop delete".split(" "));

    private static final Set<String> FORCES =
            Set.of(("force f yes y assume-yes auto-approve confirm no-confirm no-interaction non-interactive all "
                            + "skip-confirmation skip-confirm no-prompt quiet recursive everything")
                    .split(" "));

    /** Run what a project calls by a name. */
    private static final Set<String> RUNNERS =
            Set.of("make gmake just task npm yarn pnpm bun rake gradle gradlew mvn mvnw ant invoke nox mise composer"
                    .split(" "));

    /** Install and remove packages of the machine or project, which can be installed again. */
    private static final Set<String> PACKAGE_MANAGERS =
            Set.of(("apt apt-get aptitude yum dnf zypper pacman apk brew port snap flatpak choco winget scoop pip pip3 "
                            + "pipx conda mamba uv poetry gem bundle go nvm sdk asdf rustup cargo code nix-env "
                            + "composer opam ghcup echo printf grep rg ag git test expect read history cd ls")
                    .split(" "));

    private static final Set<String> PARTITIONERS =
            Set.of("fdisk sfdisk gdisk sgdisk cgdisk parted cfdisk badblocks nvme hdparm".split(" "));

    /** Parts of names of scripts that say that much is lost. */
    private static final Set<String> SAID_BY_NAME =
            Set.of("destroy", "nuke", "wipe", "teardown", "purge", "obliterate");

    /** Parts of names of files with SQL that say so. */
    private static final Set<String> SAID_OF_TABLES = Set.of("drop", "wipe", "truncate", "destroy", "purge", "nuke");

    private static final Set<String> DATABASE_WORDS =
            Set.of("db", "database", "schema", "flyway", "migrate", "keyspace");

    private UnknownTools() {}

    static boolean isRunner(String tool) {
        return RUNNERS.contains(tool);
    }

    static @Nullable Destruction read(ShellCommand call, String tool, int index) {
        if (PACKAGE_MANAGERS.contains(tool) && !RUNNERS.contains(tool)) {
            return null;
        }
        CliWords words = CliWords.of(call, Set.of());
        if (isScript(tool) && CliWords.parts(tool).stream().anyMatch(SAID_BY_NAME::contains)) {
            return found(Family.UNKNOWN, tool, tool, words, 0, index);
        }
        if (tool.equals("psql") || tool.equals("mysql")) {
            for (ShellWord file : CliWords.values(call, "-f", "--file")) {
                String name = file.text().substring(file.text().lastIndexOf('/') + 1);
                if (CliWords.parts(name.replace('_', '-')).stream().anyMatch(SAID_OF_TABLES::contains)) {
                    return found(Family.DATABASE, tool, name, words, 0, index);
                }
            }
        }
        if (RUNNERS.contains(tool)) {
            return target(words, tool, index);
        }
        if (tool.equals("pg_restore") && call.hasFlag("c", "clean")) {
            return found(Family.DATABASE, tool, "--clean", words, 0, index);
        }
        if (tool.equals("mongorestore") && call.hasFlag("drop")) {
            return found(Family.DATABASE, tool, "--drop", words, 0, index);
        }
        if (isPartitioner(call, tool, words)) {
            return found(Family.MACHINE, tool, "", words, 0, index);
        }
        boolean emptied = call.hasFlag("r") || call.argv().contains("/dev/null");
        if (tool.equals("crontab") && emptied && !call.hasFlag("l")) {
            return found(Family.MACHINE, tool, "-r", words, 0, index);
        }
        if (tool.equals("diskutil") && first(words).startsWith("erase")
                || tool.equals("format") && first(words).endsWith(":")) {
            return found(Family.MACHINE, tool, first(words), words, 1, index);
        }
        boolean forced = call.dynamic() || call.flags().stream().anyMatch(FORCES::contains);
        boolean database =
                words.operands().stream().limit(2).anyMatch(operand -> DATABASE_WORDS.contains(operand.text()));
        if (!forced && !database) {
            return null;
        }
        for (int i = 0; i < Math.min(2, words.operands().size()); i++) {
            String word = words.operands().get(i).text().toLowerCase(Locale.ROOT);
            if (UNMISTAKABLE.contains(word) || isCompound(word)) {
                return found(Family.UNKNOWN, tool, word, words, i + 1, index);
            }
        }
        return null;
    }

    /** Writes a new file system or table of partitions, unless it is asked to list the old one. */
    private static boolean isPartitioner(ShellCommand call, String tool, CliWords words) {
        boolean writes = tool.startsWith("mkfs") || tool.startsWith("newfs") || PARTITIONERS.contains(tool);
        boolean device =
                words.operands().stream().anyMatch(operand -> operand.text().startsWith("/dev/"))
                        || call.argv().stream().anyMatch(word -> word.startsWith("/dev/"));
        return writes
                && device
                && !call.hasFlag("l", "list", "p", "print", "I", "i")
                && words.operands().stream().noneMatch(operand -> operand.text().equals("print"));
    }

    private static boolean isScript(String tool) {
        return tool.endsWith(".sh") || tool.endsWith(".bash") || tool.endsWith(".ps1");
    }

    private static boolean isCompound(String word) {
        List<String> parts = CliWords.parts(word.replace('_', '-'));
        return parts.size() == 2 && UNMISTAKABLE.contains(parts.get(0));
    }

    /** A target such as {@code make destroy} or {@code npm run db:reset}. */
    private static @Nullable Destruction target(CliWords words, String tool, int index) {
        for (Operand operand : words.operands()) {
            List<String> parts = CliWords.parts(operand.text().replace('_', '-'));
            boolean database = parts.stream().anyMatch(DATABASE_WORDS::contains);
            boolean destroys = parts.stream()
                    .anyMatch(part -> Set.of("destroy", "nuke", "wipe", "teardown", "drop", "purge")
                                    .contains(part)
                            || database
                                    && Set.of("reset", "clean", "fresh", "flush", "dropall")
                                            .contains(part));
            if (destroys && parts.size() < 4 && operand.text().indexOf('/') < 0) {
                return found(database ? Family.SCHEMA : Family.UNKNOWN, tool, operand.text(), words, 99, index);
            }
        }
        return null;
    }

    private static String first(CliWords words) {
        return words.operands().isEmpty() ? "" : words.operands().get(0).text().toLowerCase(Locale.ROOT);
    }

    private static Destruction found(Family family, String tool, String verb, CliWords words, int from, int index) {
        List<Operand> operands = words.operands();
        return new Destruction(
                family,
                tool,
                verb,
                List.of(),
                operands.subList(Math.min(from, operands.size()), operands.size()).stream()
                        .map(Operand::word)
                        .toList(),
                index);
    }
}
