package cloud.enact.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/** Java code of a page, compiled as by a reader who pastes it. */
public final class PageCode {

    private PageCode() {}

    /**
     * Compiles classes whose sources lie in a directory, and loads the first of them.
     *
     * @param names names of the classes, and of their files
     */
    public static Class<?> compile(Path directory, String... names) throws IOException, ClassNotFoundException {
        List<String> arguments = new ArrayList<>(List.of(
                "-parameters", "-proc:none", "-cp", System.getProperty("java.class.path"), "-d", directory.toString()));
        for (String name : names) {
            arguments.add(directory.resolve(name + ".java").toString());
        }
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(status).as("status of the compiler").isZero();
        // stays open as long as the test runs: classes are loaded one by one
        return new URLClassLoader(new URL[] {directory.toUri().toURL()}, PageCode.class.getClassLoader())
                .loadClass(names[0]);
    }
}
