package cloud.enact.scenario;

import cloud.enact.EnactAction;
import cloud.enact.autoconfigure.EnactAutoConfiguration;
import cloud.enact.autoconfigure.EnactFilesystemAutoConfiguration;
import cloud.enact.autoconfigure.EnactGitHubAutoConfiguration;
import cloud.enact.autoconfigure.EnactPolicyAutoConfiguration;
import cloud.enact.autoconfigure.EnactPostgresAutoConfiguration;
import cloud.enact.autoconfigure.EnactReceiptAutoConfiguration;
import cloud.enact.autoconfigure.EnactRollbackAutoConfiguration;
import cloud.enact.autoconfigure.EnactSlackAutoConfiguration;
import cloud.enact.connector.filesystem.FilesystemConnector;
import cloud.enact.connector.github.GitHubConnector;
import cloud.enact.connector.postgres.PostgresConnector;
import cloud.enact.connector.slack.SlackConnector;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Map;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** An application whose agent changes prices wherever they are: in files, rows, the repository and the channel. */
public final class Shop {

    private Shop() {}

    /** Starts it. */
    @SafeVarargs
    public static ConfigurableApplicationContext start(
            List<String> settings, ApplicationContextInitializer<ConfigurableApplicationContext>... initializers) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .properties(settings.toArray(String[]::new))
                .initializers(initializers)
                .run();
    }

    /** What an agent does on the systems. */
    interface Work {

        Object with(Hands hands) throws Exception;
    }

    /** The connectors. */
    record Hands(FilesystemConnector files, PostgresConnector rows, GitHubConnector github, SlackConnector slack) {}

    /** The governed bean. */
    public static class Agent {

        private final Hands hands;

        Agent(Hands hands) {
            this.hands = hands;
        }

        @EnactAction("shop.work")
        Object work(Work work) throws Exception {
            return work.with(this.hands);
        }

        /** Raises prices everywhere. */
        @EnactAction("shop.raise_prices")
        public void raisePrices() {
            this.hands.files().writeFile("docs/prices.txt", "mug 12\n");
            this.hands.files().deleteFile("old.txt");
            this.hands.rows().updateRow("price", Map.of("amount", 12), Map.of("id", Map.of("<", 4)));
            this.hands.github().createBranch(Systems.REPOSITORY, "raise-prices");
            this.hands
                    .github()
                    .pushCommit(Systems.REPOSITORY, "raise-prices", "Raise prices", Map.of("prices.txt", "mug 12\n"));
            this.hands.github().addLabel(Systems.REPOSITORY, 1, "bug");
            this.hands.github().comment(Systems.REPOSITORY, 1, "Prices are on their way up");
            this.hands.github().closeIssue(Systems.REPOSITORY, 1);
            this.hands.slack().postMessage(Systems.CHANNEL, "Prices go up");
            this.hands.rows().insertRow("price", Map.of("id", 21, "item", "item 21", "amount", 21));
            this.hands.files().writeFile("new/notice.txt", "Prices were raised\n");
        }
    }

    /** What the starter brings along, without the rest of the tests' class path. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        ToolCallingAutoConfiguration.class,
        EnactAutoConfiguration.class,
        EnactPolicyAutoConfiguration.class,
        EnactReceiptAutoConfiguration.class,
        EnactPostgresAutoConfiguration.class,
        EnactFilesystemAutoConfiguration.class,
        EnactGitHubAutoConfiguration.class,
        EnactSlackAutoConfiguration.class,
        EnactRollbackAutoConfiguration.class
    })
    @Import(Beans.class)
    static class Application {}

    /** What the application adds. */
    @Configuration(proxyBeanMethods = false)
    static class Beans {

        @Bean
        HikariDataSource dataSource(Environment environment) {
            HikariDataSource dataSource = new HikariDataSource();
            dataSource.setJdbcUrl(environment.getRequiredProperty("test.url"));
            dataSource.setMaximumPoolSize(3);
            dataSource.setConnectionTimeout(5000);
            return dataSource;
        }

        @Bean
        Agent agent(FilesystemConnector files, PostgresConnector rows, GitHubConnector github, SlackConnector slack) {
            return new Agent(new Hands(files, rows, github, slack));
        }
    }
}
