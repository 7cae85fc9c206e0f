package cloud.enact.autoconfigure;

import cloud.enact.connector.Connector;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.undo.StepExecutor;
import cloud.enact.workflow.ShippedWorkflow;
import java.util.List;
import java.util.Set;
import org.springframework.ai.tool.method.MethodToolCallbackProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Adds the workflows that are listed, and a provider of them as tools. */
final class WorkflowRegistrar implements BeanDefinitionRegistryPostProcessor {

    static final String PREFIX = "enactWorkflow.";

    static final String TOOLS = "enactWorkflowTools";

    private final Environment environment;

    WorkflowRegistrar(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        ConfigurableListableBeanFactory beans = (ConfigurableListableBeanFactory) registry;
        Set<ShippedWorkflow> listed = Binder.get(this.environment)
                .bind("enact.workflows", Bindable.setOf(ShippedWorkflow.class))
                .orElse(Set.of());
        for (ShippedWorkflow workflow : listed) {
            registry.registerBeanDefinition(PREFIX + workflow.id(), definition(workflow, workflow.type(), beans));
        }
        if (!listed.isEmpty()) {
            registry.registerBeanDefinition(
                    TOOLS,
                    new RootBeanDefinition(MethodToolCallbackProvider.class, () -> tools(List.copyOf(listed), beans)));
        }
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        // the registry is all this is about
    }

    @SuppressWarnings("unchecked")
    private static <T> RootBeanDefinition definition(
            ShippedWorkflow workflow, Class<T> type, ConfigurableListableBeanFactory beans) {
        return new RootBeanDefinition(
                type, () -> (T) workflow.create(connector(workflow, beans), beans.getBean(StepExecutor.class)));
    }

    private static MethodToolCallbackProvider tools(
            List<ShippedWorkflow> listed, ConfigurableListableBeanFactory beans) {
        return MethodToolCallbackProvider.builder()
                .toolObjects(listed.stream()
                        .map(workflow -> beans.getBean(PREFIX + workflow.id()))
                        .toArray())
                .build();
    }

    /** The only connector of its kind, or the one that is called as its kind. */
    private static Connector connector(ShippedWorkflow workflow, ConfigurableListableBeanFactory beans) {
        List<Connector> fitting = beans.getBeansOfType(Connector.class).values().stream()
                .filter(workflow::worksWith)
                .toList();
        Connector chosen = fitting.stream()
                .filter(connector -> fitting.size() == 1 || connector.name().equals(workflow.kind()))
                .findFirst()
                .orElseThrow(() -> new EnactStartupException(
                        "The workflow '" + workflow.id() + "' can't work: "
                                + (fitting.isEmpty()
                                        ? "there is no connector of the kind '" + workflow.kind() + "' that allows "
                                                + workflow.operations()
                                        : "nobody can tell which connector it is for: "
                                                + fitting.stream()
                                                        .map(Connector::name)
                                                        .sorted()
                                                        .toList()),
                        fitting.isEmpty()
                                ? "Configure one, or take '" + workflow.id() + "' out of enact.workflows."
                                : "Call one of them '" + workflow.kind() + "', or take '" + workflow.id()
                                        + "' out of enact.workflows and define its bean, a "
                                        + workflow.type().getName() + ", yourself."));
        Set<String> missing = workflow.missing(chosen);
        if (!missing.isEmpty()) {
            throw new EnactStartupException(
                    "The workflow '" + workflow.id() + "' can't work: connector '" + chosen.name() + "' does not allow "
                            + missing,
                    "Add them to the operations of that connector, or take '" + workflow.id()
                            + "' out of enact.workflows.");
        }
        return chosen;
    }
}
