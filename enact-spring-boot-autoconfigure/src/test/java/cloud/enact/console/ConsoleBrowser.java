package cloud.enact.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks for pages over a plain socket, so that nothing tidies up an address or a header, and keeps the cookie. */
final class ConsoleBrowser {

    private final int port;

    private final Map<String, String> headers = new LinkedHashMap<>();

    private String cookie = "";

    ConsoleBrowser(int port) {
        this.port = port;
        this.headers.put("Host", "localhost:" + port);
    }

    /** What came back. */
    record Answer(int status, Map<String, String> headers, String body) {

        String header(String name) {
            return this.headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }

        /** What the newest receipt of a list is called. */
        String mark() {
            return attribute("data-mark=\"");
        }

        /** The value of the first hidden field of that name. */
        String hidden(String name) {
            return attribute("name=\"" + name + "\" value=\"");
        }

        private String attribute(String start) {
            int from = this.body.indexOf(start) + start.length();
            return this.body.substring(from, this.body.indexOf('"', from));
        }
    }

    ConsoleBrowser with(String header, String value) {
        ConsoleBrowser other = new ConsoleBrowser(this.port);
        other.headers.putAll(this.headers);
        other.headers.put(header, value);
        other.cookie = this.cookie;
        return other;
    }

    Answer get(String path) {
        return send("GET", path, "");
    }

    Answer post(String path, Map<String, String> form) {
        return send(
                "POST",
                path,
                form.entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")));
    }

    Answer signIn(String credential) {
        return post("/enact/login", Map.of("credential", credential));
    }

    Answer send(String method, String path, String body) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
            socket.setSoTimeout(30_000);
            StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nConnection: close\r\n");
            this.headers.forEach((name, value) ->
                    request.append(name).append(": ").append(value).append("\r\n"));
            if (!this.cookie.isEmpty()) {
                request.append("Cookie: ").append(this.cookie).append("\r\n");
            }
            if (!body.isEmpty() || method.equals("POST")) {
                request.append("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ")
                        .append(body.length())
                        .append("\r\n");
            }
            request.append("\r\n").append(body);
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
            return read(socket.getInputStream());
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private Answer read(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        in.transferTo(bytes);
        String text = bytes.toString(StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        String[] lines = text.substring(0, end).split("\r\n");
        Map<String, String> answered = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            answered.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        String set = answered.getOrDefault("set-cookie", "");
        if (!set.isEmpty()) {
            this.cookie = set.substring(0, set.indexOf(';'));
        }
        return new Answer(Integer.parseInt(lines[0].split(" ")[1]), answered, text.substring(end + 4));
    }
}
