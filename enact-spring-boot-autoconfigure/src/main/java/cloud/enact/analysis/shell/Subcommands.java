package cloud.enact.analysis.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Programs that run a command somewhere else, behind a subcommand: in a container, on a host, from a package. */
final class Subcommands {

    private static final String CONTAINER = "abcefghHlmnpuvw|add-host annotation attach blkio-weight cap-add cap-drop"
            + " cgroup-parent cgroupns cidfile config connection context cpu-period cpu-quota cpu-shares cpus"
            + " cpuset-cpus cpuset-mems detach-keys device dns dns-option dns-search domainname entrypoint env env-file"
            + " expose file gpus group-add health-cmd health-interval health-retries health-timeout host hostname index"
            + " ip ip6 ipc isolation label label-file link log-driver log-level log-opt mac-address memory"
            + " memory-reservation memory-swap mount name namespace net network network-alias oom-score-adj pid"
            + " pids-limit platform pod profile project-directory project-name publish pull restart rootfs runtime"
            + " security-opt shm-size stop-signal stop-timeout storage-opt sysctl tmpfs ulimit url user userns uts"
            + " volume volume-driver volumes-from workdir";

    private static final String CLUSTER =
            "nscfr|namespace cluster container context filename image kubeconfig pod-running-timeout server"
                    + " token user overrides profile";

    /** Names, subcommands, letters and long names of options with a value, operands before the command, how it is given. */
    private static final String[] TABLE = {
        "docker podman nerdctl|run|" + CONTAINER + "|1|words",
        "docker podman nerdctl|exec|" + CONTAINER + "|1|words",
        "docker podman nerdctl|create|" + CONTAINER + "|1|words",
        "docker podman nerdctl|container run|" + CONTAINER + "|1|words",
        "docker podman nerdctl|container exec|" + CONTAINER + "|1|words",
        "docker podman nerdctl|compose run|" + CONTAINER + "|1|words",
        "docker podman nerdctl|compose exec|" + CONTAINER + "|1|words",
        "docker-compose podman-compose|run|" + CONTAINER + "|1|words",
        "docker-compose podman-compose|exec|" + CONTAINER + "|1|words",
        "docker podman|machine ssh|||1|text",
        "kubectl oc k3s k|exec|" + CLUSTER + "|0|dashes",
        "kubectl oc k3s k|run|" + CLUSTER + "|0|dashes",
        "kubectl oc k3s k|debug|" + CLUSTER + "|0|dashes",
        "k3s microk8s||||0|words",
        "crictl|exec|||1|words",
        "ctr|task exec||exec-id user|1|words",
        "lxc incus|exec||env user cwd|1|words",
        "multipass|exec|n||1|words",
        "limactl|shell||workdir|1|words",
        "vagrant|ssh|||0|option c command",
        "gcloud|compute ssh|||0|option command",
        "az|vm run-command invoke|||0|option scripts",
        "fly flyctl|ssh console|||0|option C command",
        "heroku|run|a|app size|0|text",
        "railway|run|||0|words",
        "doppler|run|pc|project config command|0|words",
        "op|run||env-file|0|words",
        "infisical|run||env projectId path|0|words",
        "chamber|exec|||0|dashes",
        "aws-vault|exec|d|duration|1|words",
        "dotenvx|run|f|env-file|0|words",
        "adb|shell|s||0|text",
        "ssh autossh|" + "|BbcDEeFIiJLlmMOopQRSWw||1|text",
        "mosh|||ssh|1|words",
        "sshpass||dfpP||0|words",
        "pdsh||wxlf||0|text",
        "ansible||miaulf||0|option a args",
        "vercel|env run|||0|words",
        "npx||pwc|package workspace call|0|package",
        "bunx pnpx||p|package|0|package",
        "uvx pipx-run||pw|from with python index-url|0|package",
        "pipx|run||spec python pip-args|0|package",
        "npm|exec|pwcC|package workspace call prefix|0|package",
        "npm|x|pwc|package workspace call|0|package",
        "pnpm|dlx|p|package|0|package",
        "pnpm|exec|CF|dir filter|0|words",
        "yarn|dlx|p|package|0|package",
        "yarn|exec|||0|words",
        "bun|x|||0|package",
        "uv|run|p|with python project directory extra group package env-file|0|words",
        "uv|tool run||from with python|0|package",
        "poetry pipenv pdm hatch rye|run|C|directory project|0|words",
        "conda mamba micromamba|run|np|name prefix cwd|0|words",
        "bundle|exec||gemfile|0|words",
        "mise rtx|exec|||0|dashes",
        "asdf|exec|||0|words",
        "nix|develop|||0|option c command run",
        "nix-shell||pIA||0|option run command",
        "nodemon||wex|watch ext|0|option exec x",
        "watchexec||wefi|watch exts filter ignore|0|words",
        "hyperfine||wmrpsn|warmup min-runs runs prepare setup cleanup shell command-name export-json|0|texts",
        "concurrently||nck|names prefix-colors|0|texts",
        "cross-env cross-env-shell env-cmd||fe||0|assignments",
        "dotenv||fe|file|0|words",
        "tmux|new-session|cnsFtxye||0|text",
        "tmux|new|cnsFtxye||0|text",
        "tmux|new-window|cnsFte||0|text",
        "tmux|send-keys|tN||0|text",
        "tmux|run-shell|tcd||0|text",
        "screen||cehpSstT||0|words",
        "xterm gnome-terminal konsole||T|title geometry|0|option e",
        "direnv|exec|||1|words",
        "watch||n|interval|0|text",
        "entr||||0|words",
    };

