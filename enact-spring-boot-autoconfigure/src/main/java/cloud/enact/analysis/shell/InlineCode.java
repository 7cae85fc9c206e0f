package cloud.enact.analysis.shell;

/**
 * Code of another language inside a command line.
 *
 * @param language {@code sql}, {@code python}, {@code javascript}, {@code perl}, {@code ruby}, {@code php},
 *     {@code awk}, {@code powershell}, {@code cmd} or the name of the program that runs it
 * @param text the code, without the quotes of the shell
 * @param command index of the command that runs it
 * @param dynamic whether a part of it is known only at run time
 */
public record InlineCode(String language, String text, int command, boolean dynamic) {}
