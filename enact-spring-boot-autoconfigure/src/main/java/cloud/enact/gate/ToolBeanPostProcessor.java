package cloud.enact.gate;

import java.util.function.Predicate;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.resolution.ToolCallbackResolver;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Hangs the gate on beans that lead to tools: callbacks, providers, resolvers, the tool calling manager. */
final class ToolBeanPostProcessor implements BeanPostProcessor {

    private final ToolWrapper wrapper;

    private final ObjectProvider<ToolGate> tools;

    private final ObjectProvider<RunScope> runs;

    private final ObjectProvider<ToolCallbackResolver> resolvers;

    private final ObjectProvider<GateSettings> settings;

    private final boolean fallback;

    ToolBeanPostProcessor(
            ObjectProvider<ToolGate> tools,
            ObjectProvider<RunScope> runs,
            ObjectProvider<ToolCallbackResolver> resolvers,
            ObjectProvider<GateSettings> settings,
            BeanFactory beanFactory,
            boolean fallback) {
        this.wrapper = new ToolWrapper(tools::getObject, beanFactory);
        this.tools = tools;
        this.runs = runs;
        this.resolvers = resolvers;
        this.settings = settings;
        this.fallback = fallback;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof ToolCallingManager manager && !this.wrapper.isGated(bean)) {
            Predicate<String> resolvable = name -> this.fallback && resolves(name);
            return new GatingToolCallingManager(
                    manager,
                    this.tools::getObject,
                    this.wrapper,
                    this.runs::getObject,
                    () -> this.settings.getObject().strict(),
                    resolvable);
        }
        return this.wrapper.wrapBean(bean);
    }

    private boolean resolves(String name) {
        return this.resolvers.stream().anyMatch(resolver -> resolver.resolve(name) != null);
    }
}
