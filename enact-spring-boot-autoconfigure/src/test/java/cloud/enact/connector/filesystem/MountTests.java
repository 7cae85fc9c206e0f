package cloud.enact.connector.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is mounted below the root lies elsewhere, also when it is of the same device. */
class MountTests extends FilesystemFixture {

    @ParameterizedTest
    @ValueSource(strings = {"mounted", "with space and \\ in it"})
    void aDirectoryOfTheSameDeviceThatIsMountedInATreeIsLeftAlone(String name) throws Exception {
        Path outside = Files.createDirectory(this.temp.resolve("outside"));
        Files.writeString(outside.resolve("precious.txt"), "precious");
        file("d/a.txt", "a");
        Path mounted = Files.createDirectories(this.root.resolve("d/" + name));
        Assumptions.assumeTrue(
                ran("mount", "--bind", outside.toString(), mounted.toString()), "nothing can be mounted here");

        try {
            Throwable refused = catchThrowable(() -> this.connector.deleteDir("d"));

            assertThat(outside.resolve("precious.txt")).hasContent("precious");
            assertThat(this.root.resolve("d/a.txt")).hasContent("a");
            assertThat(refused).hasMessageContaining("mounted in it; nothing was deleted");
        } finally {
            try (var all = Files.walk(this.root)) {
                for (Path path : all.filter(each -> each.endsWith(name)).toList()) {
                    ran("umount", path.toString());
                }
            }
        }
    }

    private static boolean ran(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(List.of(command)).start().waitFor() == 0;
        } catch (IOException ex) {
            return false;
        }
    }
}
