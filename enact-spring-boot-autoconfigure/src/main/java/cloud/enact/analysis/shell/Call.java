package cloud.enact.analysis.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One call of a program.
 *
 * @param index where it stands among the commands
 * @param name the program
 * @param fields all words, the program first
 */
record Call(int index, String name, List<Field> fields, Map<String, ShellWord> assignments) {

    int size() {
        return this.fields.size();
    }

    String text(int at) {
        return this.fields.get(at).text();
    }

    /** The words from there on. */
    List<Field> from(int at) {
        return this.fields.subList(Math.min(at, this.fields.size()), this.fields.size());
    }

    /** The words from there on as one text. */
    String joined(int at) {
        List<String> texts = new ArrayList<>();
        from(at).forEach(field -> texts.add(field.text()));
        return String.join(" ", texts);
    }
}
