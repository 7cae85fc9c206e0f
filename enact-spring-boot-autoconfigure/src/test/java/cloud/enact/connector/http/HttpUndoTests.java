package cloud.enact.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.doubles.http.JsonApi;
import cloud.enact.doubles.http.Mishap;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.UndoRecord;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What comes of undoing declared operations. */
class HttpUndoTests extends BookingsFixture {

    @Test
    void whatWasMadeIsGoneAgain() {
        String before = this.bookings.api.state();
        perform("book_room", Map.of("room", "Red", "title", "Retro"));
        perform("book_once", Map.of("title", "Retro"));

        assertThat(undoAll()).containsExactly(Restoration.RESTORED, Restoration.RESTORED);
        assertThat(this.bookings.api.state()).isEqualTo(before);
        assertThat(undoAll()).containsExactly(Restoration.ALREADY_RESTORED, Restoration.ALREADY_RESTORED);
    }

    @Test
    void whatSomebodyChangedSinceIsNotOverwrittenUnlessForced() {
        perform("change_booking", Map.of("id", "7", "title", "Retro"));
        this.bookings.api.put("bookings", "7", "{\"title\":\"Board meeting\",\"room\":\"Blue\",\"seats\":4}");

        assertThat(precheck()).containsExactly(Restoration.CONFLICT);
        StepRestoration conflict = undo(false);
        assertThat(conflict.restoration()).isEqualTo(Restoration.CONFLICT);
        assertThat(conflict.detail()).contains("title is now 'Board meeting'", "skip this step or force it");
        assertThat(this.bookings.api.get("bookings", "7")).contains("Board meeting");

        assertThat(undo(true).restoration()).isEqualTo(Restoration.RESTORED);
        assertThat(this.bookings.api.get("bookings", "7")).contains("Review");
    }

    @Test
    void whatSomebodyChangedElsewhereStays() {
        perform("change_booking", Map.of("id", "7", "title", "Retro"));
        this.bookings.api.put("bookings", "7", "{\"title\":\"Retro\",\"room\":\"Green\",\"seats\":12}");

        assertThat(undoAll()).containsExactly(Restoration.RESTORED);
        assertThat(this.bookings.api.get("bookings", "7")).contains("Review", "Green", "12");
    }

    @Test
    void whatSomebodyChangesBetweenLookAndUndoIsNotOverwritten() {
        perform("change_booking", Map.of("id", "7", "title", "Retro"));
        this.bookings.api.next(
                new Mishap.Meanwhile(() -> this.bookings.api.put("bookings", "7", "{\"title\":\"Urgent\"}")));

        assertThat(undo(false).restoration()).isEqualTo(Restoration.CONFLICT);
        assertThat(this.bookings.api.get("bookings", "7")).contains("Urgent");
    }

    @Test
    void whatSomebodyChangesRightAfterTheStepIsNotTakenForItsWork() {
        this.bookings.api.next(
                new Mishap.None(),
                new Mishap.Meanwhile(() -> this.bookings.api.put("bookings", "7", "{\"title\":\"Urgent\"}")));
        perform("change_booking", Map.of("id", "7", "title", "Retro"));

        assertThat(precheck()).containsExactly(Restoration.CONFLICT);
        assertThat(undo(false).restoration()).isEqualTo(Restoration.CONFLICT);

        assertThat(this.bookings.api.get("bookings", "7")).contains("Urgent");
    }

    @Test
    void whatTheAnswerSaysIsNotLookedUp() {
        perform("change_booking", Map.of("id", "7", "title", "Retro"));

        assertThat(this.bookings.api.requests())
                .extracting(JsonApi.Request::method)
                .containsExactly("GET", "PATCH");
        assertThat(undo(false).restoration()).isEqualTo(Restoration.RESTORED);
    }

    @Test
    void whatSomebodyDeletedIsAConflictWhenItWasChangedAndFineWhenItWasMade() {
        perform("change_booking", Map.of("id", "7", "title", "Retro"));
        perform("book_room", Map.of("room", "Red", "title", "Retro"));
        this.bookings.api.remove("bookings", "7");
        this.bookings.api.remove("bookings", "101");

        assertThat(undoAll()).containsExactly(Restoration.ALREADY_RESTORED, Restoration.CONFLICT);
    }

    @Test
    void whatWasDeletedIsMadeAgainOnce() {
        perform("cancel_booking", Map.of("id", "7"));

        StepRestoration restored = undo(false);

        assertThat(restored.restoration()).isEqualTo(Restoration.RESTORED);
        assertThat(restored.output()).containsEntry("id", "101");
        assertThat(this.bookings.api.get("bookings", "101")).contains("Review", "Blue");
        assertThat(undo(false).restoration()).isEqualTo(Restoration.ALREADY_RESTORED);
        assertThat(this.bookings.api.get("bookings", "102")).isNull();
    }

