package cloud.enact.analysis.shell;

/**
 * One redirection of a command.
 *
 * @param operator as written, without a number in front: {@code >}, {@code >>}, {@code >|}, {@code &>}, {@code <},
 *     {@code <<}, {@code <<<} and so on
 * @param target the file, or the text of a here-document or here-string
 */
public record Redirection(String operator, ShellWord target) {

    /** Whether the target is a file that is written to. */
    public boolean writes() {
        return this.operator.indexOf('>') >= 0 && !isDescriptor();
    }

    /** Whether the target is a file that is read. */
    public boolean reads() {
        return (this.operator.equals("<") || this.operator.equals("<>")) && !isDescriptor();
    }

    private boolean isDescriptor() {
        return this.operator.endsWith("&")
                && (this.target.text().equals("-") || this.target.text().chars().allMatch(c -> c >= '0' && c <= '9'));
    }
}