    private static final Map<String, List<Row>> BY_NAME = byName();

    private final Runner runner;

    Subcommands(Runner runner) {
        this.runner = runner;
    }

    private static Map<String, List<Row>> byName() {
        Map<String, List<Row>> all = new HashMap<>();
        for (String line : TABLE) {
            String[] column = line.split("\\|", -1);
            List<String> path = column[1].isEmpty() ? List.of() : List.of(column[1].split(" "));
            int operands = column[4].isEmpty() ? 0 : Integer.parseInt(column[4]);
            Row row = new Row(path, column[2], Set.of(column[3].split(" ")), operands, column[5]);
            for (String name : column[0].split(" ")) {
                all.computeIfAbsent(name, unused -> new ArrayList<>()).add(row);
            }
        }
        return Map.copyOf(all);
    }

    boolean run(Call call, Frame frame) {
        List<Row> rows = BY_NAME.get(call.name());
        if (rows == null) {
            return false;
        }
        for (Row row : rows) {
            int at = row.after(call);
            if (at > 0) {
                run(call, row, at, frame);
                return true;
            }
        }
        return false;
    }

    private void run(Call call, Row row, int from, Frame frame) {
        String wrapper = row.path().isEmpty() ? call.name() : call.name() + " " + String.join(" ", row.path());
        String kind = row.kind();
        if (kind.startsWith("option ")) {
            Set<String> names = Set.of(kind.substring(7).split(" "));
            Set<String> withValue = new HashSet<>(row.longWithValue());
            withValue.addAll(names);
            Options options = Options.anywhere(
                    call.fields(), from, row.shortWithValue() + String.join("", letters(names)), withValue);
            options.values(names).forEach(text -> this.runner.text(call, text.text(), wrapper, frame));
            return;
        }
        Options options = Options.leading(call.fields(), from, row.shortWithValue(), row.longWithValue());
        if (call.name().equals("ssh")) {
            proxies(call, options, frame);
        }
        if (kind.equals("package")) {
            options.values(Set.of("c", "call")).forEach(text -> this.runner.text(call, text.text(), wrapper, frame));
        }
        if (kind.equals("dashes")) {
            dashes(call, from, options, wrapper, frame);
            return;
        }
        int first = options.first();
        if (first < 0) {
            return;
        }
        int start = first + row.operands();
        if (start >= call.size() && kind.equals("text") && frame.input().text() != null) {
            this.runner.text(call, frame.input().text(), wrapper, frame.reading(Input.INHERITED));
            return;
        }
        this.runner.ownFlags(call, start);
        List<Field> words = new ArrayList<>(call.from(start));
        if (!words.isEmpty() && words.get(0).text().equals("--")) {
            words.remove(0);
        }
        for (Field entrypoint : options.values(Set.of("entrypoint"))) {
            words.add(0, entrypoint);
        }
        if (words.isEmpty()) {
            return;
        }
        switch (kind) {
            case "text" -> this.runner.text(call, joined(words), wrapper, frame);
            case "texts" -> words.forEach(word -> this.runner.text(call, word.text(), wrapper, frame));
            case "package" -> {
                words.set(0, Field.of(withoutVersion(words.get(0).text())));
                this.runner.words(words, wrapper, frame);
            }
            case "assignments" -> {
                while (words.size() > 1 && words.get(0).text().indexOf('=') > 0) {
                    words.remove(0);
                }
                this.runner.words(words, wrapper, frame);
            }
            default -> this.runner.words(words, wrapper, frame);
        }
    }

    private static List<String> letters(Set<String> names) {
        return names.stream().filter(name -> name.length() == 1).toList();
    }

    private void dashes(Call call, int from, Options options, String wrapper, Frame frame) {
        for (int at = from; at < call.size(); at++) {
            if (call.text(at).equals("--") && at + 1 < call.size()) {
                this.runner.ownFlags(call, at);
                this.runner.words(call.from(at + 1), wrapper, frame);
                return;
            }
        }
        int first = options.first();
        if (wrapper.endsWith("exec") && first >= 0) {
            this.runner.words(call.from(first + 1), wrapper, frame);
        }
    }

    /** Options of ssh that run a command here. */
    private void proxies(Call call, Options options, Frame frame) {
        for (Field option : options.values(Set.of("o"))) {
            String text = option.text();
            for (String name : List.of("ProxyCommand", "LocalCommand", "KnownHostsCommand")) {
                if (text.regionMatches(true, 0, name, 0, name.length()) && text.length() > name.length()) {
                    this.runner.text(call, text.substring(name.length() + 1), "ssh -o", frame);
                }
            }
        }
    }

    private static String joined(List<Field> words) {
        return String.join(" ", words.stream().map(Field::text).toList());
    }

    private static String withoutVersion(String name) {
        int at = name.lastIndexOf('@');
        return (at > 0) ? name.substring(0, at) : name;
    }

    /**
     * One way to run a command.
     *
     * @param path the subcommands
     * @param kind words, text, texts, dashes (words after {@code --}), package, assignments, or option and its names
     */
    private record Row(List<String> path, String shortWithValue, Set<String> longWithValue, int operands, String kind) {

        /** Where the words after the subcommands begin, or -1 when they are not these. */
        int after(Call call) {
            int at = 1;
            for (String wanted : this.path) {
                Options options = Options.leading(call.fields(), at, this.shortWithValue, this.longWithValue);
                int first = options.first();
                if (first < 0 || !call.text(first).equals(wanted)) {
                    return -1;
                }
                at = first + 1;
            }
            return at;
        }
    }
}
