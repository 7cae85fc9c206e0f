package cloud.enact.workflow;

import cloud.enact.ActionResult;
import cloud.enact.Enact;
import cloud.enact.action.Actor;
import cloud.enact.action.RunId;
import cloud.enact.rollback.RollbackReport;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.context.ApplicationContext;

/** Calls actions and tools of an application, and says what came of it. */
public final class Calls {

    private static final Actor AGENT = Actor.of("agent@example.org");

    private Calls() {}

    public static ActionResult run(
            ApplicationContext context, String action, Map<String, ? extends @Nullable Object> args) {
        return context.getBean(Enact.class).run(action, AGENT, args);
    }

    public static RollbackReport rollback(ApplicationContext context, RunId run) {
        return context.getBean(Enact.class).rollback(run);
    }

    /** What it returned, as text. */
    public static String output(ActionResult result) {
        try {
            return String.valueOf(result.output());
        } catch (Throwable ex) {
            throw new AssertionError(ex);
        }
    }

    /** A member of what it returned, as text. */
    public static String output(ActionResult result, String member) {
        try {
            return String.valueOf(((Map<?, ?>) result.output()).get(member));
        } catch (Throwable ex) {
            throw new AssertionError(ex);
        }
    }

    /** The message of what it threw, or why it was not let through. */
    public static String error(ActionResult result) {
        Object output;
        try {
            output = result.output();
        } catch (Throwable ex) {
            return String.valueOf(ex.getMessage());
        }
        throw new AssertionError("It did not fail: " + output);
    }

    public static ToolCallback tool(ApplicationContext context, String name) {
        for (ToolCallbackProvider provider :
                context.getBeansOfType(ToolCallbackProvider.class).values()) {
            for (ToolCallback tool : provider.getToolCallbacks()) {
                if (tool.getToolDefinition().name().equals(name)) {
                    return tool;
                }
            }
        }
        throw new AssertionError("There is no tool " + name);
    }
}
