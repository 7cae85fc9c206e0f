package cloud.enact.hook.undo;

import cloud.enact.action.Actor;
import cloud.enact.action.RunId;
import cloud.enact.action.Sha256;
import cloud.enact.hook.claudecode.HookApplication;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackRequest;
import cloud.enact.rollback.RollbackService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A guard beside an agent that works on projects of this machine. */
@SpringBootTest(
        classes = HookApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "enact.hooks.claude-code.enabled=true",
            "enact.hooks.claude-code.installations[0].id=ana@enact.example",
            "enact.hooks.claude-code.installations[0].token=" + HookApplication.TOKEN,
            "enact.hooks.claude-code.undo.enabled=true",
            "enact.hooks.claude-code.undo.max-files=20",
            "enact.hooks.claude-code.undo.max-size=64KB",
            "enact.receipts.store=memory",
            "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
            "enact.policies[0].name=ask-before-configuration",
            "enact.policies[0].ask=has(args.file_path) && args.file_path.endsWith('.conf')",
            "enact.policies[0].reason=Somebody has to look at it.",
            "enact.policies[1].name=nobody-writes-this",
            "enact.policies[1].block=has(args.file_path) && args.file_path.endsWith('.never')",
            "enact.policies[1].reason=No."
        })
abstract class HookUndoFixture {

    static final Path DIRECTORY = directory();

    final int port;

    final ReceiptStore store;

    final RollbackService rollbacks;

    Path project;

    AgentSession agent;

    HookUndoFixture(@LocalServerPort int port, @Autowired ReceiptStore store, @Autowired RollbackService rollbacks) {
        this.port = port;
        this.store = store;
        this.rollbacks = rollbacks;
    }

    @DynamicPropertySource
    static void places(DynamicPropertyRegistry registry) throws IOException {
        Path root = Files.createDirectories(DIRECTORY.resolve("projects"));
        registry.add("enact.hooks.claude-code.undo.roots", root::toString);
        registry.add("enact.undo.directory", () -> DIRECTORY.resolve("undo").toString());
    }

    @BeforeEach
    void openProject() throws IOException {
        this.project = Files.createTempDirectory(DIRECTORY.resolve("projects"), "project");
        this.agent = new AgentSession(this.port, this.project);
    }

    /** One for all tests: they share the application. */
    private static Path directory() {
        try {
            Path target = Files.createDirectories(Path.of("target", "hook-undo"));
            return Files.createTempDirectory(target, "tests").toRealPath();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    Path write(String name, String content) throws IOException {
        Path file = this.project.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    Map<String, Object> file(String name) {
        return file(name, "x");
    }

    Map<String, Object> file(String name, String content) {
        return Map.of("file_path", this.project + "/" + name, "content", content);
    }

    static Map<String, Object> edit(Path file, String old, String now) {
        return Map.of("file_path", file.toString(), "old_string", old, "new_string", now);
    }

    RollbackReport rollback() {
        RunId run = this.agent.run(this.store);
        return this.rollbacks.rollback(RollbackRequest.of(run, Actor.of("ana@enact.example"), "test"));
    }

    static void remove(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }

    static boolean isCopied(String content) {
        String name = Sha256.hex(content);
        return Files.exists(
                DIRECTORY.resolve("undo/blobs").resolve(name.substring(0, 2)).resolve(name));
    }

    /** Names, contents, modes and times. */
    Map<String, String> tree(String top) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(this.project.resolve(top))) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = this.project.relativize(path).toString();
                if (Files.isSymbolicLink(path)) {
                    tree.put(name, "-> " + Files.readSymbolicLink(path));
                } else {
                    tree.put(
                            name,
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
                                    + (Files.isDirectory(path)
                                            ? " directory"
                                            : " " + Files.getLastModifiedTime(path)
                                                    + Sha256.hex(Files.readAllBytes(path))));
                }
            }
        }
        return tree;
    }
}
