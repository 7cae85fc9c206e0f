package cloud.enact.console;

import cloud.enact.action.Printable;
import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The templates of the pages. Every value is escaped, and what hides in a text, such as a change of writing direction,
 * is shown as its code. Thread-safe.
 */
final class Templates {

    private final Mustache.Compiler compiler = Mustache.compiler()
            .emptyStringIsFalse(true)
            .zeroIsFalse(true)
            .nullValue("")
            .withEscaper(Templates::escape)
            .withLoader(name -> new StringReader(read(name)));

    private final Map<String, Template> compiled = new ConcurrentHashMap<>();

    String render(String name, Map<String, @Nullable Object> model) {
        return this.compiled
                .computeIfAbsent(name, key -> this.compiler.compile(read(key)))
                .execute(model);
    }

    /** Lines of a text stay lines. */
    private static String escape(String text) {
        return Escapers.HTML.escape(Printable.lines(text));
    }

    private static String read(String name) {
        try (InputStream in = Templates.class.getResourceAsStream((name.indexOf('.') < 0) ? name + ".html" : name);
                Reader reader = new InputStreamReader(
                        Objects.requireNonNull(in, "There is no template " + name), StandardCharsets.UTF_8)) {
            StringBuilder text = new StringBuilder();
            char[] buffer = new char[4096];
            for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
                text.append(buffer, 0, read);
            }
            return text.toString();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
