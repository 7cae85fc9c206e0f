package cloud.enact.analysis.shell;

/** The commands in a makefile. */
final class Recipes {

    private final Runner runner;

    Recipes(Runner runner) {
        this.runner = runner;
    }

    void run(Call call, String makefile, Frame frame) {
        String[] lines = makefile.split("\n");
        for (int at = 0; at < lines.length; at++) {
            if (!lines[at].startsWith("\t")) {
                continue;
            }
            StringBuilder recipe = new StringBuilder(lines[at]);
            while (at + 1 < lines.length && lines[at].endsWith("\\")) {
                at++;
                recipe.append('\n').append(lines[at]);
            }
            this.runner.text(call, expanded(withoutPrefix(recipe.toString())), "make", frame);
        }
    }

    private static String withoutPrefix(String recipe) {
        int at = 1;
        while (at < recipe.length() && "@-+ ".indexOf(recipe.charAt(at)) >= 0) {
            at++;
        }
        return recipe.substring(at);
    }

    /** The variables of make are not those of the shell; a doubled dollar sign is one for the shell. */
    private String expanded(String recipe) {
        StringBuilder all = new StringBuilder();
        int at = 0;
        while (at < recipe.length()) {
            char c = recipe.charAt(at);
            if (c != '$' || at + 1 == recipe.length()) {
                all.append(c);
                at++;
            } else if (recipe.charAt(at + 1) == '$') {
                all.append('$');
                at += 2;
            } else {
                int end = variableEnd(recipe, at + 1);
                String variable = recipe.substring(at, end);
                boolean shell = variable.startsWith("$(shell ") && variable.endsWith(")");
                all.append(shell ? "$(" + variable.substring(8) : this.runner.unknown(variable));
                at = end;
            }
        }
        return all.toString();
    }

    private static int variableEnd(String recipe, int open) {
        char first = recipe.charAt(open);
        if (first != '(' && first != '{') {
            return open + 1;
        }
        char close = (first == '(') ? ')' : '}';
        int depth = 0;
        for (int at = open; at < recipe.length(); at++) {
            if (recipe.charAt(at) == first) {
                depth++;
            } else if (recipe.charAt(at) == close && --depth == 0) {
                return at + 1;
            }
        }
        return recipe.length();
    }
}
