package cloud.enact.connector.email;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** A mail server that takes messages, and breaks off or refuses where a test wants it to. */
final class BrokenMailServer implements AutoCloseable {

    private final ServerSocket socket;

    private final List<String> taken = new CopyOnWriteArrayList<>();

    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    private volatile String breaksAt = "";

    private volatile String refusesAt = "";

    private volatile String reply = "";

    private volatile boolean silent;

    BrokenMailServer() throws IOException {
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "broken-mail-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** A sender to it, with short time-outs. */
    JavaMailSenderImpl sender() {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(this.socket.getLocalPort());
        for (String timeout : List.of("connectiontimeout", "timeout", "writetimeout")) {
            sender.getJavaMailProperties().setProperty("mail.smtp." + timeout, "1000");
        }
        return sender;
    }

    /** Breaks the connection instead of answering to a command; {@code .} is the end of a message, which it takes. */
    BrokenMailServer breaksAt(String command) {
        this.breaksAt = command;
        return this;
    }

    /** Does not answer instead of breaking off. */
    BrokenMailServer silently() {
        this.silent = true;
        return this;
    }

    /** Refuses a command. */
    BrokenMailServer refuses(String command, String reply) {
        this.refusesAt = command;
        this.reply = reply;
        return this;
    }

    /** Works from now on. */
    void heal() {
        this.breaksAt = "";
        this.refusesAt = "";
        this.silent = false;
    }

    /** The messages it took. */
    List<String> taken() {
        return this.taken;
    }

    @Override
    public void close() throws IOException {
        this.socket.close();
        for (Socket connection : this.connections) {
            connection.close();
        }
    }

    private void accept() {
        while (!this.socket.isClosed()) {
            try {
                Socket connection = this.socket.accept();
                this.connections.add(connection);
                Thread thread = new Thread(() -> talk(connection), "broken-mail-server-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (SocketException ex) {
                return;
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
    }

    private void talk(Socket connection) {
        try (BufferedReader in =
                        new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
                OutputStream out = connection.getOutputStream()) {
            answer(out, "220 ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("DATA") && !isTrouble(line)) {
                    answer(out, "354 go on");
                    String message = message(in);
                    if (!this.refusesAt.equals(".")) {
                        this.taken.add(message);
                    }
                    line = ".";
                }
                if (!this.breaksAt.isEmpty() && line.startsWith(this.breaksAt)) {
                    if (this.silent) {
                        in.readLine();
                    }
                    return;
                }
                answer(out, isTrouble(line) ? this.reply : reply(line));
            }
        } catch (IOException ex) {
            // the other side went away, which some tests are about
            this.connections.remove(connection);
        }
    }

    private static String reply(String line) {
        return switch (line.split(" ", 2)[0]) {
            case "EHLO" -> "250-ready\r\n250 AUTH PLAIN";
            case "AUTH" -> "235 welcome";
            case "QUIT" -> "221 bye";
            default -> "250 ok";
        };
    }

    private boolean isTrouble(String line) {
        return (!this.refusesAt.isEmpty() && line.startsWith(this.refusesAt))
                || (!this.breaksAt.isEmpty() && line.startsWith(this.breaksAt));
    }

    private static String message(BufferedReader in) throws IOException {
        StringBuilder message = new StringBuilder();
        for (@Nullable String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            message.append(line).append('\n');
        }
        return message.toString();
    }

    private static void answer(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
