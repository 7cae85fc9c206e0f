package cloud.enact.analysis.shell;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** PowerShell and the command processor of Windows. */
final class Windows {

    private final Runner runner;

    Windows(Runner runner) {
        this.runner = runner;
    }

    boolean run(Call call, Frame frame) {
        switch (call.name().toLowerCase(Locale.ROOT)) {
            case "powershell", "pwsh" -> powershell(call, frame);
            case "cmd" -> processor(call, frame);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void powershell(Call call, Frame frame) {
        int at = 1;
        while (at < call.size()) {
            String option = call.text(at).toLowerCase(Locale.ROOT);
            if (!option.startsWith("-") && !option.startsWith("/")) {
                break;
            }
            String name = option.substring(1);
            if (isShortFor(name, "encodedcommand", "e") || name.equals("ec")) {
                encoded(call, at + 1, frame);
                return;
            }
            if (isShortFor(name, "command", "c")) {
                at++;
                break;
            }
            if (isShortFor(name, "file", "f")) {
                return;
            }
            at += isSwitch(name) ? 1 : 2;
        }
        String code = call.joined(at);
        if (at >= call.size() || code.equals("-")) {
            String text = frame.input().text();
            if (!frame.input().given()) {
                return;
            }
            code = (text != null) ? text : this.runner.unknown("");
        }
        code(call, code, frame);
    }

    /** Any beginning of an option's name will do. */
    private static boolean isShortFor(String written, String name, String shortest) {
        return written.startsWith(shortest) && name.startsWith(written);
    }

    private static boolean isSwitch(String name) {
        return name.startsWith("no")
                || name.equals("mta")
                || name.equals("sta")
                || name.equals("login")
                || name.equals("l")
                || name.equals("i")
                || name.startsWith("inter");
    }

    private void encoded(Call call, int at, Frame frame) {
        String decoded = (at < call.size()) ? decoded(call.text(at)) : null;
        code(call, (decoded != null) ? decoded : this.runner.unknown(call.joined(at)), frame);
    }

    private static @Nullable String decoded(String text) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(text);
            return new String(bytes, StandardCharsets.UTF_16LE)
                    .replace("\0", "")
                    .replace(Source.END, '\uFFFD');
        } catch (IllegalArgumentException ex) {
            return null;
        }
    }

    private void code(Call call, String code, Frame frame) {
        this.runner.code(call, "powershell", code, false);
        Frame inner = frame.through(call.name());
        new WindowsReader(code, '`', this.runner).commands(this.runner, inner);
    }

    /** {@code /c} or {@code /k} and a command line. */
    private void processor(Call call, Frame frame) {
        for (int at = 1; at < call.size(); at++) {
            String option = call.text(at).toLowerCase(Locale.ROOT);
            // another shell may have made a path of it, or doubled the slash to prevent that
            if (option.startsWith("/c") || option.startsWith("/k") || option.equals("//c") || option.equals("//k")) {
                String attached = option.startsWith("//") ? "" : call.text(at).substring(2);
                String code = (attached + " " + call.joined(at + 1)).trim();
                this.runner.code(call, "cmd", code, false);
                Frame inner = frame.through(call.name() + " /c");
                new WindowsReader(code, '^', this.runner).commands(this.runner, inner);
                return;
            }
        }
    }
}
