package cloud.enact.policy;

import cloud.enact.analysis.shell.ShellAnalyzer;
import cloud.enact.analysis.shell.ShellFacts;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The command lines of a call: given as text, as a list of words, or written to a file that a shell runs. */
final class ShellTexts {

    private static final ShellAnalyzer SHELL = new ShellAnalyzer();

    private static final Set<String> POWER_SHELL = Set.of("powershell", "pwsh");

    private static final List<String> SCRIPT_ENDINGS =
            List.of(".sh", ".bash", ".zsh", ".ksh", ".dash", ".command", ".envrc", ".bashrc", ".zshrc", ".profile");

    /** More texts than this are no command. */
    private static final int MOST_TEXTS = 1_000;

    private ShellTexts() {}

    static ShellFacts facts(ActionWords words, ResolvedArguments arguments) {
        List<String> texts = arguments.texts(InputName.COMMAND);
        if (texts.size() > MOST_TEXTS) {
            return ShellFacts.notUnderstood("has more than " + MOST_TEXTS + " parts");
        }
        ShellFacts facts = ShellFacts.none();
        if (texts.size() == 1) {
            facts = SHELL.analyze(texts.get(0));
        } else if (!texts.isEmpty()) {
            facts = ofSeveral(texts);
        }
        if (isForPowerShell(words)) {
            for (String text : texts) {
                facts = facts.and(SHELL.analyze("pwsh -Command " + quoted(text)));
            }
        }
        for (String script : scripts(words, arguments)) {
            facts = facts.and(SHELL.analyze(script));
        }
        return facts;
    }

    /** Either several commands, or the words of one: {@code ["rm", "-rf", "/"]}. */
    private static ShellFacts ofSeveral(List<String> texts) {
        boolean lines = hasBlank(texts.get(0));
        ShellFacts facts = SHELL.analyze(texts.get(0));
        for (String text : texts.subList(1, texts.size())) {
            if (lines || hasBlank(text)) {
                ShellFacts single = SHELL.analyze(text);
                // a word of a command, such as a message, need not be a command
                facts = (lines || single.understood()) ? facts.and(single) : facts;
            }
        }
        return facts.and(SHELL.analyze(joined(texts)));
    }

    private static String joined(List<String> texts) {
        StringBuilder line = new StringBuilder(texts.get(0));
        for (String text : texts.subList(1, texts.size())) {
            line.append(' ').append(quoted(text));
        }
        return line.toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** Whether the name says so; what bash would make of the text counts as well, for nobody knows what runs it. */
    private static boolean isForPowerShell(ActionWords words) {
        return words.hasAny(POWER_SHELL) || words.has("power") && words.has("shell");
    }

    private static boolean hasBlank(String text) {
        return text.chars().anyMatch(Character::isWhitespace);
    }

    /** What is written to a file that a shell may run. */
    private static List<String> scripts(ActionWords words, ResolvedArguments arguments) {
        List<String> contents = arguments.texts(InputName.CONTENT);
        if (contents.isEmpty() || words.isRead()) {
            return List.of();
        }
        boolean named = arguments.texts(InputName.PATH).stream()
                .map(path -> path.toLowerCase(Locale.ROOT))
                .anyMatch(path -> SCRIPT_ENDINGS.stream().anyMatch(path::endsWith));
        return contents.stream()
                .limit(MOST_TEXTS)
                .filter(content -> named || isForShell(content))
                .toList();
    }

    /** {@code #!/bin/sh}, {@code #!/usr/bin/env bash}. */
    private static boolean isForShell(String content) {
        if (!content.startsWith("#!")) {
            return false;
        }
        int end = content.indexOf('\n');
        String first = content.substring(0, (end < 0) ? Math.min(content.length(), 80) : Math.min(end, 80));
        return first.contains("sh");
    }
}
