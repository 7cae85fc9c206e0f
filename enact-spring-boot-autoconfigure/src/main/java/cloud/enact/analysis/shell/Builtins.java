package cloud.enact.analysis.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Commands of the shell itself that change variables. */
final class Builtins {

    private final Unknowns unknowns;

    private final Functions functions;

    Builtins(Unknowns unknowns, Functions functions) {
        this.unknowns = unknowns;
        this.functions = functions;
    }

    void run(Call call, Frame frame) {
        switch (call.name()) {
            case "export", "declare", "typeset", "local", "readonly" -> declare(call, frame);
            case "read", "mapfile", "readarray", "getopts", "unset", "let", "wait" -> forgetNamed(call, frame);
            case "printf" -> {
                if (call.size() > 2 && call.text(1).equals("-v")) {
                    forget(call.text(2), frame);
                }
            }
            case "set" -> set(call, frame);
            case "shift" -> shift(call, frame);
            case "alias" -> alias(call);
            case "hash" -> {
                if (call.size() == 4 && call.text(1).equals("-p")) {
                    this.functions.alias(call.text(3), call.text(2));
                }
            }
            case "source", "." -> frame.variables().forgetAll(this.unknowns);
            default -> {
                // nothing that matters to variables
            }
        }
    }

    private void declare(Call call, Frame frame) {
        boolean local = Set.of("local", "declare", "typeset").contains(call.name());
        boolean reference = false;
        for (Field field : call.from(1)) {
            String text = field.text();
            int equals = text.indexOf('=');
            if (text.startsWith("-")) {
                reference |= text.indexOf('n') > 0 && local;
                continue;
            }
            if (local) {
                frame.variables().local((equals < 0) ? text : text.substring(0, equals));
            }
            if (equals <= 0) {
                if (call.name().equals("local")) {
                    forget(text, frame);
                }
                continue;
            }
            String value = text.substring(equals + 1);
            boolean plain = text.charAt(equals - 1) != '+' && !value.startsWith("(");
            if (plain) {
                frame.variables().set(text.substring(0, equals), value);
            } else {
                forget(text.substring(0, equals).replace("+", ""), frame);
            }
        }
        if (reference) {
            // another name for a variable: any assignment may change any of them
            frame.variables().forgetAll(this.unknowns);
        }
    }

    private void forgetNamed(Call call, Frame frame) {
        for (Field field : call.from(1)) {
            String text = field.text();
            int end = 0;
            while (end < text.length() && Source.isName(text.charAt(end))) {
                end++;
            }
            forget(text.substring(0, end), frame);
        }
        if (call.name().equals("read") && call.size() == 1) {
            forget("REPLY", frame);
        } else if (call.name().equals("mapfile") || call.name().equals("readarray")) {
            forget("MAPFILE", frame);
        }
    }

    private void forget(String name, Frame frame) {
        if (!name.isEmpty()) {
            frame.variables().set(name, this.unknowns.computed("$" + name));
        }
    }

    private void set(Call call, Frame frame) {
        for (int i = 1; i < call.size(); i++) {
            String text = call.text(i);
            if (text.equals("--") || !text.startsWith("-") && !text.startsWith("+")) {
                List<String> arguments = new ArrayList<>(List.of("bash"));
                call.from(text.equals("--") ? i + 1 : i).forEach(field -> arguments.add(field.text()));
                frame.variables().arguments(arguments);
                return;
            }
            if (text.endsWith("o")) {
                i++;
            }
        }
    }

    private static void shift(Call call, Frame frame) {
        List<String> arguments = frame.variables().arguments();
        if (arguments == null) {
            return;
        }
        if (call.size() == 1 && arguments.size() > 1) {
            List<String> rest = new ArrayList<>(arguments);
            rest.remove(1);
            frame.variables().arguments(rest);
        } else {
            frame.variables().forgetArguments();
        }
    }

    private void alias(Call call) {
        for (Field field : call.from(1)) {
            int equals = field.text().indexOf('=');
            if (equals > 0) {
                this.functions.alias(
                        field.text().substring(0, equals), field.text().substring(equals + 1));
            }
        }
    }
}
