package cloud.enact.bench.receipts;

import cloud.enact.bench.WebDesk;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Prints how long pages of the console take over HTTP, in an application with many receipts in its embedded store.
 * Arguments: a folder, number of receipts, number of people who load pages at the same time.
 */
public final class ConsoleReport {

    private static final int ROUNDS = 500;

    private static final int WARM_UP = 200;

    /** Milliseconds. */
    private static final double GOAL = 300;

    private static final Pattern OLDER = Pattern.compile("href=\"(/enact/receipts\\?[^\"]*cursor[^\"]*)\"");

    private static final Pattern RUN = Pattern.compile("href=\"(/enact/runs/[0-9a-f-]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();

    private final URI base;

    private ConsoleReport(URI base) {
        this.base = base;
    }

    public static void main(String[] args) throws Exception {
        long count = Long.parseLong(args[1]);
        int people = Integer.parseInt(args[2]);
        Path file = GeneratedStores.embedded(Path.of(args[0]), count);
        try (ConfigurableApplicationContext application = start(file)) {
            URI base = URI.create(
                    "http://localhost:" + application.getEnvironment().getProperty("local.server.port"));
            System.out.printf(
                    Locale.ROOT,
                    "%n| page of the console, %,d receipts, %d at a time | p50 ms | p99 ms | longest | goal |%n"
                            + "| --- | --- | --- | --- | --- |%n",
                    count,
                    people);
            new ConsoleReport(base).print(people);
        }
    }

    private static ConfigurableApplicationContext start(Path file) {
        return new SpringApplicationBuilder(Desk.class)
                .web(WebApplicationType.SERVLET)
                .properties(
                        "server.port=0",
                        "logging.level.root=error",
                        "spring.main.banner-mode=off",
                        "enact.console.enabled=true",
                        "enact.receipts.file=" + file.toAbsolutePath(),
                        "enact.signing.secret=" + MadeUpReceipts.SECRET)
                .run();
    }

    private Map<String, String> pages() throws IOException, InterruptedException {
        String first = get("/enact/receipts");
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("receipts", "/enact/receipts");
        pages.put("receipts, the next page", found(OLDER, first));
        pages.put("receipts that were BLOCK", "/enact/receipts?decision=BLOCK");
        pages.put("receipts of a common action", "/enact/receipts?action=crm.read_invoice");
        pages.put("receipts of an unknown action", "/enact/receipts?action=no.such");
        pages.put("receipts of a rare actor", "/enact/receipts?actor=agent-399%40example.org");
        pages.put("receipts of a common policy", "/enact/receipts?policy=db.protect-tables");
        pages.put("run", found(RUN, first));
        pages.put("policies", "/enact/policies");
        pages.put("integrity", "/enact/integrity");
        return pages;
    }

    private static String found(Pattern link, String page) {
        Matcher matcher = link.matcher(page.replace("&#x3D;", "=").replace("&amp;", "&"));
        if (!matcher.find()) {
            throw new IllegalStateException("The page has no such link: " + link);
        }
        return matcher.group(1);
    }

    private void print(int people) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(people);
        try {
            for (Map.Entry<String, String> page : pages().entrySet()) {
                times(threads, people, page.getValue(), WARM_UP);
                double[] millis = times(threads, people, page.getValue(), ROUNDS);
                double p99 = millis[millis.length * 99 / 100];
                boolean counts = page.getKey().startsWith("receipts");
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %.1f | %.1f | %.1f | %s |%n",
                        page.getKey(),
                        millis[millis.length / 2],
                        p99,
                        millis[millis.length - 1],
                        !counts ? "" : p99 <= GOAL ? "reached" : "missed");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private double[] times(ExecutorService threads, int people, String page, int rounds) throws Exception {
        List<Future<double[]>> running = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            Callable<double[]> person = () -> times(page, rounds);
            running.add(threads.submit(person));
        }
        List<double[]> all = new ArrayList<>();
        for (Future<double[]> one : running) {
            all.add(one.get());
        }
        return all.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
    }

    private double[] times(String page, int rounds) throws IOException, InterruptedException {
        double[] millis = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            get(page);
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        return millis;
    }

    private String get(String page) throws IOException, InterruptedException {
        HttpResponse<String> answer = this.http.send(
                HttpRequest.newBuilder(this.base.resolve(page)).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(page + " is answered with " + answer.statusCode());
        }
        return answer.body();
    }

    /** An application with nothing but the console. */
    @WebDesk
    static class Desk {}
}
