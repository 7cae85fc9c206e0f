package cloud.enact.hook.undo;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.Actor;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackRequest;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.rollback.RollbackService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Calls, sessions and people that work on one file at the same time. */
class TogetherUndoTests extends HookUndoFixture {

    TogetherUndoTests(@LocalServerPort int port, @Autowired ReceiptStore store, @Autowired RollbackService rollbacks) {
        super(port, store, rollbacks);
    }

    /** Letters ask, digits write, and their small letters tell. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "A1aB2b",
                "AB1a2b",
                "AB12ab",
                "AB12ba",
                "AB2b1a",
                "AB21ab",
                "AB21ba",
                "A1B2ab",
                "A1B2ba",
                "A1Ba2b",
                "ABC123abc",
                "ABC321cba",
                "ABC213cab",
                "AB1aC3c2b",
                "A1BC32acb"
            })
    void callsOfASessionThatOverlapComeBackToTheStateBeforeTheFirst(String order) throws IOException {
        Path file = write("a.txt", "a b c");
        overlapping(file, order);

        RollbackReport report = rollback();

        assertThat(report.result()).as("%s", report.steps()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(file).hasContent("a b c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AB12ab", "AB21ba", "A1B2ba"})
    void whatSomebodyWritesBetweenCallsThatOverlapIsAConflict(String order) throws IOException {
        Path file = write("a.txt", "a b c");
        overlapping(file, order.substring(0, order.length() - 2));
        Files.writeString(file, Files.readString(file) + " by a person");
        overlapping(file, order.substring(order.length() - 2));
        String left = Files.readString(file);

        assertThat(rollback().result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(file).hasContent(left);
    }

    @Test
    void whatToolsSayOfEachOtherAloneIsNotBelieved() throws IOException {
        Path file = write("a.txt", "x");
        this.agent.asks("c1", "Edit", edit(file, "a", "b"));
        this.agent.asks("c2", "Edit", edit(file, "b", "a"));
        Files.writeString(file, "a by a person");
        this.agent.tells("c1", "Edit", edit(file, "a", "b"), Map.of("originalFile", "a by a person"));
        this.agent.tells("c2", "Edit", edit(file, "b", "a"), Map.of("originalFile", "b by a person"));

        assertThat(rollback().result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(file).hasContent("a by a person");
    }

    @Test
    void whatAnotherSessionWroteMeanwhileIsNotTakenBack() throws IOException {
        Path file = write("a.txt", "before");
        AgentSession other = new AgentSession(this.port, this.project);
        this.agent.asks("c1", "Write", file("a.txt", "mine"));
        other.does("Write", file("a.txt", "theirs"), () -> Files.writeString(file, "theirs"));
        Files.writeString(file, "mine");
        this.agent.tells("c1", "Write", file("a.txt", "mine"), Map.of("originalFile", "theirs"));

        assertThat(rollback().result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(rollback(other).result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(file).hasContent("mine");
    }

    @Test
    void theLaterSessionGoesFirst() throws IOException {
        Path file = write("a.txt", "before");
        AgentSession other = new AgentSession(this.port, this.project);
        this.agent.does("Write", file("a.txt", "mine"), () -> Files.writeString(file, "mine"));
        other.does("Write", file("a.txt", "theirs"), () -> Files.writeString(file, "theirs"));

        assertThat(rollback().result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(file).hasContent("theirs");
        assertThat(rollback(other).result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(file).hasContent("mine");
        assertThat(rollback().result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(file).hasContent("before");
    }

    @Test
    void whatIsToldTwiceCountsOnce() throws IOException {
        Path file = write("a.txt", "before");
        this.agent.does("Write", file("a.txt", "after"), () -> Files.writeString(file, "after"));
        Files.writeString(file, "by a person");
        this.agent.tells("toolu_1", "Write", file("a.txt", "by a person"));

        assertThat(rollback().result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(file).hasContent("by a person");
        Files.writeString(file, "after");
        assertThat(rollback().result()).isEqualTo(RollbackResult.ROLLED_BACK);
        this.agent.tells("toolu_1", "Write", file("a.txt", "after"));
        assertThat(rollback().result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(file).hasContent("before");
        assertThat(this.agent.receipts(this.store))
                .filteredOn(receipt -> receipt.kind() == ReceiptKind.COMPLETED)
                .hasSize(1);
    }

    @Test
    void rollbacksAtOnceAreAsOne() throws Exception {
        Path file = write("a.txt", "before");
        for (int i = 0; i < 20; i++) {
            String content = "after " + i;
            this.agent.does("Write", file("a.txt", content), () -> Files.writeString(file, content));
        }
        ExecutorService people = Executors.newFixedThreadPool(4);
        try {
            List<Future<RollbackReport>> reports = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                reports.add(people.submit(() -> rollback()));
            }
            List<RollbackResult> results = new ArrayList<>();
            for (Future<RollbackReport> report : reports) {
                results.add(report.get().result());
            }
            assertThat(results)
                    .contains(RollbackResult.ROLLED_BACK)
                    .isSubsetOf(RollbackResult.ROLLED_BACK, RollbackResult.REFUSED);
        } finally {
            people.shutdown();
        }
        assertThat(file).hasContent("before");
    }

    /** Each call puts one small letter into capitals. */
    private void overlapping(Path file, String order) throws IOException {
        for (char c : order.toCharArray()) {
            int number = Character.isDigit(c) ? c - '1' : Character.toLowerCase(c) - 'a';
            String letter = String.valueOf((char) ('a' + number));
            Map<String, Object> edit = edit(file, letter, letter.toUpperCase(Locale.ROOT));
            if (Character.isDigit(c)) {
                this.seen[number] = Files.readString(file);
                Files.writeString(file, this.seen[number].replace(letter, letter.toUpperCase(Locale.ROOT)));
            } else if (Character.isUpperCase(c)) {
                assertThat(this.agent.asks("c" + number, "Edit", edit)).isEqualTo("none");
            } else {
                this.agent.tells("c" + number, "Edit", edit, Map.of("originalFile", this.seen[number]));
            }
        }
    }

    private final String[] seen = new String[3];

    private RollbackReport rollback(AgentSession session) {
        return this.rollbacks.rollback(
                RollbackRequest.of(session.run(this.store), Actor.of("ana@enact.example"), "test"));
    }
}
