package cloud.enact.connector.slack;

import cloud.enact.connector.Connector;
import cloud.enact.connector.ConnectorContract;
import cloud.enact.doubles.slack.SlackFault;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepExecutor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class SlackConnectorContractTests {

    abstract static class Contract extends ConnectorContract {

        @TempDir
        Path temp;

        private SlackWorkspace workspace;

        protected String ts;

        @BeforeEach
        void prepare() throws Exception {
            this.workspace = new SlackWorkspace(this.temp);
            this.ts = this.workspace.slack().post("C01", "UBOT", "old & gone: https://enact.example");
        }

        @AfterEach
        void close() throws Exception {
            this.workspace.close();
        }

        @Override
        protected Connector connector(Set<String> allowed, StepExecutor steps) {
            return this.workspace.connector(allowed, steps);
        }

        @Override
        protected BlobStore blobs() {
            return this.workspace.blobs();
        }

        @Override
        protected Object state() {
            return this.workspace.slack().state();
        }

        @Override
        protected void loseNextAnswer() {
            this.workspace.slack().fault(method(), SlackFault.DROP_RESPONSE);
        }

        @Override
        protected void loseNextRequest() {
            this.workspace.slack().fault(method(), SlackFault.DROP_REQUEST);
        }

        @Override
        protected Set<String> secrets() {
            return Set.of(SlackWorkspace.TOKEN);
        }

        /** Edits the newest message, as an administrator of the app would. */
        final void edit() {
            List<String> messages = this.workspace.slack().times("C01");
            this.workspace.slack().edit("C01", messages.get(messages.size() - 1), "UBOT", "corrected by hand");
        }

        /** The method that changes something. */
        abstract String method();
    }

    @Nested
    class PostMessageTests extends Contract {

        @Override
        String method() {
            return "chat.postMessage";
        }

        @Override
        protected void changeByHand() {
            edit();
        }

        @Override
        protected String operation() {
            return "post_message";
        }

        @Override
        protected Map<String, @Nullable Object> args() {
            return Map.of("channel", "#general", "text", "<b> & https://enact.example");
        }
    }

    @Nested
    class UpdateMessageTests extends Contract {

        @Override
        String method() {
            return "chat.update";
        }

        @Override
        protected void changeByHand() {
            edit();
        }

        @Override
        protected String operation() {
            return "update_message";
        }

        @Override
        protected Map<String, @Nullable Object> args() {
            return Map.of("channel", "C01", "ts", this.ts, "text", "new & better");
        }
    }

    @Nested
    class AddReactionTests extends Contract {

        @Override
        String method() {
            return "reactions.add";
        }

        @Override
        protected String operation() {
            return "add_reaction";
        }

        @Override
        protected Map<String, @Nullable Object> args() {
            return Map.of("channel", "general", "ts", this.ts, "name", "eyes");
        }
    }

    @Nested
    class DeleteMessageTests extends Contract {

        @Override
        String method() {
            return "chat.delete";
        }

        @Override
        protected String operation() {
            return "delete_message";
        }

        @Override
        protected Map<String, @Nullable Object> args() {
            return Map.of("channel", "general", "ts", this.ts);
        }
    }
}
