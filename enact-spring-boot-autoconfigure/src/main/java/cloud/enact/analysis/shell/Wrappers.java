package cloud.enact.analysis.shell;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Programs that run the words after them as a command. */
final class Wrappers {

    /** Name, letters of options with a value, long options with one, and how many operands come before the command. */
    private static final String[] TABLE = {
        "sudo|CDghpRrtTuU|chdir close-from group host prompt chroot role type command-timeout user other-user|0",
        "doas|uC||0",
        "pkexec||user|0",
        "gosu|||1",
        "su-exec|||1",
        "env|uCS|unset chdir split-string block-signal default-signal ignore-signal|0",
        "command|||0",
        "builtin|||0",
        "exec|a||0",
        "nohup|||0",
        "setsid|||0",
        "time|fo|format output|0",
        "timeout|ks|kill-after signal|1",
        "gtimeout|ks|kill-after signal|1",
        "nice|n|adjustment|0",
        "ionice|cnpPu|class classdata pid pgid uid|0",
        "chrt|TPD|sched-runtime sched-period sched-deadline|1",
        "taskset|||1",
        "stdbuf|ioe|input output error|0",
        "unbuffer|||0",
        "strace|abeEIoOpPsSuUX|trace attach output user env|0",
        "ltrace|aAeFlnopsSuwxX|output|0",
        "chroot||groups userspec|1",
        "nsenter|tSG|target setuid setgid|0",
        "unshare|RSGw|root setuid setgid wd map-user map-group|0",
        "setarch|||1",
        "linux64|||0",
        "linux32|||0",
        "caffeinate|tw||0",
        "firejail|||0",
        "proxychains|f||0",
        "proxychains4|f||0",
        "torsocks|||0",
        "catchsegv|||0",
        "valgrind|||0",
        "perf|||1",
        "dbus-run-session|||0",
        "xvfb-run|nefps|server-num auth-file error-file fbdir server-args|0",
        "systemd-run|EHMpu|unit property description slice uid gid nice working-directory setenv service-type host "
                + "machine on-active on-boot on-calendar|0",
        "systemd-inhibit||what who why mode|0",
        "chpst|ubenoprcftdv/||0",
        "runcon|turl|type user role range|1",
        "prlimit|p|pid|0",
        "cgexec|g||0",
        "numactl|NmiCplHs|interleave membind cpunodebind physcpubind preferred|0",
        "faketime|f||1",
        "fakeroot|lsib|lib faked|0",
        "eatmydata|||0",
        "rlwrap|fHDsabCgilmMNpSwz||0",
        "setpriv||reuid regid groups inh-caps ambient-caps bounding-set securebits selinux-label|0",
        "tini|vp||0",
        "dumb-init|r|rewrite|0",
        "s6-setuidgid|||1",
        "gdb|||0",
        "busybox|||0",
        "toybox|||0",
        "winpty|||0",
        "wsl|du|distribution user cd|0",
    };

    private static final Set<String> SHELLS = Set.of("sudo", "doas", "chroot", "nsenter", "unshare", "wsl", "firejail");

    private static final Map<String, Wrapper> BY_NAME = byName();

    private final Runner runner;

    Wrappers(Runner runner) {
        this.runner = runner;
    }

    private static Map<String, Wrapper> byName() {
        Map<String, Wrapper> all = new HashMap<>();
        for (String line : TABLE) {
            String[] row = line.split("\\|", -1);
            all.put(row[0], new Wrapper(row[1], Set.of(row[2].split(" ")), Integer.parseInt(row[3])));
        }
        return Map.copyOf(all);
    }

    boolean run(Call call, Frame frame) {
        boolean loader = call.name().startsWith("ld-linux") || call.name().startsWith("ld-musl");
        Wrapper wrapper = BY_NAME.get(loader ? "nohup" : call.name());
        if (wrapper == null) {
            return false;
        }
        Options options = Options.leading(call.fields(), 1, wrapper.shortWithValue(), wrapper.longWithValue());
        if (isLookUp(call.name(), options)) {
            return true;
        }
        Map<String, ShellWord> assigned = new LinkedHashMap<>(call.assignments());
        for (Field text : options.values(Set.of("S", "split-string"))) {
            if (call.name().equals("env")) {
                List<Field> rest = (options.first() < 0) ? List.of() : call.from(options.first());
                StringBuilder code = new StringBuilder(text.text());
                rest.forEach(field -> code.append(' ').append(field.text()));
                this.runner.text(call, code.toString(), call.name(), frame);
                return true;
            }
        }
        int at = options.first();
        while (at >= 0 && at < call.size() && takesAssignments(call.name()) && isAssignment(call.text(at))) {
            String text = call.text(at);
            int equals = text.indexOf('=');
            assigned.put(
                    text.substring(0, equals),
                    new ShellWord(this.runner.shown(text.substring(equals + 1)), Unknowns.in(text), false));
            at++;
        }
        if (at < 0 || at + wrapper.operands() >= call.size()) {
            // without a command some start a shell
            if (SHELLS.contains(call.name()) && frame.input().text() != null) {
                this.runner.text(call, frame.input().text(), call.name(), frame.reading(Input.INHERITED));
            }
            return true;
        }
        int command = skipDashes(call, at + wrapper.operands());
        this.runner.ownFlags(call, command);
        this.runner.words(call.from(command), assigned, call.name(), frame);
        return true;
    }

    private static int skipDashes(Call call, int at) {
        return call.text(at).equals("--") ? at + 1 : at;
    }

    /** {@code command -v} only says where a program is. */
    private static boolean isLookUp(String name, Options options) {
        return name.equals("command") && (options.has("v") || options.has("V"));
    }

    private static boolean takesAssignments(String name) {
        return name.equals("env") || name.equals("sudo") || name.equals("doas");
    }

    private static boolean isAssignment(String text) {
        int equals = text.indexOf('=');
        if (equals <= 0 || !Source.isNameStart(text.charAt(0))) {
            return false;
        }
        return text.substring(0, equals).chars().allMatch(c -> Source.isName((char) c));
    }

    private record Wrapper(String shortWithValue, Set<String> longWithValue, int operands) {}
}
