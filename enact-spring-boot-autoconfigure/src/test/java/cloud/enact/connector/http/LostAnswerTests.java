package cloud.enact.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.connector.ConnectorException;
import cloud.enact.doubles.http.Mishap;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import java.net.InetAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is made of answers that are lost. */
class LostAnswerTests extends BookingsFixture {

    @Test
    void aLostAnswerIsFoundByTheMarkThatTheStepLeft() {
        this.bookings.api.next(new Mishap.AnswerLost());

        assertThat(output("book_room", Map.of("room", "Red", "title", "Retro"))).containsEntry("id", "101");
        assertThat(undoAll()).containsExactly(Restoration.RESTORED);
    }

    @Test
    void aRequestThatNeverArrivedLeavesNothingToUndo() {
        this.bookings.api.next(new Mishap.Dropped());

        inDoubt("book_room", Map.of("room", "Red", "title", "Retro"));

        assertThat(undoAll()).containsExactly(Restoration.ALREADY_RESTORED);
    }

    @Test
    void whatCouldNotBeLookedForAtOnceIsFoundWhenItIsUndone() {
        Mishap down = new Mishap.Answered(500, Map.of(), "");
        this.bookings.api.next(new Mishap.AnswerLost(), down, down);

        inDoubt("book_room", Map.of("room", "Red", "title", "Retro"));
        assertThat(undoAll()).containsExactly(Restoration.FAILED);

        assertThat(this.bookings.api.get("bookings", "101")).isNotNull();
        assertThat(undoAll()).containsExactly(Restoration.RESTORED);
        assertThat(this.bookings.api.get("bookings", "101")).isNull();
    }

    @Test
    void aLostAnswerToAChangeIsFoundByWhatItBecame() {
        this.bookings.api.next(new Mishap.None(), new Mishap.AnswerLost());
        perform("change_booking", Map.of("id", "7", "title", "Retro"));
        assertThat(undoAll()).containsExactly(Restoration.RESTORED);

        this.bookings.api.next(new Mishap.None(), new Mishap.Dropped());
        inDoubt("change_booking", Map.of("id", "7", "title", "Retro"));
        assertThat(undo(false).restoration()).isEqualTo(Restoration.ALREADY_RESTORED);
    }

    @Test
    void whatNobodyCanTellWaitsForAPerson() {
        this.bookings.api.next(new Mishap.None(), new Mishap.Dropped());
        inDoubt("change_booking", Map.of("id", "7", "title", "Retro"));
        this.bookings.api.put("bookings", "7", "{\"title\":\"Board meeting\"}");

        StepRestoration pending = undo(false);

        assertThat(pending.restoration()).isEqualTo(Restoration.PENDING);
        assertThat(pending.detail()).contains("PATCH /bookings/{id} was lost", "Look there");
    }

    @Test
    void aKeyMakesALostAnswerHarmless() {
        this.bookings.api.next(new Mishap.AnswerLost());

        assertThat(output("book_once", Map.of("title", "Retro"))).containsEntry("id", "101");

        assertThat(this.bookings.api.get("bookings", "102")).isNull();
        assertThat(undoAll()).containsExactly(Restoration.RESTORED);
    }

    @Test
    void aRefusalOfTheSecondTryDoesNotSayWhatTheFirstDid() {
        this.bookings.api.next(new Mishap.AnswerLost(), new Mishap.Answered(409, Map.of(), ""));

        inDoubt("book_once", Map.of("title", "Retro"));

        assertThat(this.bookings.api.get("bookings", "101")).isNotNull();
        assertThat(undo(false).restoration()).isEqualTo(Restoration.PENDING);
    }

    @Test
    void whatIsDoneIsNotSentAgainBecauseTheServerIsReadyForMore() {
        this.bookings.api.next(
                new Mishap.Answered(201, Map.of("Retry-After", "0"), "{\"id\":\"101\"}"),
                new Mishap.Answered(409, Map.of(), ""));

        assertThat(output("book_once", Map.of("title", "Retro"))).containsEntry("id", "101");
        assertThat(this.bookings.api.requests()).hasSize(1);
    }

