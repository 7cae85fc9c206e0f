package cloud.enact.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.action.Reversibility;
import cloud.enact.docs.Snippets;
import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicyFileException;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a declaration may say, and how a wrong one is refused. */
class HttpApiTests {

    private static final Map<String, String> VARIABLES =
            Map.of("BOOKINGS_URL", "https://rooms.example.com/api", "BOOKINGS_TOKEN", "t0ps3cr3t");

    @Test
    void theDeclarationOfThePageSaysWhatItsOperationsAre() throws IOException {
        HttpApi api = read(Snippets.of("http-connector.md", "yaml").get(0));

        assertThat(api.operations().values())
                .extracting(HttpOperation::id, HttpOperation::reversibility)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("find_bookings", Reversibility.READ_ONLY),
                        org.assertj.core.groups.Tuple.tuple("book_room", Reversibility.COMPENSATABLE),
                        org.assertj.core.groups.Tuple.tuple("change_booking", Reversibility.REVERSIBLE));
        assertThat(String.valueOf(api.credentials())).doesNotContain("t0ps3cr3t");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "request: GET /a/{nmae}                         | operations.op.request.*\\{nmae}.*Did you mean 'name'",
                "request: GET a/{name}                          | begins with a slash",
                "request: GET /a/../b                           | leads upwards",
                "request: GET //b                               | leads upwards",
                "request: GET /a?b=c                            | question mark",
                "request: GET /a/{name                          | brace",
                "request: GET /a/{maybe}                        | may be missing",
                "request: GET /a/{things}                       | no single value",
                "request: TRACE /a                              | is no request",
                "request: {method: GET, path: /a, body: {b: 1}} | can't have a body",
                "request: {method: GET, path: /a, haeders: {}}  | Did you mean 'headers'",
                "request: {method: GET, path: /a, headers: {Host: x}}          | may be sent",
                "request: {method: GET, path: /a, headers: {Authorization: x}} | no place for a secret",
                "request: {method: POST, path: /a, body: {b: {name}}}          | quotes",
                "request: {method: POST, path: /a, body: {b: '${NOTHING}'}}    | NOTHING.*there is none",
                "request: {method: POST, path: /a, if-match: true}             | without 'capture'",
                "request: GET /a/{before.x}                     | stands for nothing",
                "request: GET /a/{step.secret}                  | stands for nothing",
            })
    void aWrongRequestIsRefusedWithItsPlace(String request, String message) {
        refused(
                "operations:\n  op:\n    arguments: {name: string, maybe: {required: false}, things: array}\n    "
                        + request,
                4,
                message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "undo: DELETE /a/{name}                                                   | can't be read back",
                "undo: GET /a                                                             | undoes nothing",
                "undo: {request: DELETE /a, verify: {request: GET /a, status: 404}}       | changed it since",
                "undo: {request: GET /a, verify: {request: GET /a, status: 404}}          | undoes nothing",
                "undo: {request: DELETE /a, verify: {request: DELETE /a, status: 404}}    | must be a GET",
                "undo: {request: DELETE /a, verify: {request: GET /a}}                    | when it is undone",
                "undo: {request: 'DELETE /a/{result.no}', verify: {request: GET /a, status: 404}} | stands for nothing",
                "reversibility: reversible                                                | nothing says how",
                "reversibility: harmless                                                  | must be one of",
                "capture: {request: POST /a, fields: {a: /a}}                             | must be a GET",
                "capture: {request: GET /a, fields: {a: a}}                               | no JSON Pointer",
                "already-done: done                                                       | needs 'capture'",
                "result: {id: id}                                                         | no JSON Pointer",
                "succes: {status: 200}                                                    | Did you mean 'success'",
                "success: {status: 99}                                                    | from 200 to 599",
                "probe: {request: GET /a}                                                 | finds what 'result' names",
                "probe: {request: GET /a, result: {id: /a/0/id}}                          | whoever made it",
                "probe: {request: GET /a, result: {id: /a/*/id}, json: {/a/0/b: c}}       | whoever made it",
                "idempotency: {header: 'a b'}                                             | no header",
            })
    void aWrongOperationIsRefusedWithItsPlace(String key, String message) {
        refused("operations:\n  op:\n    arguments: {name: string}\n    request: POST /a\n    " + key, 5, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "base-url: ftp://a                     | https://",
                "base-url: https://user:pass@a         | neither user",
                "base-url: https://a?b=c               | neither user",
                "base-url: https://a/../b              | plain path",
                "base-url: 'https://{name}'            | placeholders",
                "auth: {bearer: a, headers: {b: c}}    | more than one way",
                "auth: {bearer: '${NOTHING}'}          | NOTHING",
                "auth: {headers: {Cookie: a}}          | no header",
                "headers: {X-A: '{name}'}              | the same for all",
                "errors: code                          | no JSON Pointer",
                "operations: {Up: {request: GET /a}}   | no name of an operation",
                "operations: &a [*a]                   | alias",
                "operations: !!java.net.URL [x]        | tag is not allowed",
            })
    void aWrongDeclarationIsRefusedWithItsPlace(String key, String message) {
        refused(key, 0, message);
    }

    private static void refused(String yaml, int line, String message) {
        assertThatExceptionOfType(PolicyFileException.class)
                .isThrownBy(() -> read(yaml))
                .satisfies(ex -> {
                    assertThat(ex.getMessage() + " " + ex.getAction()).containsPattern("(?s)" + message);
                    if (line > 0) {
                        assertThat(ex.getMessage()).startsWith("test.yaml, line " + line + ": ");
                    }
                });
    }

    private static HttpApi read(String yaml) {
        return HttpApi.read(new PolicyFile("test.yaml", yaml), VARIABLES::get);
    }
}
