package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Programs that bring in packages of other languages than JavaScript, and those that publish packages of any. */
final class PackageTools {

    private static final Set<String> VALUED = Set.of(
            ("-r --requirement -c --constraint -e --editable -i --index-url --extra-index-url -f --find-links -t --target "
                            + "--python -p --prefix --root --path --git --branch --tag --rev --features -F --version -v "
                            + "--group -G --source --with -j --jobs --config --registry --platform --log --cache-dir")
                    .split(" "));

    private static final Map<String, Set<String>> INSTALLS = Map.ofEntries(
            Map.entry("pip", Set.of("install")),
            Map.entry("pip3", Set.of("install")),
            Map.entry("pipx", Set.of("install", "run")),
            Map.entry("uvx", Set.of("")),
            Map.entry("uv", Set.of("add", "pip install", "tool install", "tool run")),
            Map.entry("poetry", Set.of("add")),
            Map.entry("pdm", Set.of("add")),
            Map.entry("pipenv", Set.of("install")),
            Map.entry("easy_install", Set.of("")),
            Map.entry("gem", Set.of("install")),
            Map.entry("bundle", Set.of("add")),
            Map.entry("cargo", Set.of("install", "add", "binstall")),
            Map.entry("composer", Set.of("require", "global require")),
            // what is fetched by 'go get' is not run
            Map.entry("go", Set.of("install")));

    private static final Set<String> FROM_REGISTRIES =
            Set.of("pip", "pip3", "pipx", "uv", "uvx", "poetry", "gem", "npm", "pnpm", "yarn", "bun", "easy_install");

    private static final Set<String> PUBLISHES = Set.of(
            ("npm publish|pnpm publish|yarn publish|yarn npm publish|bun publish|cargo publish|gem push|poetry publish|"
                            + "uv publish|pdm publish|flit publish|hatch publish|twine upload|dotnet nuget push|"
                            + "nuget push|mix hex.publish|vsce publish|ovsx publish|dart pub publish|flutter pub publish|"
                            + "pod trunk push|lerna publish|changeset publish")
                    .split("\\|"));

    /** Widely known, hence with many eyes on them. */
    private static final Set<String> KNOWN = Set.of(
            ("requests numpy pandas scipy matplotlib pytest flask django fastapi uvicorn gunicorn sqlalchemy alembic "
                            + "pydantic black ruff flake8 mypy isort pylint tox pre-commit poetry pipenv virtualenv "
                            + "setuptools wheel pip build twine httpx aiohttp jinja2 click rich typer pyyaml "
                            + "boto3 botocore celery redis psycopg2 psycopg2-binary psycopg pymysql pillow openpyxl "
                            + "scikit-learn torch tensorflow transformers jupyter jupyterlab notebook ipython tqdm "
                            + "beautifulsoup4 lxml selenium playwright coverage pytest-cov pytest-asyncio mkdocs sphinx "
                            + "python-dotenv uv hatch cryptography grpcio protobuf openai anthropic langchain "
                            + "rails bundler rake rspec rubocop puma sidekiq nokogiri devise pg mysql2 minitest jekyll "
                            + "serde serde_json tokio anyhow thiserror clap rand regex reqwest log tracing axum hyper "
                            + "cargo-watch cargo-edit cargo-audit cargo-nextest ripgrep fd-find bat just sqlx sqlx-cli "
                            + "laravel/framework phpunit/phpunit symfony/console guzzlehttp/guzzle monolog/monolog")
                    .split(" "));

    private PackageTools() {}

    static boolean isKnown(String name) {
        return KNOWN.contains(name);
    }

