package cloud.enact.sample;

import java.util.ArrayList;
import java.util.List;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.core.Ordered;

/** Prints what a model asks its tools and what it gets as an answer. Stands inside the tool loop, so it sees both. */
final class Transcript implements CallAdvisor {

    private final Terminal terminal;

    Transcript(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public String getName() {
        return "Transcript";
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 1000;
    }

    @Override
    public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
        List<Message> messages = request.prompt().getInstructions();
        if (!messages.isEmpty() && messages.get(messages.size() - 1) instanceof ToolResponseMessage answers) {
            answers.getResponses()
                    .forEach(answer -> this.terminal.lines("tool answer", members(answer.responseData())));
        }
        ChatClientResponse response = chain.nextCall(request);
        ChatResponse answer = response.chatResponse();
        if (answer != null && answer.getResult() != null) {
            print(answer.getResult().getOutput());
        }
        return response;
    }

    private void print(AssistantMessage message) {
        String words = message.getText();
        if (words != null && !words.isBlank()) {
            this.terminal.line("agent says", words);
        }
        message.getToolCalls().forEach(call -> {
            String line = call.name() + " " + call.arguments();
            this.terminal.lines("agent calls", this.terminal.fits(line) ? List.of(line) : members(line));
        });
    }

    /** JSON as it is, cut behind each member of the outermost object: easier to read, and still what the model gets. */
    static List<String> members(String json) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int depth = 0;
        boolean text = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            line.append(c);
            if (text && c == '\\' && i + 1 < json.length()) {
                line.append(json.charAt(++i));
            } else if (c == '"') {
                text = !text;
            } else if (!text && (c == '{' || c == '[')) {
                depth++;
            } else if (!text && (c == '}' || c == ']')) {
                depth--;
            } else if (!text && c == ',' && depth == 1) {
                lines.add(line.toString());
                line.setLength(0);
                line.append(' ');
            }
        }
        lines.add(line.toString());
        return lines;
    }
}
