package cloud.enact.gate;

import cloud.enact.action.IdGenerator;
import cloud.enact.action.Run;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides which run the tool calls of a conversation belong to. */
final class RunScope {

    private final ActionScopes scopes;

    private final IdGenerator ids;

    private final boolean perCall;

    RunScope(ActionScopes scopes, IdGenerator ids, boolean perCall) {
        this.scopes = scopes;
        this.ids = ids;
        this.perCall = perCall;
    }

    /**
     * The run the context names, else the one that is open here, else a new one; {@code null} where each tool call is
     * to be a run of its own.
     */
    @Nullable
    Run ofTurn(Map<String, Object> toolContext) {
        Run named = ToolCallContext.of(toolContext).run();
        if (named != null) {
            return named;
        }
        return this.perCall ? this.scopes.run() : this.scopes.runOrNew(this.ids);
    }
}
