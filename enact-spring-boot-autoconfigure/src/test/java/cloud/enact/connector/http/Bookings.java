package cloud.enact.connector.http;

import cloud.enact.connector.RecordingSteps;
import cloud.enact.doubles.http.JsonApi;
import cloud.enact.policy.PolicyFile;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** An API for meeting rooms, and connectors for it. */
final class Bookings implements AutoCloseable {

    static final String TOKEN = "tok-0123456789";

    static final String COLLECTION = "bookings";

    static final String CHANGE = "change_booking";

    static final String CREATE = "book_room";

    private static final String DECLARATION = """
            auth:
              bearer: ${TOKEN}
            errors: [/error/code, /error/message]
            operations:
              get_booking:
                arguments: {id: string}
                request: GET /bookings/{id}
                result: {title: /title, all: ""}
              book_room:
                description: Book a room
                arguments:
                  room: string
                  title: {type: string, max-length: 20}
                  seats: {type: integer, default: 4}
                request:
                  method: POST
                  path: /bookings
                  body: {room: "{room}", title: "{title}", seats: "{seats}", reference: "{step.key}"}
                result: {id: /id}
                after:
                  request: GET /bookings/{result.id}
                  fields: {title: /title, seats: /seats}
                probe:
                  request: {method: GET, path: /bookings, query: {reference: "{step.key}"}}
                  json: {/bookings/0/reference: "{step.key}"}
                  result: {id: /bookings/0/id}
                undo: DELETE /bookings/{result.id}
              book_once:
                arguments: {title: string}
                request: {method: POST, path: /bookings, body: {title: "{title}"}}
                idempotency: {header: Idempotency-Key}
                result: {id: /id}
                undo:
                  request: DELETE /bookings/{result.id}
                  already: [404]
                  unconditional: true
                  verify: {request: "GET /bookings/{result.id}", status: 404}
              change_booking:
                arguments:
                  id: string
                  title: {required: false}
                  seats: {type: integer, required: false}
                capture:
                  request: GET /bookings/{id}
                  fields:
                    title: {at: /title, when: title}
                    seats: {at: /seats, when: seats}
                request:
                  method: PATCH
                  path: /bookings/{id}
                  if-match: true
                  body: {title: "{title}", seats: "{seats}"}
                undo:
                  idempotency: {header: Idempotency-Key}
                  request:
                    method: PATCH
                    path: /bookings/{id}
                    if-match: true
                    body: {title: "{before.title}", seats: "{before.seats}"}
                already-done: changed
              cancel_booking:
                arguments: {id: string}
                capture:
                  request: GET /bookings/{id}
                  fields: {title: /title, room: /room}
                request: DELETE /bookings/{id}
                undo:
                  request:
                    method: POST
                    path: /bookings
                    body: {title: "{before.title}", room: "{before.room}", restored: "{step.key}"}
                  result: {id: /id}
                  verify:
                    request: {method: GET, path: /bookings, query: {restored: "{step.key}"}}
                    json: {/bookings/0/title: "{before.title}"}
                already-done: cancelled
              remind:
                arguments: {id: string, text: string}
                request: {method: POST, path: "/reminders", body: {booking: "{id}", text: "{text}"}}
            """;

    final JsonApi api = new JsonApi(TOKEN);

    final RecordingSteps steps;

    private final BlobStore blobs;

    Bookings(Path directory) throws IOException {
        this.blobs = BlobStore.inDirectory(directory.resolve("blobs"));
        this.steps = new RecordingSteps(this.blobs);
        this.api.put(COLLECTION, "7", "{\"title\":\"Review\",\"room\":\"Blue\",\"seats\":4}");
    }

    BlobStore blobs() {
        return this.blobs;
    }

    static HttpApi declared() {
        return HttpApi.read(new PolicyFile("bookings.yaml", DECLARATION), Map.of("TOKEN", TOKEN)::get);
    }

    HttpConnectorBuilder builder() {
        return HttpConnector.api(declared())
                .name(COLLECTION)
                .baseUrl(this.api.url())
                .allowPrivate(true)
                .limits(new HttpLimits(Duration.ofSeconds(5), Duration.ofSeconds(20), 100_000));
    }

    HttpConnector connector() {
        return connector(declared().operations().keySet(), this.steps);
    }

    HttpConnector connector(Set<String> operations, StepExecutor executor) {
        return builder().operations(operations).build(executor);
    }

    @Override
    public void close() {
        this.api.close();
    }
}
