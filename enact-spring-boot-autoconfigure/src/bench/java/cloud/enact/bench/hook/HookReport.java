package cloud.enact.bench.hook;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * Prints what a coding agent waits for: round trips of hooks over loopback, with the pack for coding agents and receipts
 * in the embedded store, at a steady rate. Beside them, in the same run, stand requests of the same
 * bodies to the same server that nobody thinks about, and, where its program is named, a policy decision point of
 * Cerbos. Arguments: a folder, seconds for each line, path of the program {@code cerbos} or nothing.
 */
public final class HookReport {

    private static final String TOKEN = "token-of-an-installation-that-is-long-enough";

    private static final int[] RATES = {200, 1000};

    /** A server that is still compiling itself would only pile up connections at the full rate. */
    private static final int[] WARM_UP_RATES = {50, 200, 500, 1000};

    private static final int WARM_UP_SECONDS = 10;

    private HookReport() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]).toAbsolutePath();
        FileSystemUtils.deleteRecursively(folder);
        Path workspace = Files.createDirectories(folder.resolve("web"));
        try (ConfigurableApplicationContext application = start(folder);
                CerbosServer cerbos = args.length > 2 ? CerbosServer.start(Path.of(args[2]), folder) : null) {
            URI base = URI.create(
                    "http://localhost:" + application.getEnvironment().getProperty("local.server.port"));
            SessionRequests hooks = SessionRequests.about(workspace, base.resolve("/enact/hooks/claude-code"), TOKEN);
            Map<String, OpenLoop> loops = new LinkedHashMap<>();
            loops.put("hook of Enact, with receipts", new OpenLoop(hooks::get, "{}"));
            loops.put("nothing, on the same server", new OpenLoop(hooks.to(base.resolve("/nothing"))::get, "{}"));
            if (cerbos != null) {
                loops.put("Cerbos, one small policy, no log", new OpenLoop(cerbos::check, "EFFECT_ALLOW"));
            }
            print(loops, Integer.parseInt(args[1]));
        }
    }

    private static ConfigurableApplicationContext start(Path folder) {
        return new SpringApplicationBuilder(HookedDesk.class)
                .web(WebApplicationType.SERVLET)
                .properties(
                        "server.port=0",
                        "server.tomcat.max-keep-alive-requests=-1",
                        "logging.level.root=error",
                        "spring.main.banner-mode=off",
                        "enact.receipts.file=" + folder.resolve("receipts.db"),
                        "enact.undo.directory=" + folder.resolve("undo"),
                        "enact.signing.secret=a-secret-for-measurements-that-is-long-enough",
                        "enact.hooks.claude-code.enabled=true",
                        "enact.hooks.claude-code.installations[0].id=ana@enact.example",
                        "enact.hooks.claude-code.installations[0].token=" + TOKEN,
                        "enact.hooks.claude-code.installations[0].roles=engineer",
                        "enact.policies[0].pack=coding-agent")
                .run();
    }

    private static void print(Map<String, OpenLoop> loops, int seconds) throws InterruptedException {
        int number = 0;
        for (int rate : WARM_UP_RATES) {
            for (OpenLoop loop : loops.values()) {
                loop.run(number, rate, WARM_UP_SECONDS);
            }
            number += rate * WARM_UP_SECONDS;
        }
        System.out.printf("%n| round trip over loopback | per second | p50 ms | p99 ms | longest |%n"
                + "| --- | --- | --- | --- | --- |%n");
        for (int rate : RATES) {
            for (Map.Entry<String, OpenLoop> loop : loops.entrySet()) {
                OpenLoop.Times times = loop.getValue().run(number, rate, seconds);
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %,d | %.2f | %.2f | %.1f |%n",
                        loop.getKey(),
                        rate,
                        times.percentile(0.5),
                        times.percentile(0.99),
                        times.percentile(1));
            }
            number += rate * seconds;
        }
    }
}