    @Test
    void aRefusalAfterARequestThatTimedOutDoesNotSayWhatThatDid() {
        this.bookings.api.next(
                new Mishap.Answered(408, Map.of("Retry-After", "0"), ""), new Mishap.Answered(409, Map.of(), ""));

        inDoubt("book_once", Map.of("title", "Retro"));
    }

    @Test
    void anAnswerThatIgnoresWhatWasSearchedForIsNotTakenForTheStep() {
        Mishap all = new Mishap.Answered(200, Map.of(), "{\"bookings\":[{\"id\":\"7\",\"title\":\"Review\"}]}");
        this.bookings.api.next(new Mishap.Dropped(), all);
        inDoubt("book_room", Map.of("room", "Red", "title", "Retro"));
        this.bookings.api.next(all);

        assertThat(undo(false).restoration()).isEqualTo(Restoration.PENDING);

        assertThat(this.bookings.api.get("bookings", "7")).isNotNull();
    }

    @Test
    void anAnswerThatHasNoListSaysNothingOfWhatIsInIt() {
        Mishap troubled = new Mishap.Answered(200, Map.of(), "{\"error\":{\"code\":\"busy\"}}");
        this.bookings.api.next(new Mishap.AnswerLost(), troubled);
        inDoubt("book_room", Map.of("room", "Red", "title", "Retro"));
        this.bookings.api.next(troubled);

        assertThat(undo(false).restoration()).isEqualTo(Restoration.PENDING);
        assertThat(undo(false).restoration()).isEqualTo(Restoration.RESTORED);
    }

    @Test
    void anAnswerThatLacksWhatUndoNeedsIsMadeUpForByTheMark() {
        this.bookings.api.next(new Mishap.AnswerReplaced("{}"));
        assertThat(output("book_room", Map.of("room", "Red", "title", "Retro"))).containsEntry("id", "101");
        assertThat(undoAll()).containsExactly(Restoration.RESTORED);

        this.bookings.api.next(new Mishap.AnswerReplaced("{}"));
        assertThat(output("book_once", Map.of("title", "Retro"))).isEmpty();
        StepRestoration unknown = undo(false);
        assertThat(unknown.restoration()).isEqualTo(Restoration.FAILED);
        assertThat(unknown.detail()).contains("Nothing is known of {result.id}");
    }

    @Test
    void whatMustNotBeSentLeavesNothingToUndo() {
        AtomicInteger asked = new AtomicInteger();
        HttpConnector moved = this.bookings
                .builder()
                .names(host -> new InetAddress[] {
                    InetAddress.getByName((asked.incrementAndGet() == 1) ? "127.0.0.1" : "169.254.169.254")
                })
                .operations(Set.of("change_booking"))
                .build(this.bookings.steps);

        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> moved.perform("change_booking", Map.of("id", "7", "title", "Retro")))
                .withMessageContaining("no request is sent");

        assertThat(this.bookings.api.requests()).hasSize(1);
        StepRestoration undone = undo(false);
        assertThat(undone.restoration()).isEqualTo(Restoration.ALREADY_RESTORED);
        assertThat(undone.detail()).contains("before it changed anything");
    }

    @Test
    void aRefusalLeavesNothingToUndo() {
        this.bookings.api.next(new Mishap.Answered(422, Map.of(), ""));

        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> perform("book_room", Map.of("room", "Red", "title", "Retro")));

        assertThat(undoAll()).containsExactly(Restoration.ALREADY_RESTORED);
    }

    @Test
    void aLostAnswerToTheUndoIsSettledByReadingBack() {
        perform("change_booking", Map.of("id", "7", "title", "Retro"));
        this.bookings.api.next(new Mishap.None(), new Mishap.AnswerLost());
        assertThat(undo(false).restoration()).isEqualTo(Restoration.RESTORED);

        perform("book_room", Map.of("room", "Red", "title", "Retro"));
        Mishap down = new Mishap.Answered(500, Map.of(), "");
        this.bookings.api.next(new Mishap.None(), new Mishap.Dropped());
        StepRestoration failed = undo(false);
        assertThat(failed.restoration()).isEqualTo(Restoration.FAILED);
        assertThat(failed.detail()).contains("try again");
        this.bookings.api.next(down);
        assertThat(undo(false).restoration()).isEqualTo(Restoration.FAILED);
        assertThat(undo(false).restoration()).isEqualTo(Restoration.RESTORED);
    }
}
