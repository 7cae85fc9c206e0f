package cloud.enact.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cloud.enact.connector.ConnectorException;
import cloud.enact.doubles.http.JsonApi;
import cloud.enact.doubles.http.Mishap;
import cloud.enact.policy.PolicyFile;
import cloud.enact.undo.StepResult;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What declared operations send, and what becomes of the answers. */
class HttpConnectorTests extends BookingsFixture {

    @Test
    void valuesKeepTheirTypesAndArgumentsThatAreNotGivenAreLeftOut() {
        perform("book_room", Map.of("room", "Red \"7\"", "title", "A/B & Ü"));
        perform("change_booking", Map.of("id", "7", "seats", 9));

        assertThat(this.bookings.api.get("bookings", "101"))
                .contains("\"room\":\"Red \\\"7\\\"\"", "\"title\":\"A/B & Ü\"", "\"seats\":4");
        assertThat(this.bookings.api.requests())
                .filteredOn(request -> request.method().equals("PATCH"))
                .extracting(JsonApi.Request::body)
                .containsExactly("{\"seats\":9}");
    }

    @Test
    void theResultIsWhatTheDeclarationTakesFromTheAnswer() {
        StepResult result = perform("book_room", Map.of("room", "Red", "title", "Retro"));

        assertThat(result.output()).containsExactly(Map.entry("id", "101"));
        assertThat(perform("get_booking", Map.of("id", "101")).output()).containsEntry("title", "Retro");
    }

    @Test
    void whatIsReadIsNotKept() throws Exception {
        this.bookings.api.put("bookings", "8", "{\"title\":\"" + "long ".repeat(1000) + "\"}");
        var step = this.connector.prepare("get_booking", Map.of("id", "8"));

        assertThat(step.recorded(step.apply(null)))
                .containsEntry("title", "5000 characters")
                .containsEntry("all", "2 members");
    }

