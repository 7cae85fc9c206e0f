package cloud.enact.gate;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ReflectionUtils;

/**
 * The tools of this application that nobody annotated, as far as beans show them. MCP clients are left out: asking
 * them would connect to their servers.
 */
final class UnannotatedTools {

    private static final Log logger = LogFactory.getLog(UnannotatedTools.class);

    private final ConfigurableListableBeanFactory beanFactory;

    private final ToolGate tools;

    UnannotatedTools(ConfigurableListableBeanFactory beanFactory, ToolGate tools) {
        this.beanFactory = beanFactory;
        this.tools = tools;
    }

    /** Action names, and whether each may be called. */
    Map<String, Boolean> find() {
        Map<String, Boolean> found = new TreeMap<>();
        this.beanFactory
                .getBeansOfType(ToolCallback.class, false, false)
                .values()
                .forEach(tool -> add(tool, found));
        this.beanFactory.getBeansOfType(ToolCallbackProvider.class, false, false).values().stream()
                .filter(provider ->
                        !AopUtils.getTargetClass(provider).getName().startsWith("org.springframework.ai.mcp"))
                .forEach(provider -> add(provider, found));
        for (String name : this.beanFactory.getSingletonNames()) {
            Object bean = this.beanFactory.getSingleton(name);
            if (bean != null) {
                addMethods(AopUtils.getTargetClass(bean), found);
            }
        }
        return found;
    }

    private void add(ToolCallbackProvider provider, Map<String, Boolean> found) {
        try {
            for (ToolCallback tool : provider.getToolCallbacks()) {
                add(tool, found);
            }
        } catch (RuntimeException ex) {
            // only a listing: the provider will say itself what is wrong when it is used
            logger.debug("A tool callback provider could not list its tools", ex);
        }
    }

    private void add(ToolCallback tool, Map<String, Boolean> found) {
        ToolCallback inner = GatedToolCallback.unwrap(tool);
        ActionDefinition definition = this.tools.definition(inner);
        if (definition.method() == null && !(inner instanceof ConnectorTool)) {
            found.put(definition.name(), this.tools.allowList().allows(definition.name()));
        }
    }

    private void addMethods(Class<?> type, Map<String, Boolean> found) {
        if (type.getName().startsWith("org.springframework.") || type.getName().startsWith("java.")) {
            return;
        }
        ReflectionUtils.doWithLocalMethods(type, method -> add(method, found));
    }

    private void add(Method method, Map<String, Boolean> found) {
        MergedAnnotations annotations = MergedAnnotations.from(method, MergedAnnotations.SearchStrategy.TYPE_HIERARCHY);
        MergedAnnotation<?> called = annotations.get(Tool.class);
        MergedAnnotation<?> tool = called.isPresent() ? called : annotations.get(ActionDefinitions.MCP_TOOL);
        if (tool.isPresent() && !ActionDefinitions.isGoverned(method)) {
            String given = tool.getString("name");
            String name = ToolNames.local(given.isEmpty() ? method.getName() : given);
            found.put(name, this.tools.allowList().allows(name));
        }
    }
}
