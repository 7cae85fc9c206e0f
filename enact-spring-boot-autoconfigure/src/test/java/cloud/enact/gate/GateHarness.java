package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Enact;
import cloud.enact.autoconfigure.EnactAutoConfiguration;
import cloud.enact.autoconfigure.EnactFilesystemAutoConfiguration;
import cloud.enact.autoconfigure.EnactMcpAutoConfiguration;
import cloud.enact.autoconfigure.EnactPolicyAutoConfiguration;
import cloud.enact.autoconfigure.EnactReceiptAutoConfiguration;
import cloud.enact.autoconfigure.EnactRollbackAutoConfiguration;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** An application with the starter in it, as far as the gate's tests need one. */
final class GateHarness {

    private GateHarness() {}

    static ApplicationContextRunner application(Path directory) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        AopAutoConfiguration.class,
                        ToolCallingAutoConfiguration.class,
                        ChatClientAutoConfiguration.class,
                        EnactAutoConfiguration.class,
                        EnactMcpAutoConfiguration.class,
                        EnactPolicyAutoConfiguration.class,
                        EnactReceiptAutoConfiguration.class,
                        EnactFilesystemAutoConfiguration.class,
                        EnactRollbackAutoConfiguration.class))
                .withPropertyValues(
                        "enact.receipts.store=memory",
                        "enact.undo.directory=" + directory.resolve("undo"),
                        "enact.signing.secret=a-secret-for-tests-that-is-long-enough")
                .withBean(ScriptedChatModel.class, ScriptedChatModel::new);
    }

    /** The same with a filesystem connector for everything under {@code directory/files}, which is made. */
    static ApplicationContextRunner withFiles(Path directory) {
        try {
            Files.createDirectories(directory.resolve("files"));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return application(directory)
                .withConfiguration(AutoConfigurations.of(EnactFilesystemAutoConfiguration.class))
                .withPropertyValues(
                        "enact.filesystem.root=" + directory.resolve("files"),
                        "enact.filesystem.operations=read_file,write_file,delete_file,delete_dir");
    }

    /** Everything recorded under an action name, oldest first. */
    static List<Receipt> receipts(ApplicationContext context, String action) {
        List<Receipt> found = new ArrayList<>(context.getBean(ReceiptStore.class)
                .query(ReceiptFilter.ofAction(action), null, 1000)
                .receipts());
        Collections.reverse(found);
        return found;
    }

    static List<Receipt> receipts(ApplicationContext context, String action, ReceiptKind kind) {
        return receipts(context, action).stream()
                .filter(receipt -> receipt.kind() == kind)
                .toList();
    }

    /** What came of the action, as its only COMPLETED receipt tells: {@code status} and details. */
    static Map<String, Object> outcome(ApplicationContext context, String action) {
        List<Receipt> completed = receipts(context, action, ReceiptKind.COMPLETED);
        assertThat(completed).hasSize(1);
        return outcome(completed.get(0));
    }

    static Map<String, Object> outcome(Receipt completed) {
        Map<String, Object> outcome = new HashMap<>();
        if (completed.fields().get("outcome_detail") instanceof Map<?, ?> detail) {
            detail.forEach((key, value) -> outcome.put(String.valueOf(key), value));
        }
        outcome.put("status", completed.fields().get("outcome"));
        return outcome;
    }

    static Enact enact(ApplicationContext context) {
        return context.getBean(Enact.class);
    }

    static ScriptedChatModel model(ApplicationContext context) {
        return context.getBean(ScriptedChatModel.class).askingFor(context.getBean(ToolCallingManager.class));
    }

    static ChatClient chatClient(ApplicationContext context) {
        return context.getBean(ChatClient.Builder.class).build();
    }

    static ToolCallingAdvisor handMadeAdvisor(ToolCallingManager manager) {
        return ToolCallingAdvisor.builder().toolCallingManager(manager).build();
    }
}
