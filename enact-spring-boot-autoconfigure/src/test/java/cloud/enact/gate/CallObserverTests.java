package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.receipt.Receipt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallObserverTests {

    @TempDir
    private Path directory;

    private final List<String> told = new ArrayList<>();

    @Test
    void aToolThatAModelMadeUpHasNoNameForObservers() {
        GateHarness.application(this.directory)
                .withBean(CallObserver.class, Teller::new)
                .run(context -> {
                    this.told.clear();
                    GateHarness.model(context).thenCalls("launch_rockets_4711", "{}");
                    GateHarness.chatClient(context).prompt("go").call().content();

                    assertThat(this.told)
                            .containsExactly("begin null", "enter", "BLOCK", "DECIDED", "leave", "BLOCKED");
                });
    }

    private final class Teller implements CallObserver, CallObserver.ObservedCall {

        @Override
        public ObservedCall begin(@Nullable String action, EnactMode mode) {
            CallObserverTests.this.told.add("begin " + action);
            return this;
        }

        @Override
        public Current enter() {
            CallObserverTests.this.told.add("enter");
            return () -> CallObserverTests.this.told.add("leave");
        }

        @Override
        public void decided(Decision decision) {
            CallObserverTests.this.told.add(decision.effect().name());
        }

        @Override
        public void recorded(Receipt receipt) {
            CallObserverTests.this.told.add(receipt.kind().name());
        }

        @Override
        public void ended(Ending ending, @Nullable Throwable error) {
            CallObserverTests.this.told.add(ending.name());
        }
    }
}
