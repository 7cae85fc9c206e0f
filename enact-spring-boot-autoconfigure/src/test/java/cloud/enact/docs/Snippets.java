package cloud.enact.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/** The fenced blocks of a page. */
public final class Snippets {

    private Snippets() {}

    public static List<String> of(String page, String language) throws IOException {
        Pattern block = Pattern.compile("(?ms)^( *)```" + language + "\\n(.*?)^ *```$");
        List<String> snippets = new ArrayList<>();
        block.matcher(DocsFolder.read(page))
                .results()
                .forEach(result -> snippets.add(
                        // a block in a list is indented as the list is
                        result.group(2).replaceAll("(?m)^" + result.group(1), "")));
        return snippets;
    }

    /** The first block of a language that says something. */
    public static String saying(String page, String language, String text) throws IOException {
        return of(page, language).stream()
                .filter(snippet -> snippet.contains(text))
                .findFirst()
                .orElseThrow();
    }

    /** Configures an application as YAML says, where nothing else says otherwise. */
    public static ApplicationContextInitializer<ConfigurableApplicationContext> configuring(String yaml)
            throws IOException {
        List<PropertySource<?>> sources = new YamlPropertySourceLoader()
                .load("page", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
        return context -> sources.forEach(context.getEnvironment().getPropertySources()::addLast);
    }

    /** All blocks of a page in order, whatever their language. */
    public static List<Block> inOrder(String page) throws IOException {
        List<Block> blocks = new ArrayList<>();
        Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$")
                .matcher(DocsFolder.read(page))
                .results()
                .forEach(result -> blocks.add(new Block(result.group(1), result.group(2))));
        return blocks;
    }

    /** A fenced block. */
    public record Block(String language, String text) {}
}
