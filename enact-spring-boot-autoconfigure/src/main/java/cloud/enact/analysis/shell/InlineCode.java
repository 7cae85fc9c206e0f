package cloud.enact.analysis.shell;

/**
 * Code of another language inside a command line.
 *
 * @param language {@code sql}, {@code python}, {@code javascript}, {@code perl}, {@code ruby}, {@code php},
 *     {@code awk}, {@code cql}, {@code mongo}, {@code redis-cli}, {@code powershell}, {@code cmd} or the name of the
 *     program that runs it
 * @param text the code, without the quotes of the shell and, for SQL, without lines that are for the client; empty when
 *     it comes out of a pipe
 * @param command index of the command that runs it
 * @param dynamic whether a part of it is known only at run time, or it computes code and runs it
 */
public record InlineCode(String language, String text, int command, boolean dynamic) {}
