package cloud.enact.mcp;

import cloud.enact.EnactAction;
import cloud.enact.Policy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.mcp.annotation.McpMeta;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Tools of all kinds that an application serves, and what they did. */
@Configuration(proxyBeanMethods = false)
class CustomerTools {

    @Bean
    Journal journal() {
        return new Journal();
    }

    @Bean
    Callbacks callbacks(Journal journal) {
        return new Callbacks(journal);
    }

    @Bean
    ToolCallbackProvider provider(Callbacks callbacks) {
        return ToolCallbackProvider.from(ToolCallbacks.from(callbacks));
    }

    @Bean
    Annotated annotated(Journal journal) {
        return new Annotated(journal);
    }

    @Bean
    Reactive reactive(Journal journal) {
        return new Reactive(journal);
    }

    /** What was done. */
    static class Journal {

        private final List<String> entries = new CopyOnWriteArrayList<>();

        private final List<Map<String, Object>> metas = new CopyOnWriteArrayList<>();

        void add(String entry) {
            this.entries.add(entry);
        }

        List<String> entries() {
            return this.entries;
        }

        /** What came beside the arguments. */
        void received(@Nullable Map<String, Object> meta) {
            this.metas.add((meta != null) ? meta : Map.of());
        }

        List<Map<String, Object>> metas() {
            return this.metas;
        }
    }

    /** Served as tool callbacks by every kind of server. */
    static class Callbacks {

        private final Journal journal;

        Callbacks(Journal journal) {
            this.journal = journal;
        }

        @Tool(name = "callback_refund", description = "Pays money back")
        @EnactAction("billing.refund")
        @Policy(block = "args.amount > 500", reason = "Refunds above 500 are for people. Refund at most 500.")
        @Policy(ask = "args.amount > 100", reason = "Refunds above 100 need a person.")
        public String refund(int amount) {
            this.journal.add("callback " + amount);
            return "refunded " + amount;
        }

        @Tool(name = "callback_open", description = "Nobody governs it")
        public String open(String text) {
            this.journal.add("open " + text);
            return text;
        }

        @Tool(name = "callback_fail", description = "Fails")
        @EnactAction("billing.fail")
        public String fail() {
            throw new IllegalStateException("out of money");
        }
    }

    /** Served by synchronous servers. */
    static class Annotated {

        private final Journal journal;

        Annotated(Journal journal) {
            this.journal = journal;
        }

        @McpTool(name = "pay", description = "Pays money back")
        @EnactAction("billing.pay")
        @Policy(block = "args.amount > 500", reason = "Payments above 500 are for people. Pay at most 500.")
        @Policy(ask = "args.amount > 100", reason = "Payments above 100 need a person.")
        public String pay(McpMeta meta, int amount) {
            this.journal.received(meta.meta());
            this.journal.add("paid " + amount);
            return "paid " + amount;
        }

        @McpTool(name = "open", description = "Nobody governs it")
        public String open(String text) {
            this.journal.add("open " + text);
            return text;
        }

        @McpTool(name = "fail", description = "Fails")
        @EnactAction("billing.broken")
        public String fail() {
            throw new IllegalStateException("out of money");
        }
    }

    /** Served by asynchronous servers, under the same names. */
    static class Reactive {

        private final Journal journal;

        Reactive(Journal journal) {
            this.journal = journal;
        }

        @McpTool(name = "pay", description = "Pays money back")
        @EnactAction("billing.pay_later")
        @Policy(block = "args.amount > 500", reason = "Payments above 500 are for people. Pay at most 500.")
        @Policy(ask = "args.amount > 100", reason = "Payments above 100 need a person.")
        public Mono<String> pay(McpMeta meta, int amount) {
            return Mono.fromCallable(() -> {
                this.journal.add("paid " + amount);
                return "paid " + amount;
            });
        }

        @McpTool(name = "open", description = "Nobody governs it")
        public Mono<String> open(String text) {
            this.journal.add("open " + text);
            return Mono.just(text);
        }

        @McpTool(name = "fail", description = "Fails")
        @EnactAction("billing.broken_later")
        public Mono<String> fail() {
            return Mono.error(new IllegalStateException("out of money"));
        }
    }
}
