package cloud.enact.hook;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.gate.OutsideEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calls that wait for their outcome: never too many, never too long. */
class OpenCallsTests {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private static final SessionKey SESSION = new SessionKey("ana", "claude-code", "s");

    @Test
    void theOldestIsGivenUpWhenTooManyWaitAndRemembered() {
        OpenCalls calls = new OpenCalls(2, 1000, Duration.ofHours(1));
        calls.open(call("a", 1, NOW));
        calls.open(call("b", 1, NOW));

        List<OpenCall> gone = calls.open(call("c", 1, NOW));

        assertThat(gone).extracting(each -> each.key().callId()).containsExactly("a");
        assertThat(calls.close(key("a"))).isNull();
        assertThat(calls.isOver(key("a"), tool("ls"))).isTrue();
        assertThat(calls.isOver(key("b"), tool("ls"))).isFalse();
        assertThat(calls.close(key("b"))).isNotNull();
        assertThat(calls.isOver(key("b"), tool("ls"))).isTrue();
        assertThat(calls.isOver(key("b"), tool("rm x"))).isFalse();
    }

    @Test
    void largeCallsMakeRoomForEachOther() {
        OpenCalls calls = new OpenCalls(100, 1000, Duration.ofHours(1));
        calls.open(call("a", 600, NOW));

        assertThat(calls.open(call("b", 600, NOW)))
                .extracting(each -> each.key().callId())
                .containsExactly("a");
        assertThat(calls.open(call("c", 400, NOW))).isEmpty();
        calls.close(key("b"));
        assertThat(calls.open(call("d", 600, NOW))).isEmpty();
    }

    @Test
    void whatIsWaitedForTooLongIsGivenUpOldestFirst() {
        OpenCalls calls = new OpenCalls(100, 1000, Duration.ofHours(1));
        calls.open(call("a", 1, NOW.minus(Duration.ofMinutes(61))));
        calls.open(call("b", 1, NOW.minus(Duration.ofMinutes(59))));

        assertThat(calls.overdue(NOW)).extracting(each -> each.key().callId()).containsExactly("a");
        assertThat(calls.overdue(NOW)).isEmpty();
        assertThat(calls.giveUp(each -> true))
                .extracting(each -> each.key().callId())
                .containsExactly("b");
    }

    @Test
    void aCallThatIsAskedAboutAgainTakesThePlaceOfTheFirst() {
        OpenCalls calls = new OpenCalls(100, 1000, Duration.ofHours(1));
        OpenCall first = call("a", 10, NOW);
        calls.open(first);

        assertThat(calls.open(call("a", 10, NOW))).containsExactly(first);
        assertThat(calls.close(key("a"))).isNotNull();
        assertThat(calls.close(key("a"))).isNull();
    }

    @Test
    void theRunOfASessionIsTheSameAfterARestartAndNobodyElses() {
        assertThat(SESSION.run().id())
                .isEqualTo(new SessionKey("ana", "claude-code", "s").run().id())
                .isNotEqualTo(new SessionKey("bob", "claude-code", "s").run().id())
                .isNotEqualTo(new SessionKey("anac", "laude-code", "s").run().id());
    }

    private static CallKey key(String id) {
        return new CallKey(SESSION, id);
    }

    private static AgentTool tool(String command) {
        return new AgentTool("Bash", "Bash", ToolKind.SHELL, "claude_code.bash", null, null, command, List.of(), null);
    }

    private static OpenCall call(String id, long characters, Instant since) {
        AgentTool tool = tool("ls");
        return new OpenCall(
                key(id),
                null,
                "claude_code.bash",
                tool,
                Map.of(),
                characters,
                OpenCall.State.LET_THROUGH,
                null,
                new OutsideEnd() {
                    @Override
                    public void succeeded(Map<String, Object> details) {}

                    @Override
                    public void failed(String error, Map<String, Object> details) {}

                    @Override
                    public void unknown(String reason) {}
                },
                since);
    }
}
