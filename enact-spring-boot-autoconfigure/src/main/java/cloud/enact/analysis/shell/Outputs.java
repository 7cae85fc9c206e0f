package cloud.enact.analysis.shell;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What programs write whose output follows from their arguments and input alone. */
final class Outputs {

    private final Redirections files;

    Outputs(Redirections files) {
        this.files = files;
    }

    /** The output of a call, or {@code null} when it is not known. */
    @Nullable
    String of(Call call, Input input) {
        return switch (call.name()) {
            case "echo" -> echo(call);
            case "printf" -> printf(call);
            case "cat" ->
                (call.size() == 1 || call.size() == 2 && call.text(1).equals("-"))
                        ? input.text()
                        : (call.size() == 2) ? this.files.file(call.text(1)) : null;
            case "base64", "openssl" -> decoded(call, input);
            case "xxd" -> call.joined(1).contains("-r") ? hex(input) : null;
            case "rev" -> (input.text() == null) ? null : reversed(input.text());
            case "tr" -> translated(call, input);
            case "which", "type", "command", "basename" -> lastName(call);
            case "tee" -> tee(call, input);
            case "head", "tail", "sort", "uniq" -> (call.size() == 1) ? input.text() : null;
            case ":",
                    "true",
                    "false",
                    "test",
                    "[",
                    "cd",
                    "export",
                    "unset",
                    "local",
                    "declare",
                    "readonly",
                    "set",
                    "sleep",
                    "mkdir",
                    "touch",
                    "chmod",
                    "rm",
                    "shopt",
                    "alias",
                    "read" -> "";
            default -> null;
        };
    }

    /** Look-ups of a program: wherever it is, it has that name. */
    private static @Nullable String lastName(Call call) {
        String last = call.text(call.size() - 1);
        String option = (call.size() == 3) ? call.text(1) : "";
        boolean single = switch (call.name()) {
            case "command" -> option.equals("-v");
            case "type" -> option.equals("-P") || option.equals("-p");
            default -> call.size() == 2;
        };
        if (!single || last.startsWith("-")) {
            return null;
        }
        return call.name().equals("basename") ? last.substring(last.lastIndexOf('/') + 1) : last;
    }

    private static String echo(Call call) {
        int at = 1;
        boolean newline = true;
        boolean escapes = false;
        while (at < call.size() && isEchoOption(call.text(at))) {
            newline &= call.text(at).indexOf('n') < 0;
            escapes |= call.text(at).indexOf('e') >= 0;
            at++;
        }
        String text = call.joined(at);
        return (escapes ? AnsiEscapes.inArgument(text) : text) + (newline ? "\n" : "");
    }

    private static boolean isEchoOption(String text) {
        return text.length() > 1
                && text.charAt(0) == '-'
                && text.chars().skip(1).allMatch(c -> c == 'n' || c == 'e' || c == 'E');
    }

    private static @Nullable String printf(Call call) {
        int at = (call.size() > 1 && call.text(1).equals("--")) ? 2 : 1;
        if (at >= call.size() || call.text(at).startsWith("-")) {
            return null;
        }
        String format = call.text(at++);
        StringBuilder all = new StringBuilder();
        do {
            int before = at;
            for (int i = 0; i < format.length(); i++) {
                char c = format.charAt(i);
                if (c != '%') {
                    int end = format.indexOf('%', i);
                    end = (end < 0) ? format.length() : end;
                    all.append(AnsiEscapes.inQuotes(format.substring(i, end)));
                    i = end - 1;
                    continue;
                }
                i++;
                char kind = (i < format.length()) ? format.charAt(i) : ' ';
                if (kind == '%') {
                    all.append('%');
                    continue;
                }
                String argument = (at < call.size()) ? call.text(at++) : "";
                switch (kind) {
                    case 's', 'd', 'i', 'c' ->
                        all.append((kind == 'c' && !argument.isEmpty()) ? argument.substring(0, 1) : argument);
                    case 'b' -> all.append(AnsiEscapes.inArgument(argument));
                    case 'q' ->
                        all.append('\'').append(argument.replace("'", "'\\''")).append('\'');
                    default -> {
                        return null;
                    }
                }
            }
            if (at == before) {
                break;
            }
        } while (at < call.size());
        return all.toString();
    }

    private static @Nullable String decoded(Call call, Input input) {
        String text = input.text();
        boolean decodes = false;
        for (Field field : call.from(1)) {
            decodes |= Set.of("-d", "-D", "--decode", "-di", "-id").contains(field.text());
            if (!field.text().startsWith("-") && !call.name().equals("openssl")) {
                text = null;
            }
        }
        if (text == null || !decodes || Unknowns.in(text)) {
            return null;
        }
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(text.trim());
            return new String(bytes, StandardCharsets.UTF_8).replace("\0", "").replace(Source.END, '\uFFFD');
        } catch (IllegalArgumentException ex) {
            return null;
        }
    }

    private static @Nullable String hex(Input input) {
        String text = input.text();
        if (text == null) {
            return null;
        }
        StringBuilder all = new StringBuilder();
        int high = -1;
        for (int i = 0; i < text.length(); i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                continue;
            }
            if (high >= 0) {
                all.append((char) (high * 16 + digit));
                high = -1;
            } else {
                high = digit;
            }
        }
        return all.toString().replace("\0", "");
    }

    private static String reversed(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            lines.add(new StringBuilder(line).reverse().toString());
        }
        return String.join("\n", lines);
    }

    /** Only sets of the same plain characters; anything else is not known. */
    private static @Nullable String translated(Call call, Input input) {
        String text = input.text();
        if (text == null || call.size() != 3) {
            return null;
        }
        if (call.text(1).equals("-d")) {
            String removed = ranges(AnsiEscapes.inArgument(call.text(2)));
            StringBuilder all = new StringBuilder();
            text.chars().filter(c -> removed.indexOf(c) < 0).forEach(c -> all.append((char) c));
            return (call.text(2).indexOf('[') >= 0) ? null : all.toString();
        }
        String from = ranges(AnsiEscapes.inArgument(call.text(1)));
        String to = ranges(AnsiEscapes.inArgument(call.text(2)));
        if (to.isEmpty() || call.text(1).startsWith("-") || call.text(1).indexOf('[') >= 0) {
            return null;
        }
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            int at = from.indexOf(text.charAt(i));
            all.append((at < 0) ? text.charAt(i) : to.charAt(Math.min(at, to.length() - 1)));
        }
        return all.toString();
    }

    private static String ranges(String set) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < set.length(); i++) {
            if (i + 2 < set.length() && set.charAt(i + 1) == '-' && set.charAt(i) <= set.charAt(i + 2)) {
                if (set.charAt(i + 2) - set.charAt(i) > 255) {
                    return "";
                }
                for (char c = set.charAt(i); c <= set.charAt(i + 2); c++) {
                    all.append(c);
                }
                i += 2;
            } else {
                all.append(set.charAt(i));
            }
        }
        return all.toString();
    }

    private @Nullable String tee(Call call, Input input) {
        boolean append =
                call.size() > 1 && (call.text(1).equals("-a") || call.text(1).equals("--append"));
        for (Field field : call.from(append ? 2 : 1)) {
            this.files.write(field.text(), input.text(), append);
        }
        return input.text();
    }
}
