package cloud.enact.autoconfigure;

import cloud.enact.connector.postgres.ConnectionGuard;
import cloud.enact.connector.postgres.GuardSettings;
import cloud.enact.undo.GovernedActions;
import cloud.enact.undo.StepExecutor;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Puts a guard over every connection to PostgreSQL that a data source of the application hands out. A data source
 * that hands out the connections of a guarded one stays as it is.
 */
final class GuardedDataSources implements BeanPostProcessor {

    private final ObjectProvider<EnactProperties> properties;

    private final ObjectProvider<GovernedActions> actions;

    private final ObjectProvider<StepExecutor> steps;

    GuardedDataSources(
            ObjectProvider<EnactProperties> properties,
            ObjectProvider<GovernedActions> actions,
            ObjectProvider<StepExecutor> steps) {
        this.properties = properties;
        this.actions = actions;
        this.steps = steps;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (!(bean instanceof DataSource dataSource) || handsOutGuarded(dataSource)) {
            return bean;
        }
        ProxyFactory factory = new ProxyFactory(dataSource);
        factory.setProxyTargetClass(isExtensible(dataSource.getClass()));
        // what it needs is made with the first connection, long after the data source itself
        factory.addAdvice(new Guarding(SingletonSupplier.of(() -> guard(beanName))));
        return factory.getProxy(bean.getClass().getClassLoader());
    }

    /** Whether a data source is no database of its own, but leads to others that are guarded. */
    static boolean leadsToGuarded(DataSource dataSource) {
        return isSpringJdbcPresent() && Delegating.leadsToGuarded(dataSource);
    }

    /** Looking at a connection would do no harm, but some of these make none until it is needed. */
    private static boolean handsOutGuarded(DataSource dataSource) {
        return isSpringJdbcPresent() && Delegating.handsOutGuarded(dataSource);
    }

    private static boolean isSpringJdbcPresent() {
        return ClassUtils.isPresent("org.springframework.jdbc.datasource.DelegatingDataSource", null);
    }

    /** What is final would be called past the guard. */
    private static boolean isExtensible(Class<?> type) {
        return !Modifier.isFinal(type.getModifiers())
                && Arrays.stream(type.getMethods())
                        .filter(method -> Connection.class.isAssignableFrom(method.getReturnType()))
                        .noneMatch(method -> Modifier.isFinal(method.getModifiers()));
    }

    private ConnectionGuard guard(String beanName) {
        return new ConnectionGuard(
                new GuardSettings(
                        beanName, this.properties.getObject().postgres().unprotectedWrite()),
                this.actions.getObject(),
                this.steps.getObject());
    }

    /** Guards the connections a method returns. */
    private record Guarding(Supplier<ConnectionGuard> guard) implements MethodInterceptor {

        @Override
        public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
            Object result = invocation.proceed();
            if (result instanceof Connection connection && isToGuard(connection)) {
                return this.guard.get().guard(connection);
            }
            return result;
        }

        private static boolean isToGuard(Connection connection) throws Exception {
            return connection.isWrapperFor(PGConnection.class)
                    && !connection.isWrapperFor(ConnectionGuard.Guarded.class);
        }
    }

    /** Only loaded where spring-jdbc is. */
    private static final class Delegating {

        /** What it routes to may change later, so its connections are looked at all the same. */
        static boolean leadsToGuarded(DataSource dataSource) {
            return (dataSource instanceof AbstractRoutingDataSource routing)
                    ? routing.getResolvedDataSources().values().stream().allMatch(Delegating::isGuarded)
                    : handsOutGuarded(dataSource);
        }

        static boolean handsOutGuarded(DataSource dataSource) {
            return dataSource instanceof DelegatingDataSource delegating
                    && delegating.getTargetDataSource() != null
                    && isGuarded(delegating.getTargetDataSource());
        }

        private static boolean isGuarded(DataSource target) {
            return (target instanceof Advised advised)
                    ? Arrays.stream(advised.getAdvisors()).anyMatch(advisor -> advisor.getAdvice() instanceof Guarding)
                    : handsOutGuarded(target);
        }
    }
}