    /** The packages that a command brings in, by name. */
    static List<ShellWord> packages(ShellCommand command) {
        List<ShellWord> words = words(command);
        if (words.isEmpty() || command.hasFlag("help", "dry-run")) {
            return List.of();
        }
        Set<String> verbs = INSTALLS.get(program(words));
        if (verbs == null) {
            return List.of();
        }
        List<ShellWord> operands = operands(words);
        for (String verb : verbs) {
            int length = verb.isEmpty() ? 0 : verb.split(" ").length;
            if (operands.size() > length && said(operands.subList(0, length)).equals(verb)) {
                boolean runs = verb.endsWith("run") || verb.isEmpty();
                // what follows a package that is run are its own arguments
                return operands.subList(length, runs ? length + 1 : operands.size()).stream()
                        .filter(word -> !isLocal(word.text()))
                        .toList();
            }
        }
        return List.of();
    }

    /** Whether a command gives a package to everybody. */
    static boolean publishes(ShellCommand command) {
        List<ShellWord> words = words(command);
        if (words.isEmpty() || command.hasFlag("help", "dry-run", "list")) {
            return false;
        }
        if (RiskyCalls.PUBLICATIONS.hold(command)) {
            return true;
        }
        List<ShellWord> operands = operands(words);
        for (int length = 1; length <= Math.min(2, operands.size()); length++) {
            if (PUBLISHES.contains(program(words) + " " + said(operands.subList(0, length)))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a program is fetched from an address and run, or built and put among those of the user. */
    static boolean runsAddress(ShellCommand command) {
        boolean runs = switch (command.name()) {
            case "npx", "bunx", "pnpx" -> true;
            case "deno" -> command.argv().contains("run");
            case "brew" -> command.argv().contains("install");
            case "pip", "pip3" -> command.argv().stream().anyMatch(word -> word.startsWith("git+"));
            case "cargo" -> command.argv().contains("install") && command.hasFlag("git");
            case "go" -> command.argv().contains("run");
            default -> false;
        };
        // github.com/somebody/tool@latest is an address of go
        String mark = command.name().equals("go") ? "@" : "://";
        return runs && command.argv().stream().limit(8).anyMatch(word -> word.contains(mark));
    }

    /** Whether packages come over a connection that nobody secures, from another machine. */
    static boolean trustsAnybody(ShellCommand command) {
        List<ShellWord> words = words(command);
        if (words.isEmpty() || !FROM_REGISTRIES.contains(program(words))) {
            return false;
        }
        for (ShellWord word : words) {
            String text = word.text().toLowerCase(Locale.ROOT);
            int scheme = text.indexOf("http://");
            boolean plain = scheme >= 0
                    && !text.startsWith("localhost", scheme + 7)
                    && !text.startsWith("127.", scheme + 7)
                    && !text.startsWith("[::1]", scheme + 7);
            if (plain || text.startsWith("--trusted-host") || text.equals("--strict-ssl=false")) {
                return true;
            }
        }
        return false;
    }

    /** The words from the program on, which {@code python -m} may start. */
    private static List<ShellWord> words(ShellCommand command) {
        List<ShellWord> words = command.words();
        boolean module = (command.name().startsWith("python") || command.name().equals("py"))
                && words.size() > 2
                && words.get(1).text().equals("-m");
        return module ? words.subList(2, words.size()) : words;
    }

    private static String program(List<ShellWord> words) {
        String first = words.get(0).text();
        String name = first.substring(first.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return name.startsWith("pip3.") ? "pip3" : name;
    }

    private static List<ShellWord> operands(List<ShellWord> words) {
        List<ShellWord> operands = new ArrayList<>();
        boolean value = false;
        for (ShellWord word : words.subList(1, words.size())) {
            String text = word.text();
            if (!value && !text.startsWith("-") && !text.startsWith("+")) {
                operands.add(word);
            }
            value = !value && VALUED.contains(text);
        }
        return operands;
    }

    private static String said(List<ShellWord> words) {
        return String.join(" ", words.stream().map(ShellWord::text).toList());
    }

    private static boolean isLocal(String text) {
        return text.equals(".")
                || text.startsWith("./")
                || text.startsWith("../")
                || text.startsWith(".[")
                || text.startsWith("/")
                || text.startsWith("file:");
    }
}
