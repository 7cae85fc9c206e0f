package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.springframework.core.NestedExceptionUtils;

/** What keeps an application with connectors for HTTP from starting, and what it says then. */
class HttpStartupTests extends HttpDesk {

    @Test
    void twoToolsOfOneNameKeepTheApplicationFromStarting() {
        desk("operations=open")
                .withPropertyValues(
                        "enact.http.connectors.desk_open.definition=file:" + this.directory.resolve("other.yaml"),
                        "enact.http.connectors.desk_open.base-url=" + this.api.url(),
                        "enact.http.connectors.desk_open.allow-private=true",
                        "enact.http.connectors.desk_open.operations=it")
                .withInitializer(context -> write("other.yaml", "operations: {it: {request: GET /tickets}}"))
                .run(context -> assertThat(context).hasNotFailed());
        desk("operations=open")
                .withPropertyValues(
                        "enact.http.connectors[desk.open].definition=file:" + this.directory.resolve("other.yaml"),
                        "enact.http.connectors[desk.open].base-url=" + this.api.url(),
                        "enact.http.connectors[desk.open].allow-private=true",
                        "enact.http.connectors[desk.open].operations=it",
                        "enact.http.connectors[desk_open].definition=file:" + this.directory.resolve("other.yaml"),
                        "enact.http.connectors[desk_open].base-url=" + this.api.url(),
                        "enact.http.connectors[desk_open].allow-private=true",
                        "enact.http.connectors[desk_open].operations=it")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("would be tools of the same name"));
    }

    @Test
    void aMistakeKeepsTheApplicationFromStartingAndSaysWhatItIs() {
        refuses("operations=close", "has no such operation");
        refuses("base-url=http://api.example.com", "is not encrypted");
        refuses("base-url=https://a:b@api.example.com", "neither user");
        refuses("definition=file:nowhere.yaml", "can't be read: file:nowhere.yaml");
        refuses("definition=", "needs one declaration");
        refuses("pack=../../secrets", "needs one declaration");
        refuses("request-timeout=0s", "must be positive");
        refuses("variables.token=", "is empty");
        refuses("variables.token=${NO_SUCH_TOKEN}", "has no value for ${NO_SUCH_TOKEN}");
        write(
                "desk.yaml",
                "operations:\n  open:\n    request: POST /tickets/{tilte}\n    arguments: {title: string}\n");
        refuses("operations=open", "desk.yaml, line 3: 'operations.open.request'");
    }

    private void refuses(String property, String message) {
        desk("operations=open")
                .withPropertyValues("enact.http.connectors.desk." + property)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining(message)
                        .satisfies(failure -> assertThat(NestedExceptionUtils.getMostSpecificCause(failure))
                                .hasMessageNotContaining(TOKEN)));
    }

    private void write(String name, String text) {
        try {
            Files.writeString(this.directory.resolve(name), text);
        } catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
