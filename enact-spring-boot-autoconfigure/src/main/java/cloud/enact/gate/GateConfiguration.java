package cloud.enact.gate;

import cloud.enact.Enact;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.connector.Connector;
import cloud.enact.policy.PolicySet;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.rollback.RollbackGate;
import cloud.enact.rollback.RollbackService;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.GovernedActions;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.UndoLog;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.ai.tool.resolution.ToolCallbackResolver;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import reactor.core.publisher.Mono;

/**
 * Puts the gate together. Lives beside the gate rather than among the auto-configurations so that its parts stay
 * package-private; what it needs from outside are the beans of the other rooms and {@link GateSettings}.
 */
@Configuration(proxyBeanMethods = false)
@Import({StepConfiguration.class, StartupConfiguration.class})
public class GateConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static GovernedBeans enactGovernedBeans() {
        return new GovernedBeans();
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static EnactBeanPostProcessor enactBeanPostProcessor(ObjectProvider<Doors> doors, GovernedBeans governed) {
        return new EnactBeanPostProcessor(doors, governed);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static ToolBeanPostProcessor enactToolBeanPostProcessor(
            ObjectProvider<ToolGate> tools,
            ObjectProvider<RunScope> runs,
            ObjectProvider<ToolCallbackResolver> resolvers,
            ObjectProvider<GateSettings> settings,
            BeanFactory beanFactory,
            Environment environment) {
        return new ToolBeanPostProcessor(
                tools,
                runs,
                resolvers,
                settings,
                beanFactory,
                environment.getProperty("spring.ai.tools.resolution.fallback.enabled", Boolean.class, false));
    }

    @Bean
    GateState enactGateState() {
        return new GateState();
    }

    @Bean
    ActionScopes enactActionScopes() {
        return new ActionScopes();
    }

    @Bean
    GovernedActions enactGovernedActions(ActionScopes scopes) {
        return scopes::current;
    }

    @Bean
    ScopePropagation enactScopePropagation(ActionScopes scopes) {
        return new ScopePropagation(scopes);
    }

    @Bean
    AsyncResults enactAsyncResults(ActionScopes scopes, ObjectProvider<ReactiveActor> reactiveActor) {
        return new AsyncResults(scopes, reactiveActor.getIfAvailable(() -> context -> Mono.empty()));
    }

    @Bean
    ActorChain enactActors(ObjectProvider<ActorResolver> resolvers, GateSettings settings) {
        List<ActorResolver> chain = new ArrayList<>(resolvers.orderedStream().toList());
        chain.add(ToolCallContext::namedActor);
        if (settings.actor() != null) {
            chain.add(toolContext -> settings.actor());
        }
        return new ActorChain(chain);
    }

    @Bean
    ActionDefinitions enactActionDefinitions(PolicySet policies) {
        return new ActionDefinitions(policies);
    }

    @Bean
    ArgumentBinder enactArgumentBinder() {
        return new ArgumentBinder();
    }

    @Bean
    InverseCapture enactInverseCapture(UndoLog undoLog, ArgumentBinder binder, GateSettings settings, GateState state) {
        return new InverseCapture(undoLog, binder, settings.mode(), state);
    }

    @Bean
    Outcomes enactOutcomes(
            ReceiptLog receipts,
            ObjectProvider<TransactionBoundary> transactions,
            @Qualifier("enactClock") Clock clock,
            GateState state) {
        return new Outcomes(receipts, transactions.getIfAvailable(TransactionBoundary::none), clock, state);
    }

    @Bean
    ActionsInFlight enactActionsInFlight(Outcomes outcomes) {
        return outcomes::isInFlight;
    }

    @Bean
    FailClosed enactDecisions(PolicySet policies, GateSettings settings) {
        return new FailClosed(policies, settings.mode());
    }

    @Bean
    RollbackGate enactRollbackGate(FailClosed decisions, IdGenerator ids, @Qualifier("enactClock") Clock clock) {
        return new RollbackPolicies(decisions, ids, clock);
    }

    @Bean
    GateRequests enactGateRequests(
            ActionScopes scopes,
            ActorChain actors,
            IdGenerator ids,
            @Qualifier("enactClock") Clock clock,
            GateSettings settings,
            GateState state) {
        return new GateRequests(scopes, actors, ids, clock, settings.mode(), state);
    }

    @Bean
    ActionGate enactActionGate(
            FailClosed decisions,
            ObjectProvider<Consents> consents,
            ReceiptLog receipts,
            InverseCapture inverses,
            Outcomes outcomes,
            ActionScopes scopes,
            AsyncResults results,
            GateRequests requests,
            GateSettings settings,
            GateState state,
            ObjectProvider<CallObserver> observers) {
        return new ActionGate(
                decisions,
                consents.getIfAvailable(() -> new NobodyAsked(settings.mode())),
                receipts,
                inverses,
                outcomes,
                scopes,
                results,
                requests,
                settings.mode(),
                state,
                observers.orderedStream().toList());
    }

    @Bean
    OutsideGate enactOutsideGate(
            ActionGate gate,
            ActionScopes scopes,
            FailClosed decisions,
            UndoLog undoLog,
            BlobStore blobs,
            ReceiptLog receipts,
            GateSettings settings,
            GateState state,
            IdGenerator ids,
            @Qualifier("enactClock") Clock clock) {
        OutsideSteps steps = new OutsideSteps(new StepRecords(undoLog), blobs, settings.mode(), state);
        return new DefaultOutsideGate(gate, scopes, decisions, steps, receipts, ids, clock);
    }

    @Bean
    Doors enactDoors(ActionGate gate, ActionDefinitions definitions, ArgumentBinder binder, AsyncResults results) {
        return new Doors(gate, definitions, binder, results);
    }

    @Bean
    ToolGate enactToolGate(
            ActionGate gate,
            ActionDefinitions definitions,
            ArgumentBinder binder,
            GateSettings settings,
            ObjectProvider<RemoteToolFinder> remote,
            ActorChain actors,
            ActionScopes scopes,
            ObjectProvider<ServedCallFinder> servedCalls) {
        return new ToolGate(
                gate,
                definitions,
                binder,
                new ToolArguments(settings.maxArgumentLength()),
                new ToolNames(remote.orderedStream().toList()),
                settings.tools(),
                actors,
                scopes,
                servedCalls.orderedStream().toList());
    }

    @Bean
    ServedTools enactServedTools(ToolGate tools, AsyncResults results) {
        return new ServedTools(tools, results);
    }

    @Bean
    RunScope enactRunScope(ActionScopes scopes, IdGenerator ids, GateSettings settings) {
        return new RunScope(scopes, ids, settings.runPerCall());
    }

    @Bean
    ChatClientBuilderCustomizer enactChatClientBuilderCustomizer(
            ToolGate tools, RunScope runs, ObjectProvider<ReactiveActor> reactiveActor, BeanFactory beanFactory) {
        ToolWrapper wrapper = new ToolWrapper(() -> tools, beanFactory);
        EnactToolAdvisor advisor =
                new EnactToolAdvisor(tools, wrapper, runs, reactiveActor.getIfAvailable(() -> context -> Mono.empty()));
        return builder -> builder.defaultAdvisors(advisor);
    }

    @Bean
    ActionCatalogue enactActionCatalogue(
            ActionDefinitions definitions,
            ObjectProvider<Connector> connectors,
            StepExecutor steps,
            ArgumentBinder binder,
            BeanFactory beanFactory) {
        return new ActionCatalogue(definitions, connectors.orderedStream().toList(), steps, binder, beanFactory);
    }

    @Bean
    RegisteredActions enactRegisteredActions(ActionCatalogue catalogue) {
        return new RegisteredActions() {
            @Override
            public @Nullable Reversibility reversibility(String action) {
                return catalogue.reversibility(action);
            }

            @Override
            public boolean isConnectorOperation(String action) {
                return catalogue.isConnectorOperation(action);
            }
        };
    }

    @Bean
    Enact enact(
            ActionGate gate,
            ActionCatalogue catalogue,
            BeanFactory beanFactory,
            ToolGate tools,
            ActionScopes scopes,
            PolicySet policies,
            RollbackService rollbacks,
            ActorChain actors,
            IdGenerator ids,
            @Qualifier("enactClock") Clock clock) {
        return new DefaultEnact(
                gate,
                catalogue,
                new ToolWrapper(() -> tools, beanFactory),
                scopes,
                policies,
                rollbacks,
                actors,
                ids,
                clock);
    }
}
