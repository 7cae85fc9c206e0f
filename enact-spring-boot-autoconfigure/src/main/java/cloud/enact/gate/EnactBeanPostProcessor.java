package cloud.enact.gate;

import java.lang.reflect.Method;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.SmartInstantiationAwareBeanPostProcessor;

/**
 * Hangs the gate on governed bean methods, whatever the application's AOP settings: always a class proxy, because
 * Spring AI calls tool methods through the class.
 *
 * <p>Deliberately without an order of its own: it runs behind the ordered post-processors, so that the gate can be put
 * outside of the advice they add (transactions, retries) and inside method security.
 */
final class EnactBeanPostProcessor
        implements SmartInstantiationAwareBeanPostProcessor, BeanFactoryAware, BeanClassLoaderAware {

    /** Inside Spring Security's method interceptors (100 to 600), outside of everything else. */
    static final int ORDER = 700;

    private final Advising advising;

    private final Advisor advisor;

    private final GovernedBeans governedBeans;

    EnactBeanPostProcessor(ObjectProvider<Doors> doors, GovernedBeans governedBeans) {
        this.governedBeans = governedBeans;
        DefaultPointcutAdvisor gate =
                new DefaultPointcutAdvisor(new GovernedMethods(), new EnactMethodInterceptor(doors));
        gate.setOrder(ORDER);
        this.advisor = gate;
        this.advising = new Advising(gate);
    }

    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        this.advising.setBeanFactory(beanFactory);
    }

    @Override
    public void setBeanClassLoader(ClassLoader classLoader) {
        this.advising.setProxyClassLoader(classLoader);
    }

    @Override
    public Class<?> determineBeanType(Class<?> beanClass, String beanName) {
        return this.advising.determineBeanType(beanClass, beanName);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof AopInfrastructureBean) {
            return bean;
        }
        if (!isGoverned(bean)) {
            refuseHidden(bean, beanName);
            return bean;
        }
        GovernedClass governed = GovernedClass.of(AopUtils.getTargetClass(bean));
        governed.requireReachable(beanName);
        if (bean instanceof Advised advised) {
            // woven methods too: their own gate is inside of transactions and retries
            if (advised.isFrozen() && !governed.isWoven()) {
                throw new EnactStartupException(
                        "Bean '" + beanName + "' has governed methods, but its proxy is frozen and takes no gate.",
                        "Let the proxy be made without frozen=true.");
            }
            if (!advised.isFrozen()) {
                place(advised);
            }
            return bean;
        }
        if (governed.isWoven()) {
            return bean;
        }
        return this.advising.postProcessAfterInitialization(bean, beanName);
    }

    /** What Spring keeps for a factory method that returned {@code null}; its type can't be named. */
    private static boolean isNull(Object bean) {
        return bean.getClass().getName().equals("org.springframework.beans.factory.support.NullBean");
    }

    /** Whether a bean carries the gate where a governed method needs one. */
    boolean isGated(Object bean) {
        if (!isGoverned(bean)) {
            return true;
        }
        return (bean instanceof Advised advised && advised.indexOf(this.advisor) >= 0)
                || GovernedClass.of(AopUtils.getTargetClass(bean)).isWoven();
    }

    /** A proxy that is not Spring's hides the annotations of what it stands before, and would lead past the gate. */
    private void refuseHidden(Object bean, String beanName) {
        GovernedClass governed = this.governedBeans.find(beanName);
        if (governed == null || governed.isWoven() || bean instanceof FactoryBean || isNull(bean)) {
            return;
        }
        throw new EnactStartupException(
                "Bean '" + beanName + "' of type " + governed.type().getName()
                        + " has governed methods, but a bean post-processor wrapped it into "
                        + bean.getClass().getName() + ", which hides them from the gate.",
                "Let that post-processor run last (without Ordered or PriorityOrdered), let it use Spring's ProxyFactory,"
                        + " or put the annotations on the interface.");
    }

    private boolean isGoverned(Object bean) {
        return AopUtils.canApply(this.advisor, AopUtils.getTargetClass(bean));
    }

    private void place(Advised advised) {
        advised.removeAdvisor(this.advisor);
        Advisor[] advisors = advised.getAdvisors();
        int position = 0;
        for (int i = 0; i < advisors.length; i++) {
            if (isSecurity(advisors[i])) {
                position = i + 1;
            }
        }
        advised.addAdvisor(position, this.advisor);
    }

    /** By name, because Spring Security need not be there. */
    private static boolean isSecurity(Advisor advisor) {
        return advisor.getClass().getName().startsWith("org.springframework.security.")
                || advisor.getAdvice().getClass().getName().startsWith("org.springframework.security.");
    }

    /** Every governed method of a class, however the annotation got there. */
    static final class GovernedMethods extends StaticMethodMatcherPointcut {

        @Override
        public boolean matches(Method method, Class<?> targetClass) {
            return ActionDefinitions.isGoverned(ActionDefinitions.specific(method, targetClass));
        }
    }

    private static final class Advising extends AbstractBeanFactoryAwareAdvisingPostProcessor {

        private Advising(Advisor advisor) {
            this.advisor = advisor;
        }

        @Override
        public void setBeanFactory(BeanFactory beanFactory) {
            super.setBeanFactory(beanFactory);
            setProxyTargetClass(true);
        }

        @Override
        protected ProxyFactory prepareProxyFactory(Object bean, String beanName) {
            ProxyFactory factory = super.prepareProxyFactory(bean, beanName);
            factory.setProxyTargetClass(true);
            return factory;
        }
    }
}
