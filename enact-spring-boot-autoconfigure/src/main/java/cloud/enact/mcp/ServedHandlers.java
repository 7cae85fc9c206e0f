package cloud.enact.mcp;

import cloud.enact.action.Actor;
import cloud.enact.gate.ActionBlockedException;
import cloud.enact.gate.ServedTools;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Hangs the gate on what handles calls in each of the four kinds of servers. A refusal is an error result, which the
 * model behind the caller can read. Thread-safe.
 */
final class ServedHandlers {

    private final Supplier<ServedTools> door;

    private final Supplier<McpServedCalls> calls;

    ServedHandlers(Supplier<ServedTools> door, Supplier<McpServedCalls> calls) {
        this.door = door;
        this.calls = calls;
    }

    BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> sync(
            ServedTools.ServedTool tool, BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> handler) {
        return (exchange, request) -> {
            McpCall call = this.calls.get().of(exchange, asking(exchange.transportContext()));
            return answer(tool, request, call, judged -> handler.apply(exchange, judged));
        };
    }

    BiFunction<McpTransportContext, CallToolRequest, CallToolResult> statelessSync(
            ServedTools.ServedTool tool, BiFunction<McpTransportContext, CallToolRequest, CallToolResult> handler) {
        return (transport, request) -> {
            McpCall call = this.calls.get().of(asking(transport));
            return answer(tool, request, call, judged -> handler.apply(transport, judged));
        };
    }

    BiFunction<McpAsyncServerExchange, CallToolRequest, Mono<CallToolResult>> async(
            ServedTools.ServedTool tool,
            BiFunction<McpAsyncServerExchange, CallToolRequest, Mono<CallToolResult>> handler) {
        return (exchange, request) -> {
            McpCall call = this.calls.get().of(exchange, this.door.get().asking());
            return answerLater(tool, request, call, judged -> handler.apply(exchange, judged));
        };
    }

    BiFunction<McpTransportContext, CallToolRequest, Mono<CallToolResult>> statelessAsync(
            ServedTools.ServedTool tool,
            BiFunction<McpTransportContext, CallToolRequest, Mono<CallToolResult>> handler) {
        return (transport, request) -> {
            McpCall call = this.calls.get().of(this.door.get().asking());
            return answerLater(tool, request, call, judged -> handler.apply(transport, judged));
        };
    }

    /** For a handler that leads to a gate on another thread: who asks is found out on this one. */
    BiFunction<McpAsyncServerExchange, CallToolRequest, Mono<CallToolResult>> carrying(
            BiFunction<McpAsyncServerExchange, CallToolRequest, Mono<CallToolResult>> handler) {
        return (exchange, request) ->
                this.door.get().asking(asking -> handler.apply(this.calls.get().with(exchange, asking), request));
    }

    /** The same where there are no sessions. */
    BiFunction<McpTransportContext, CallToolRequest, Mono<CallToolResult>> statelessCarrying(
            BiFunction<McpTransportContext, CallToolRequest, Mono<CallToolResult>> handler) {
        return (transport, request) ->
                this.door.get().asking(asking -> handler.apply(this.calls.get().with(transport, asking), request));
    }

    /** Who asks, as was found out where the call came in, or else on this thread. */
    private Supplier<Actor> asking(@Nullable McpTransportContext transport) {
        Supplier<Actor> carried = McpServedCalls.carried(transport);
        return (carried != null) ? carried : this.door.get().asking();
    }

    private CallToolResult answer(
            ServedTools.ServedTool tool,
            CallToolRequest request,
            McpCall call,
            Function<CallToolRequest, CallToolResult> handler) {
        try {
            Object answer = this.door
                    .get()
                    .call(tool, request.arguments(), call, judged -> good(handler.apply(with(request, judged))));
            return (CallToolResult) Objects.requireNonNull(answer);
        } catch (ErrorResultException ex) {
            return ex.result();
        } catch (ActionBlockedException ex) {
            return refusal(ex);
        } catch (RuntimeException | Error ex) {
            throw ex;
        } catch (Throwable ex) {
            throw new IllegalStateException(ex);
        }
    }

    private Mono<CallToolResult> answerLater(
            ServedTools.ServedTool tool,
            CallToolRequest request,
            McpCall call,
            Function<CallToolRequest, Mono<CallToolResult>> handler) {
        return this.door
                .get()
                .callAsync(
                        tool,
                        request.arguments(),
                        call,
                        judged -> handler.apply(with(request, judged)).map(ServedHandlers::good))
                .onErrorResume(ErrorResultException.class, ex -> Mono.just(ex.result()))
                .onErrorResume(ActionBlockedException.class, ex -> Mono.just(refusal(ex)));
    }

    private static CallToolRequest with(CallToolRequest request, @Nullable Map<String, @Nullable Object> judged) {
        return new CallToolRequest(
                request.name(), (judged != null) ? new LinkedHashMap<>(judged) : null, request.meta());
    }

    /** A tool that answers with an error has failed. */
    private static CallToolResult good(CallToolResult result) {
        if (Boolean.TRUE.equals(result.isError())) {
            throw new ErrorResultException(result);
        }
        return result;
    }

    private static CallToolResult refusal(ActionBlockedException refusal) {
        return CallToolResult.builder()
                .addTextContent(refusal.toJson())
                .isError(true)
                .build();
    }

    /** Tells the gate that a tool answered with an error, whose text stays out of receipts. */
    private static final class ErrorResultException extends RuntimeException {

        private final transient CallToolResult result;

        ErrorResultException(CallToolResult result) {
            super("The tool answered with an error", null, false, false);
            this.result = result;
        }

        CallToolResult result() {
            return this.result;
        }
    }
}
