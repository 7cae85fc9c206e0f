package cloud.enact.gate.woven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import cloud.enact.gate.ActionBlockedException;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What AspectJ reaches and proxies don't, and that two doors are one gate. */
class WovenTests {

    @TempDir
    Path directory;

    @BeforeEach
    void closeTheVault() {
        Vault.opened().clear();
    }

    @Test
    void withoutAnApplicationNothingGovernedRuns() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Vault.shared(1))
                .withMessageContaining("no Enact gate is running");
        assertThat(Vault.opened()).isEmpty();
    }

    @Test
    void privateFinalStaticAndSelfInvokedMethodsOfPlainObjectsAreGated() {
        application().run(context -> {
            Vault vault = new Vault();

            vault.selfInvoked();
            vault.locked("repair");
            Vault.shared(7);
            new Vault.Key("front door").turn();

            assertThat(Vault.opened())
                    .containsExactly("hidden by itself", "locked repair", "shared 7", "turned front door");
            for (String action : List.of("vault.hidden", "vault.locked", "vault.shared", "vault.turn")) {
                assertThat(receipts(context, action))
                        .extracting(Receipt::kind)
                        .containsExactlyInAnyOrder(ReceiptKind.DECIDED, ReceiptKind.COMPLETED);
            }
        });
    }

    @Test
    void blockedWovenCallNeverRuns() {
        application().run(context -> {
            assertThatExceptionOfType(ActionBlockedException.class)
                    .isThrownBy(() -> new Vault().locked("theft"))
                    .withMessageContaining("Ask the owner.");

            assertThat(Vault.opened()).isEmpty();
        });
    }

    @Test
    void eachSelfInvocationIsACallOfItsOwn() {
        application().run(context -> {
            context.getBean(WovenBean.class).again(2);

            assertThat(receipts(context, "woven.again").stream()
                            .filter(receipt -> receipt.kind() == ReceiptKind.DECIDED))
                    .hasSize(3);
        });
    }

    @Test
    void finalClassStartsWhenEveryGovernedMethodIsWoven() {
        application().run(context -> {
            context.getBean(WovenBean.Sealed.class).act();

            assertThat(receipts(context, "woven.sealed")).hasSize(2);
        });
    }

    @Test
    void whenTheApplicationIsGoneNothingGovernedRunsAnyMore() {
        application().run(context -> Vault.shared(1));

        assertThatIllegalStateException().isThrownBy(() -> Vault.shared(2));
        assertThat(Vault.opened()).containsExactly("shared 1");
    }

    private static List<Receipt> receipts(ApplicationContext context, String action) {
        return context.getBean(ReceiptStore.class)
                .query(ReceiptFilter.ofAction(action), null, 100)
                .receipts();
    }

    private ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withPropertyValues(
                        "enact.receipts.store=memory",
                        "enact.undo.directory=" + this.directory.resolve("undo"),
                        "enact.signing.secret=a-secret-for-tests-that-is-long-enough");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        WovenBean wovenBean() {
            return new WovenBean();
        }

        @Bean
        WovenBean.Sealed sealed() {
            return new WovenBean.Sealed();
        }
    }
}
