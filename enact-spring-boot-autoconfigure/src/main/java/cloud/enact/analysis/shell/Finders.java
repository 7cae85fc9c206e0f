package cloud.enact.analysis.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Programs that run a command for each of many things: find, fd, xargs, parallel. */
final class Finders {

    /** What stands for the thing found. */
    private static final String PLACE = "{}";

    /** More things than this are not put into a command. */
    private static final int MOST = 500;

    private static final Set<String> FIND_ACTIONS = Set.of("-exec", "-execdir", "-ok", "-okdir");

    private static final Set<String> FD_ACTIONS = Set.of("-x", "-X", "--exec", "--exec-batch");

    private static final Set<String> XARGS_LONG = Set.of(
            "arg-file",
            "delimiter",
            "eof",
            "replace",
            "max-lines",
            "max-args",
            "max-procs",
            "max-chars",
            "process-slot-var");

    private static final Set<String> PARALLEL_LONG = Set.of(
            "jobs",
            "max-procs",
            "arg-file",
            "colsep",
            "delay",
            "timeout",
            "joblog",
            "results",
            "sshlogin",
            "sshloginfile",
            "tmpdir",
            "workdir",
            "max-args",
            "halt",
            "load",
            "memfree",
            "retries",
            "tagstring",
            "env",
            "block",
            "recstart",
            "recend",
            "basefile",
            "shuf",
            "nice",
            "return",
            "profile");

    private final Runner runner;

    Finders(Runner runner) {
        this.runner = runner;
    }

    boolean run(Call call, Frame frame) {
        switch (call.name()) {
            case "find", "gfind", "bfs" -> actions(call, FIND_ACTIONS, frame);
            case "fd", "fdfind" -> actions(call, FD_ACTIONS, frame);
            case "xargs", "gxargs" -> xargs(call, frame);
            case "parallel", "rust-parallel" -> parallel(call, frame);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void actions(Call call, Set<String> actions, Frame frame) {
        List<Field> own = new ArrayList<>();
        int at = 0;
        while (at < call.size()) {
            own.add(call.fields().get(at));
            String action = call.text(at++);
            if (!actions.contains(action)) {
                continue;
            }
            int start = at;
            while (at < call.size() && !ends(call, at)) {
                at++;
            }
            List<Field> words = filled(call.fields().subList(start, at));
            this.runner.words(words, call.name() + " " + action, frame);
        }
        this.runner.ownFlags(call, own);
    }

    private static boolean ends(Call call, int at) {
        String text = call.text(at);
        return text.equals(";") || text.equals("+") && call.text(at - 1).equals(PLACE);
    }

    private List<Field> filled(List<Field> words) {
        List<Field> filled = new ArrayList<>(words.size());
        for (Field word : words) {
            filled.add(
                    word.text().contains(PLACE)
                            ? new Field(word.text().replace(PLACE, this.runner.unknown(PLACE)), word.glob())
                            : word);
        }
        return filled;
    }

    private void xargs(Call call, Frame frame) {
        Options options = Options.leading(call.fields(), 1, "aEdILnPs:eil", XARGS_LONG);
        List<Field> command =
                new ArrayList<>((options.first() < 0) ? List.of(Field.of("echo")) : call.from(options.first()));
        this.runner.ownFlags(call, (options.first() < 0) ? call.size() : options.first());
        String place = null;
        for (Options.Option option : options.all()) {
            if (option.name().equals("I")
                    || option.name().equals("i")
                    || option.name().equals("replace")) {
                place = (option.value() == null || option.value().text().isEmpty())
                        ? PLACE
                        : option.value().text();
            }
        }
        boolean whole = options.has("0") || options.has("null");
        List<String> things = things(frame.input(), place != null, whole);
        if (place == null) {
            things.forEach(thing -> command.add(Field.of(thing)));
            this.runner.words(command, "xargs", frame.reading(Input.INHERITED));
            return;
        }
        for (String thing : things) {
            List<Field> filled = new ArrayList<>();
            for (Field word : command) {
                filled.add(new Field(word.text().replace(place, thing), word.glob()));
            }
            this.runner.words(filled, "xargs", frame.reading(Input.INHERITED));
        }
    }

    private List<String> things(Input input, boolean lines, boolean whole) {
        String text = input.text();
        if (text == null) {
            return List.of(this.runner.unknown(PLACE));
        }
        if (whole) {
            return List.of(text);
        }
        List<String> things = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        for (int i = 0; i <= text.length(); i++) {
            char c = (i < text.length()) ? text.charAt(i) : '\n';
            boolean separator = c == '\n' || !lines && (c == ' ' || c == '\t');
            if (!separator) {
                current.append((c == '\'' || c == '"' || c == '\\') ? "" : String.valueOf(c));
            } else if (!current.isEmpty()) {
                things.add(current.toString());
                current.setLength(0);
            }
        }
        return (things.size() > MOST) ? List.of(this.runner.unknown(PLACE)) : things;
    }

    private void parallel(Call call, Frame frame) {
        Options options = Options.leading(call.fields(), 1, "jaCISNnPsL", PARALLEL_LONG);
        if (options.first() < 0) {
            String text = frame.input().text();
            this.runner.text(call, (text != null) ? text : this.runner.unknown("\u2026"), "parallel", frame);
            return;
        }
        this.runner.ownFlags(call, options.first());
        List<String> command = new ArrayList<>();
        List<String> things = new ArrayList<>();
        boolean listed = false;
        for (Field field : call.from(options.first())) {
            if (field.text().startsWith(":::")) {
                listed = true;
            } else if (listed) {
                things.add(field.text());
            } else {
                command.add(field.text());
            }
        }
        List<String> all = listed ? things : things(frame.input(), true, false);
        String template = String.join(" ", command);
        for (String thing : (all.size() > MOST) ? List.of(this.runner.unknown(PLACE)) : all) {
            String code = template.isEmpty()
                    ? thing
                    : template.contains(PLACE) ? template.replace(PLACE, thing) : template + " " + thing;
            this.runner.text(call, code, "parallel", frame.reading(Input.INHERITED));
        }
    }
}
