package cloud.enact.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code enact console} while it runs, and somebody with a browser. */
final class ServedConsole implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("http://\\S+");

    private static final Pattern CREDENTIAL = Pattern.compile("shown this once: (\\S+)");

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    private final List<String> lines = new ArrayList<>();

    private final AutoCloseable running;

    private ServedConsole(BufferedReader out, AutoCloseable running) throws IOException {
        this.running = running;
        String line;
        do {
            line = out.readLine();
            if (line == null) {
                throw new IOException("It ended with " + this.lines);
            }
            this.lines.add(line);
        } while (!ADDRESS.matcher(line).find());
    }

    /** One of this process. */
    static ServedConsole start(Map<String, String> environment, String... args) throws IOException {
        PipedInputStream in = new PipedInputStream();
        PipedOutputStream out = new PipedOutputStream(in);
        Thread thread = new Thread(() -> {
            EnactCli.run(out, new PrintWriter(new StringWriter()), environment::get, args);
            try {
                out.close();
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        });
        thread.start();
        return new ServedConsole(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)), () -> {
            thread.interrupt();
            thread.join();
        });
    }

    /** One of its own process. */
    static ServedConsole of(Process process) throws IOException {
        return new ServedConsole(process.inputReader(StandardCharsets.UTF_8), () -> {
            process.destroy();
            process.waitFor();
        });
    }

    String address() {
        return found(ADDRESS, 0);
    }

    /** What the operator was shown. */
    String credential() {
        return found(CREDENTIAL, 1);
    }

    private String found(Pattern pattern, int group) {
        Matcher matcher = pattern.matcher(String.join("\n", this.lines));
        if (!matcher.find()) {
            throw new IllegalStateException("It only said " + this.lines);
        }
        return matcher.group(group);
    }

    List<String> lines() {
        return this.lines;
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(address() + path)).build());
    }

    HttpResponse<String> post(String path, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(address() + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** The token of the forms of whoever has signed in. */
    String signIn() {
        post("/login", Map.of("credential", credential()));
        String page = get("/receipts").body();
        String start = "name=\"csrf\" value=\"";
        int from = page.indexOf(start) + start.length();
        return page.substring(from, page.indexOf('"', from));
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return this.http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public void close() throws Exception {
        this.running.close();
    }
}