    @Test
    void theSecretIsSentAndNeverShown() throws Exception {
        var step = this.connector.prepare("get_booking", Map.of("id", "7"));
        step.apply(null);
        HttpConnector stranger = HttpConnector.api(HttpApi.read(
                        new PolicyFile(
                                "x.yaml",
                                "auth: {bearer: wrong-secret-1}\nerrors: [/error/code, /error/message]\n"
                                        + "operations: {get: {request: GET /bookings}}"),
                        name -> null))
                .baseUrl(this.bookings.api.url())
                .allowPrivate(true)
                .operations(Set.of("get"))
                .build(this.bookings.steps);

        assertThat(this.bookings.api.requests().get(0).headers())
                .containsEntry("authorization", "Bearer " + Bookings.TOKEN);
        assertThat(step.args().toString() + step + this.connector).doesNotContain(Bookings.TOKEN);
        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> stranger.perform("get", Map.of()))
                .withMessage("GET /bookings was answered with 401 (unauthorized, Unknown token Bearer ***)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                ".",
                "a/b",
                "a\\b",
                "%2e%2e",
                "%2F",
                "a\u0000b",
                "a\r\nHost: evil",
                "",
                "x%252e%252e%252fy",
                "..;",
                "..;x=y",
                ".;"
            })
    void aValueNeverLeadsThePathElsewhere(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.connector.prepare("get_booking", Map.of("id", id)))
                .withMessageContaining("{id}");
        assertThat(this.bookings.api.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7?x=y", "7#x", "7;x", "7&x", "@evil.example", "...;", "7 8", "é", "{x}", "&lt;"})
    void anyOtherValueIsOneSegment(String id) {
        this.bookings.api.put("bookings", id, "{\"title\":\"Odd\"}");

        assertThat(perform("get_booking", Map.of("id", id)).output()).containsEntry("title", "Odd");
    }

    @Test
    void aValueStaysOneParameterOneHeaderAndOneField() {
        HttpConnector odd = HttpConnector.api(HttpApi.read(new PolicyFile("odd.yaml", """
                                auth: {bearer: tok-0123456789}
                                operations:
                                  odd:
                                    arguments: {who: string}
                                    request:
                                      method: POST
                                      path: /odd
                                      query: {who: "{who}", fixed: "{{who}}"}
                                      headers: {X-Who: "by {who}"}
                                      form: {who: "{who}", "a[b]": c}
                                """), name -> null))
                .baseUrl(this.bookings.api.url())
                .allowPrivate(true)
                .operations(Set.of("odd"))
                .build(this.bookings.steps);

        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> odd.perform("odd", Map.of("who", "a&b=c#d {x} +%")));

        assertThat(this.bookings.api.requests()).singleElement().satisfies(request -> {
            assertThat(request.target()).isEqualTo("/odd?who=a%26b%3Dc%23d%20%7Bx%7D%20%2B%25&fixed=%7Bwho%7D");
            assertThat(request.body()).isEqualTo("who=a%26b%3Dc%23d%20%7Bx%7D%20%2B%25&a%5Bb%5D=c");
            assertThat(request.headers())
                    .containsEntry("x-who", "by a&b=c#d {x} +%")
                    .containsEntry("content-type", "application/x-www-form-urlencoded");
        });
        assertThatIllegalArgumentException()
                .isThrownBy(() -> odd.prepare("odd", Map.of("who", "a\r\nX-Admin: true")))
                .withMessageContaining("X-Who");
    }

    @Test
    void aShortNumberIsNoLongText() {
        HttpConnector odd = HttpConnector.api(HttpApi.read(new PolicyFile("odd.yaml", """
                                auth: {bearer: tok-0123456789}
                                operations:
                                  odd:
                                    arguments: {size: number}
                                    request: {method: POST, path: /odd, query: {size: "{size}"}}
                                """), name -> null))
                .baseUrl(this.bookings.api.url())
                .allowPrivate(true)
                .operations(Set.of("odd"))
                .build(this.bookings.steps);

        for (String huge : List.of("1e99999999", "1e-99999999", "1e2147483647")) {
            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() -> odd.perform("odd", Map.of("size", new BigDecimal(huge))))
                    .withMessageContaining("{size} is too long");
        }

        assertThat(this.bookings.api.requests()).isEmpty();
        this.bookings.api.next(new Mishap.Answered(200, Map.of(), "{}"));
        odd.perform("odd", Map.of("size", new BigDecimal("1.5e3")));
        assertThat(this.bookings.api.requests().get(0).target()).isEqualTo("/odd?size=1500");
    }

    @Test
    void argumentsOfAnotherTypeOrSizeAreRefusedBeforeAnythingIsSent() {
        refused("change_booking", Map.of("id", "7", "seats", "9"), "'seats' must be an integer");
        refused("change_booking", Map.of("id", 7), "'id' must be a string");
        refused("change_booking", Map.of(), "'id' is missing");
        refused("book_room", Map.of("room", "Red", "title", "x".repeat(21)), "at most 20 characters");
        refused("book_room", Map.of("room", "Red", "title", "x", "price", 1), "and nothing else");
        assertThat(this.bookings.api.requests()).isEmpty();
    }

    @Test
    void whatIsDoneAlreadyIsNotDoneAgain() {
        StepResult changed = perform("change_booking", Map.of("id", "7", "title", "Review"));
        StepResult cancelled = perform("cancel_booking", Map.of("id", "no-such"));

        assertThat(changed.alreadyDone()).isEqualTo("changed");
        assertThat(cancelled.alreadyDone()).isEqualTo("cancelled");
        assertThat(this.bookings.api.requests())
                .extracting(JsonApi.Request::method)
                .containsOnly("GET");
    }

    @Test
    void aChangeOfSomethingThatIsNotThereIsRefusedWithTheVendorsCode() {
        failed(
                "change_booking",
                Map.of("id", "404"),
                "GET /bookings/{id} was answered with 404 (not_found, There is none)");
    }

    @Test
    void whatSomebodyChangesWhileTheStepWaitsIsNotOverwritten() {
        this.bookings.steps.meanwhile(
                () -> this.bookings.api.put("bookings", "7", "{\"title\":\"Urgent\",\"seats\":4}"));

        failed("change_booking", Map.of("id", "7", "title", "Retro"), "somebody changed it meanwhile");

        assertThat(this.bookings.api.get("bookings", "7")).contains("Urgent");
    }

    private void refused(String operation, Map<String, @Nullable Object> args, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.connector.prepare(operation, args))
                .withMessageContaining(message);
    }
}
