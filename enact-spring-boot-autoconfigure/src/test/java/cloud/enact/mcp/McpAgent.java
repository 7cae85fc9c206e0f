package cloud.enact.mcp;

import cloud.enact.Enact;
import cloud.enact.action.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.context.annotation.Configuration;

/** Applications that use the tools of an MCP server, as a model does. */
@Configuration(proxyBeanMethods = false)
class McpAgent {

    /** Starts one that is connected to a server under a name. */
    static McpApplication start(String type, String connection, String url, String... properties) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "spring.ai.mcp.server.enabled=false",
                "spring.ai.mcp.client.type=" + type,
                "spring.ai.mcp.client.streamable-http.connections." + connection + ".url=" + url));
        all.addAll(List.of(properties));
        return McpApplication.start(McpAgent.class, "SYNC", "STREAMABLE", all.toArray(String[]::new));
    }

    /** As a model would: through the manager, by what it was shown. */
    static String call(McpApplication agent, String tool, String arguments) {
        ToolCallback[] tools = agent.bean(ToolCallbackProvider.class).getToolCallbacks();
        String name = List.of(tools).stream()
                .map(callback -> callback.getToolDefinition().name())
                .filter(shown -> shown.endsWith(tool))
                .findFirst()
                .orElseThrow();
        ToolCallingChatOptions options = ToolCallingChatOptions.builder()
                .toolCallbacks(tools)
                .toolContext(Map.of(Enact.ACTOR, Actor.of("ann@example.com"), "tenant", "acme"))
                .build();
        AssistantMessage asked = AssistantMessage.builder()
                .content("")
                .toolCalls(List.of(new ToolCall("1", "function", name, arguments)))
                .build();
        List<?> history = agent.bean(ToolCallingManager.class)
                .executeToolCalls(
                        new Prompt(List.of(new UserMessage("Go on")), options),
                        new ChatResponse(List.of(new Generation(asked))))
                .conversationHistory();
        return ((ToolResponseMessage) history.get(history.size() - 1))
                .getResponses()
                .get(0)
                .responseData();
    }
}
