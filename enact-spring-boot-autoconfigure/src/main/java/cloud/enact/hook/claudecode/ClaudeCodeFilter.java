package cloud.enact.hook.claudecode;

import cloud.enact.action.StrictJson;
import cloud.enact.hook.AgentAnswer;
import cloud.enact.hook.AgentDesk;
import cloud.enact.hook.Installation;
import cloud.enact.hook.InstallationTokens;
import cloud.enact.hook.UnreadableCall;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code POST /enact/hooks/claude-code}, whatever comes, with 200 and JSON that Claude Code takes: on anything
 * else it runs the tool. It stands in front of all other filters, which would answer in other ways. Thread-safe.
 */
public final class ClaudeCodeFilter extends HttpFilter {

    /** Where it answers. */
    public static final String PATH = "/enact/hooks/claude-code";

    private static final long serialVersionUID = 1L;

    private static final Log logger = LogFactory.getLog(ClaudeCodeFilter.class);

    private static final int DEEPEST_ANSWER = 128;

    private static final String NOT_KNOWN = "The guard does not know the token of this installation, so nothing may be"
            + " done. Ask the operator to set ENACT_HOOK_TOKEN for this agent.";

    private static final String FAILED =
            "The guard failed, so nothing may be done. Ask the operator to look at the guard's log.";

    private final transient InstallationTokens tokens;

    private final transient AgentDesk desk;

    private final transient ClaudeCodeReader reader;

    private final transient AtomicLong strangers = new AtomicLong();

    private final transient HookBody body = new HookBody();

    private final transient StrictJson json = new StrictJson(ClaudeCodeReader.LARGEST, DEEPEST_ANSWER);

    /**
     * Creates the door.
     *
     * @param tokens know who asks
     * @param desk answers
     * @param longestText how many characters one text of a tool's input may have
     */
    public ClaudeCodeFilter(InstallationTokens tokens, AgentDesk desk, int longestText) {
        this.tokens = tokens;
        this.desk = desk;
        this.reader = new ClaudeCodeReader(longestText);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        write(response, answer(request));
    }

    private Map<String, @Nullable Object> answer(HttpServletRequest request) {
        try {
            Optional<Installation> installation = this.tokens.of(request.getHeader("Authorization"));
            if (installation.isEmpty()) {
                warnOfStranger();
                HookEvent event = this.reader.eventOf(this.body.beginning(request));
                return denied(event, NOT_KNOWN);
            }
            return this.body.with(request, bytes -> answer(bytes, installation.get()));
        } catch (HookBody.RefusedException ex) {
            return denied(HookEvent.PRE_TOOL_USE, String.valueOf(ex.getMessage()));
        } catch (IOException | RuntimeException | Error ex) {
            // the message may hold what was sent
            logger.warn("A request of a coding agent can't be answered: "
                    + ex.getClass().getName());
            return denied(HookEvent.PRE_TOOL_USE, FAILED);
        }
    }

    private Map<String, @Nullable Object> answer(byte[] bytes, Installation installation) {
        HookRequest request;
        try {
            request = this.reader.read(bytes);
        } catch (UnreadableRequestException ex) {
            return unreadable(ex, installation);
        }
        try {
            AgentAnswer answer = this.desk.answer(request.call(), installation);
            return request.settled()
                    ? Map.of()
                    : ClaudeCodeAnswers.of(
                            request.event(), answer, request.call().tool());
        } catch (RuntimeException | Error ex) {
            logger.warn("The event " + request.event().name() + " of a coding agent can't be answered: "
                    + ex.getClass().getName());
            logger.debug("It failed so", ex);
            return denied(request.event(), FAILED);
        }
    }

    private Map<String, @Nullable Object> unreadable(UnreadableRequestException ex, Installation installation) {
        HookEvent event = ex.event();
        if (isRefused(event)) {
            try {
                this.desk.unreadable(
                        new UnreadableCall(ClaudeCode.AGENT, event.name(), ex.session(), ex.reason()), installation);
            } catch (RuntimeException failure) {
                logger.warn("That a coding agent was denied what can't be read can't be recorded: "
                        + failure.getClass().getName());
            }
        }
        return denied(event, ex.reason());
    }

    /** Rarer and rarer: whoever has no token must not fill the log. */
    private void warnOfStranger() {
        long count = this.strangers.incrementAndGet();
        if (Long.bitCount(count) == 1) {
            logger.warn("Requests of coding agents were denied because their token is not known: " + count + " so far");
        }
    }

    private static boolean isRefused(HookEvent event) {
        return event.form() == HookEvent.Form.DECISION || event.form() == HookEvent.Form.PERMISSION;
    }

    /** As strict as the event can be answered; what comes after the fact, or ends something, is let go. */
    private static Map<String, @Nullable Object> denied(HookEvent event, String reason) {
        return switch (event.name()) {
            case "PostToolUse", "Stop", "SubagentStop", "PreCompact" -> Map.of();
            default -> ClaudeCodeAnswers.of(event, AgentAnswer.deny(reason), null);
        };
    }

    private void write(HttpServletResponse response, Map<String, @Nullable Object> answer) throws IOException {
        byte[] bytes = this.json.write(answer).getBytes(StandardCharsets.UTF_8);
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
