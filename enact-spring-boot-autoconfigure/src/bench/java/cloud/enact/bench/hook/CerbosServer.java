package cloud.enact.bench.hook;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A policy decision point of Cerbos with one small policy, as a process of its own. */
final class CerbosServer implements AutoCloseable {

    private static final String POLICY = """
            apiVersion: api.cerbos.dev/v1
            resourcePolicy:
              version: default
              resource: claude_code
              rules:
                - actions: ["*"]
                  effect: EFFECT_ALLOW
                  roles: ["*"]
                - actions: ["Bash"]
                  effect: EFFECT_DENY
                  roles: ["*"]
                  condition:
                    match:
                      expr: R.attr.tool_input.command.matches("rm\\\\s+-rf")
            """;

    private static final String CHECK = """
            {"requestId": "r", "principal": {"id": "ana", "roles": ["engineer"]}, "resources": [{"actions": ["Bash"],
             "resource": {"kind": "claude_code", "id": "%s", "attr": {"cwd": "/home/ana/web", "tool_name": "Bash",
             "tool_input": {"command": "git add -A && git commit -m 'Fix rounding of totals'"}}}}]}
            """;

    private final Process process;

    private final URI base;

    private CerbosServer(Process process, URI base) {
        this.process = process;
        this.base = base;
    }

    /** Starts the program of that name, and waits until it answers. */
    static CerbosServer start(Path program, Path folder) throws IOException, InterruptedException {
        Path policies = Files.createDirectories(folder.resolve("policies"));
        Files.writeString(policies.resolve("claude_code.yaml"), POLICY);
        int port = free();
        Process process = new ProcessBuilder(
                        program.toString(),
                        "server",
                        "--set=server.httpListenAddr=127.0.0.1:" + port,
                        "--set=server.grpcListenAddr=127.0.0.1:" + free(),
                        "--set=storage.driver=disk",
                        "--set=storage.disk.directory=" + policies.toAbsolutePath(),
                        "--set=telemetry.disabled=true",
                        "--log-level=ERROR")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("cerbos.log").toFile())
                .start();
        CerbosServer server = new CerbosServer(process, URI.create("http://127.0.0.1:" + port));
        server.await();
        return server;
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void await() throws IOException, InterruptedException {
        HttpRequest health =
                HttpRequest.newBuilder(this.base.resolve("/_cerbos/health")).build();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < deadline) {
            try {
                if (HttpClient.newHttpClient()
                                .send(health, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200) {
                    return;
                }
            } catch (IOException ex) {
                if (!this.process.isAlive()) {
                    throw ex;
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        throw new IllegalStateException("Cerbos does not answer");
    }

    /** What it is asked. */
    OpenLoop.Request check(int number) {
        return new OpenLoop.Request(
                this.base.resolve("/api/check/resources"),
                "",
                CHECK.formatted("toolu_" + number).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        this.process.destroy();
    }
}
