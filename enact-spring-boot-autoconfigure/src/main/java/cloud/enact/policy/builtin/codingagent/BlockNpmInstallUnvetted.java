package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.shell.ShellWord;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stops the installation of packages that nobody looked at. With a list of allowed packages every other one is blocked;
 * without, a person is asked about those that are not widely known, and before a package is published.
 */
final class BlockNpmInstallUnvetted extends CommandPolicy {

    static final String NAME = "coding-agent.block-npm-install-unvetted";

    static final String HARM = "A package with a name that looks right runs its own code at installation.";

    /** Widely known, hence with many eyes on them. */
    private static final Set<String> KNOWN = Set.of(
            ("react react-dom vue svelte next nuxt vite webpack rollup esbuild typescript ts-node tsx eslint prettier "
                            + "jest vitest mocha chai cypress playwright @playwright/test express fastify koa axios "
                            + "lodash zod dayjs date-fns uuid dotenv nodemon husky lint-staged tailwindcss postcss "
                            + "autoprefixer drizzle-orm drizzle-kit prisma @prisma/client pg mysql2 sqlite3 redis "
                            + "ioredis mongoose sequelize typeorm rxjs redux @reduxjs/toolkit zustand commander "
                            + "chalk yargs npm pnpm yarn turbo @angular/core @angular/cli ts-jest storybook sass "
                            + "concurrently cross-env rimraf glob semver ws socket.io cors helmet winston pino jsdom")
                    .split(" "));

    private static final Set<String> VERBS =
            Set.of("install i in ins inst insta instal isnt isnta isntal isntall add it install-test link".split(" "));

    private static final Map<String, Set<String>> TOOLS = Map.of(
            "npm", VERBS,
            "cnpm", VERBS,
            "pnpm", Set.of("add", "install", "i", "dlx"),
            "yarn", Set.of("add", "dlx"),
            "bun", Set.of("add", "install", "i", "a"));

    private static final Set<String> VALUED = Set.of(
            "--prefix",
            "-C",
            "--registry",
            "--workspace",
            "-w",
            "--filter",
            "-F",
            "--dir",
            "--cwd",
            "--tag",
            "--omit",
            "--include",
            "--loglevel",
            "--cache",
            "--userconfig");

    private final boolean listed;

    private final Set<String> allowed;

    BlockNpmInstallUnvetted(PolicyParameters with) {
        super(NAME, "No package is installed that nobody looked at.", "npm yarn pnpm bun pip gem cargo publish");
        this.listed = with.has("allowed");
        this.allowed = this.listed ? Set.copyOf(with.strings("allowed", List.of())) : KNOWN;
        for (String name : this.allowed) {
            if (name.isBlank() || name.indexOf(' ') >= 0) {
                throw with.wrong(
                        "allowed", "holds something that is no package", "Write names such as react or @org/x.");
            }
        }
    }

    @Override
    protected @Nullable Verdict judgeShell(PolicyInputs inputs, ShellFacts shell) {
        for (ShellCommand command : shell.commands()) {
            if (PackageTools.publishes(command)) {
                return ask("The command publishes a package, which can't be taken back. Let a person do it.");
            }
            if (PackageTools.runsAddress(command)) {
                return stop("The command runs a program from an address that nobody has vetted. Ask a person to look.");
            }
            if (PackageTools.trustsAnybody(command)) {
                return ask("The command installs from a place that anybody on the way can change. Use https.");
            }
            List<ShellWord> packages = new ArrayList<>(packages(command));
            packages.addAll(PackageTools.packages(command));
            for (ShellWord word : packages) {
                if (word.dynamic() || !isAllowed(word.text())) {
                    return stop("The package " + quoted(word.text()) + " has not been vetted. "
                            + "Do without it, or ask a person to look at it first.");
                }
            }
        }
        return null;
    }

    private Verdict stop(String reason) {
        return this.listed ? block(reason) : ask(reason);
    }

    /** What a command installs, or fetches and runs, by name. */
    private static List<ShellWord> packages(ShellCommand command) {
        Set<String> verbs = TOOLS.get(command.name().toLowerCase(Locale.ROOT));
        List<ShellWord> packages = new ArrayList<>(1);
        // without a yes, what is not installed is asked for
        if (Set.of("npx", "bunx", "pnpx").contains(command.name()) && command.hasFlag("y", "yes")) {
            return command.arguments().stream()
                    .filter(word -> !word.text().startsWith("-"))
                    .limit(1)
                    .toList();
        }
        if (verbs == null || command.hasFlag("help", "dry-run")) {
            return packages;
        }
        boolean installs = false;
        boolean value = false;
        for (ShellWord word : command.arguments()) {
            String text = word.text();
            if (value) {
                value = false;
            } else if (text.startsWith("-")) {
                value = VALUED.contains(text);
            } else if (installs) {
                packages.add(word);
            } else if (!text.equals("global")) {
                if (!verbs.contains(text)) {
                    return packages;
                }
                installs = true;
                if (text.equals("dlx")) {
                    // what follows the package are its own arguments
                    int at = command.arguments().indexOf(word) + 1;
                    return at < command.arguments().size()
                            ? List.of(command.arguments().get(at))
                            : packages;
                }
            }
        }
        return packages;
    }

    private boolean isAllowed(String text) {
        if (text.equals(".")
                || text.startsWith("./")
                || text.startsWith("../")
                || text.startsWith("file:")
                || text.startsWith("workspace:")
                || text.startsWith("link:")) {
            return true;
        }
        int alias = text.indexOf("@npm:");
        String named = (alias >= 0) ? text.substring(alias + 5) : text;
        int version = end(named);
        String name = (version > 0) ? named.substring(0, version) : named;
        String range = (version > 0) ? named.substring(version + 1) : "";
        boolean elsewhere = range.indexOf(':') >= 0 || range.indexOf('/') >= 0;
        boolean types = !this.listed && name.startsWith("@types/");
        boolean known = !this.listed && PackageTools.isKnown(name.toLowerCase(Locale.ROOT));
        return !elsewhere && (types || known || this.allowed.contains(name));
    }

    /** Where the name ends and a version or a choice begins: {@code name@1}, {@code name==1}, {@code name[extra]}. */
    private static int end(String named) {
        for (int i = 1; i < named.length(); i++) {
            if ("@=<>~![:".indexOf(named.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }
}