    @Test
    void severalStepsOnOneThingAreForeseenAndUndoneNewestFirst() {
        String before = this.bookings.api.state();
        perform("change_booking", Map.of("id", "7", "title", "Retro"));
        perform("change_booking", Map.of("id", "7", "seats", 9));
        perform("change_booking", Map.of("id", "7", "title", "Lunch", "seats", 3));
        perform("book_room", Map.of("room", "Red", "title", "Retro"));
        perform("change_booking", Map.of("id", "101", "title", "Dinner"));

        assertThat(precheck()).containsOnly(Restoration.RESTORED).hasSize(5);
        assertThat(undoAll()).containsOnly(Restoration.RESTORED);
        assertThat(this.bookings.api.get("bookings", "7")).contains("Review").contains("4");
        assertThat(this.bookings.api.state()).isEqualTo(before);
    }

    @Test
    void stepsAreRelatedWhenTheyShareAPlaceOrAValue() {
        this.bookings.api.put("bookings", "8", "{\"title\":\"Other\",\"seats\":2}");
        perform("change_booking", Map.of("id", "7", "title", "One"));
        perform("change_booking", Map.of("id", "8", "title", "Two"));
        perform("book_room", Map.of("room", "Red", "title", "Three", "seats", 5));
        perform("change_booking", Map.of("id", "101", "title", "Four"));
        perform("change_booking", Map.of("id", "7", "seats", 9));
        List<UndoRecord> newest = this.bookings.steps.records();

        assertThat(depends(newest, 0, 4)).isTrue();
        assertThat(depends(newest, 1, 2)).isTrue();
        assertThat(depends(newest, 0, 1)).isFalse();
        assertThat(depends(newest, 0, 3)).isFalse();
        assertThat(depends(newest, 2, 4)).isFalse();
    }

    private boolean depends(List<UndoRecord> newestFirst, int newer, int older) {
        return this.connector.undo().dependsOn(newestFirst.get(newer), newestFirst.get(older));
    }

    @Test
    void anUndoThatIsUndoneIsDoneAgain() throws Exception {
        perform("change_booking", Map.of("id", "7", "title", "Retro"));
        UndoRecord record = this.bookings.steps.records().get(0);
        StepReversal reversal = Objects.requireNonNull(this.connector.undo().reversal(record, this.bookings.blobs()));
        this.connector.undo().undo(record, false);

        StepRestoration again = this.connector.undo().undo(copy(record, reversal), false);

        assertThat(again.restoration()).isEqualTo(Restoration.RESTORED);
        assertThat(this.bookings.api.get("bookings", "7")).contains("Retro");
    }

    @Test
    void whatWasDoneElsewhereIsNotUndoneHere() {
        perform("change_booking", Map.of("id", "7", "title", "Retro"));
        HttpConnector moved = this.bookings
                .builder()
                .baseUrl(URI.create("https://other.example.com"))
                .build(this.bookings.steps);

        assertThat(this.bookings.steps.undoAll(moved.undo())).satisfiesExactly(restoration -> {
            assertThat(restoration.restoration()).isEqualTo(Restoration.FAILED);
            assertThat(restoration.detail()).contains("configure the old one again");
        });
    }

    @Test
    void thePathOfABaseUrlIsNotTold() {
        HttpConnector keyed = this.bookings
                .builder()
                .baseUrl(this.bookings.api.url().resolve("/key-of-old"))
                .operations(Set.of("remind", "book_once"))
                .build(this.bookings.steps);
        this.bookings.api.next(new Mishap.Answered(201, Map.of(), "{\"id\":\"101\"}"));
        keyed.perform("book_once", Map.of("title", "Retro"));
        HttpConnector moved = this.bookings
                .builder()
                .baseUrl(this.bookings.api.url().resolve("/key-of-new"))
                .build(this.bookings.steps);

        assertThat(this.bookings.steps.undoAll(moved.undo()))
                .singleElement()
                .satisfies(restoration -> assertThat(restoration.detail())
                        .contains("configure the old one again")
                        .doesNotContain("key-of"));
    }

    @Test
    void severalInstancesUndoTheirOwnOnly() {
        HttpConnector other = this.bookings
                .builder()
                .name("rooms.south")
                .operations(Set.of("change_booking"))
                .build(this.bookings.steps);
        other.perform("change_booking", Map.of("id", "7", "title", "Retro"));

        assertThat(undoAll()).containsExactly(Restoration.FAILED);
        assertThat(this.bookings.steps.undoAll(other.undo()))
                .extracting(StepRestoration::restoration)
                .containsExactly(Restoration.RESTORED);
    }

    private static UndoRecord copy(UndoRecord record, StepReversal reversal) {
        Capture capture = reversal.capture();
        return new UndoRecord(
                record.position() + 1,
                record.runId(),
                record.actionId(),
                record.connector(),
                reversal.operation(),
                reversal.args(),
                reversal.reversibility(),
                capture.before(),
                capture.expected(),
                UndoRecord.State.DONE,
                record.digest());
    }
}
