package cloud.enact.autoconfigure;

import cloud.enact.doubles.http.JsonApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** An application with a connector for an API of tickets. */
abstract class HttpDesk {

    static final String TOKEN = "tok-0123456789";

    private static final String DECLARATION = """
            auth: {bearer: "${token}"}
            errors: [/error/code, /error/message]
            operations:
              list:
                request: GET /tickets
                result: {tickets: /tickets}
              open:
                description: Open a ticket
                arguments:
                  title: {type: string, description: What it is about}
                  priority: {type: string, enum: [low, high], default: low}
                request: {method: POST, path: /tickets, body: {title: "{title}", priority: "{priority}"}}
                result: {id: /id}
                undo:
                  request: DELETE /tickets/{result.id}
                  unconditional: true
                  verify: {request: "GET /tickets/{result.id}", status: 404}
              rename:
                arguments: {id: string, title: string}
                capture: {request: "GET /tickets/{id}", fields: {title: /title}}
                request: {method: PATCH, path: "/tickets/{id}", body: {title: "{title}"}}
                undo: {request: {method: PATCH, path: "/tickets/{id}", body: {title: "{before.title}"}}}
              refund:
                arguments: {ticket: string}
                request: {method: POST, path: /refunds, body: {ticket: "{ticket}"}}
            """;

    @TempDir
    Path directory;

    JsonApi api;

    @BeforeEach
    void start() throws IOException {
        this.api = new JsonApi(TOKEN);
        Files.writeString(this.directory.resolve("desk.yaml"), DECLARATION);
    }

    @AfterEach
    void stop() {
        this.api.close();
    }

    ApplicationContextRunner desk(String operations) {
        return application()
                .withPropertyValues(
                        "enact.http.connectors.desk.definition=file:" + this.directory.resolve("desk.yaml"),
                        "enact.http.connectors.desk.base-url=" + this.api.url(),
                        "enact.http.connectors.desk.allow-private=true",
                        "enact.http.connectors.desk.variables.token=" + TOKEN,
                        "enact.http.connectors.desk." + operations);
    }

    ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ToolCallingAutoConfiguration.class,
                        ChatClientAutoConfiguration.class,
                        EnactAutoConfiguration.class,
                        EnactPolicyAutoConfiguration.class,
                        EnactReceiptAutoConfiguration.class,
                        EnactHttpAutoConfiguration.class,
                        EnactRollbackAutoConfiguration.class))
                .withPropertyValues(
                        "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
                        "enact.receipts.store=memory",
                        "enact.undo.directory=" + this.directory.resolve("undo-" + UUID.randomUUID()));
    }
}
