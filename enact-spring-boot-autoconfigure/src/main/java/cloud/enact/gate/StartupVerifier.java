package cloud.enact.gate;

import cloud.enact.EnactAction;
import cloud.enact.connector.Connector;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.KnownAction;
import cloud.enact.policy.KnownActions;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Refuses to start an application in which something governed would run ungated: every governed bean carries its
 * gate, every annotation makes sense, and a canary call is really stopped.
 */
final class StartupVerifier implements SmartInitializingSingleton {

    private static final Log logger = LogFactory.getLog(StartupVerifier.class);

    /** Connectors don't list the arguments of their operations; they name what they work on in one of these ways. */
    private static final List<String> CONNECTED = List.of("path", "table", "url", "channel", "to");

    private final ConfigurableListableBeanFactory beanFactory;

    private final GovernedBeans governedBeans;

    private final EnactBeanPostProcessor postProcessor;

    private final ActionDefinitions definitions;

    private final EnactCanary canary;

    private final UnannotatedTools unannotated;

    private final StartupRecords records;

    private final GateSettings settings;

    private final ApplicationEventPublisher events;

    StartupVerifier(
            ConfigurableListableBeanFactory beanFactory,
            GovernedBeans governedBeans,
            EnactBeanPostProcessor postProcessor,
            ActionDefinitions definitions,
            EnactCanary canary,
            UnannotatedTools unannotated,
            StartupRecords records,
            GateSettings settings,
            ApplicationEventPublisher events) {
        this.beanFactory = beanFactory;
        this.governedBeans = governedBeans;
        this.postProcessor = postProcessor;
        this.definitions = definitions;
        this.canary = canary;
        this.unannotated = unannotated;
        this.records = records;
        this.settings = settings;
        this.events = events;
    }

    @Override
    public void afterSingletonsInstantiated() {
        readDefinitions();
        requireGates();
        requireClosedGate();
        this.records.recordConfiguration();
        this.records.reportInDoubt();
        report();
    }

    private void readDefinitions() {
        for (String name : this.governedBeans.names()) {
            this.governedBeans
                    .governed(name)
                    .methods()
                    .forEach(method -> this.definitions.find(ActionDefinitions.specific(
                            method, this.governedBeans.governed(name).type())));
        }
    }

    private void requireGates() {
        for (String name : this.beanFactory.getSingletonNames()) {
            Object bean = this.beanFactory.getSingleton(name);
            if (bean == null || !isCandidate(bean) || this.postProcessor.isGated(bean)) {
                continue;
            }
            throw new EnactStartupException(
                    "Bean '" + name + "' of type "
                            + AopUtils.getTargetClass(bean).getName() + " has @"
                            + EnactAction.class.getSimpleName() + " methods but did not get its gate: it was made"
                            + " before bean post-processors were ready, or put into the context by hand.",
                    "Don't let a BeanPostProcessor or BeanFactoryPostProcessor depend on it, and define it as a bean"
                            + " rather than with registerSingleton(..).");
        }
    }

    private static boolean isCandidate(Object bean) {
        String type = AopUtils.getTargetClass(bean).getName();
        return !type.startsWith("org.springframework.") && !type.startsWith("java.");
    }

    private void requireClosedGate() {
        try {
            this.canary.sing();
        } catch (ActionBlockedException ex) {
            boolean byPolicy = ex.getDecision().verdicts().stream()
                    .noneMatch(verdict -> verdict.policy().equals(VerdictNames.RECEIPTS));
            if (byPolicy) {
                return;
            }
            throw new EnactStartupException(
                    "The receipt store takes no receipts, so no governed action could ever run: " + ex.getMessage(),
                    "Look at the error above and check enact.receipts: the store must be writable.",
                    ex);
        }
        throw new EnactStartupException(
                "The start-up check '" + EnactCanary.NAME + "' was not stopped: the gate is open.",
                "This is a defect or a decision point that lets everything pass; check beans of type" + " PolicySet.");
    }

    private void report() {
        Set<String> actions = new TreeSet<>(this.definitions.names());
        actions.remove(EnactCanary.NAME);
        logger.info("Enact guards " + actions.size() + " annotated " + ((actions.size() == 1) ? "action" : "actions")
                + ", receipts in " + this.settings.receipts()
                + ((this.settings.mode() == EnactMode.OBSERVE) ? ", observing only" : ""));
        List<String> blocked = new ArrayList<>();
        List<String> allowed = new ArrayList<>();
        this.unannotated.find().forEach((action, allows) -> (allows ? allowed : blocked).add(action));
        if (!blocked.isEmpty() || !allowed.isEmpty()) {
            logger.info(describe(allowed, blocked));
        }
        List<KnownAction> known = new ArrayList<>();
        actions.forEach(action -> known.add(new KnownAction(action, arguments(action))));
        allowed.forEach(action -> known.add(new KnownAction(action, List.of())));
        this.beanFactory
                .getBeansOfType(Connector.class, false, false)
                .values()
                .forEach(connector -> connector
                        .operations()
                        .forEach(operation ->
                                known.add(new KnownAction(connector.name() + "." + operation, CONNECTED))));
        this.events.publishEvent(new KnownActions(known));
    }

    private List<String> arguments(String action) {
        Method method = this.definitions.method(action);
        return (method != null)
                ? Arrays.stream(method.getParameters()).map(Parameter::getName).toList()
                : List.of();
    }

    private String describe(List<String> allowed, List<String> blocked) {
        StringBuilder text = new StringBuilder("Tools without @EnactAction:");
        if (!allowed.isEmpty()) {
            text.append(" allowed ").append(String.join(", ", allowed)).append('.');
        }
        if (!blocked.isEmpty()) {
            text.append((this.settings.mode() == EnactMode.OBSERVE) ? " enforcing would block " : " blocked ")
                    .append(String.join(", ", blocked))
                    .append(". To allow them:\nenact:\n  tools:\n    allow:");
            blocked.forEach(action -> text.append("\n      - \"").append(action).append('"'));
        }
        return text.toString();
    }
}
