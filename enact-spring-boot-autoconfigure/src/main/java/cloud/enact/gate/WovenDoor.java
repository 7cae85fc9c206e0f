package cloud.enact.gate;

import org.aspectj.lang.Aspects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/** Attaches this application's gate to the AspectJ aspect while it runs, where the aspect is woven. */
final class WovenDoor implements InitializingBean, DisposableBean {

    private final Doors doors;

    private @Nullable EnactAspect aspect;

    WovenDoor(Doors doors) {
        this.doors = doors;
    }

    @Override
    public void afterPropertiesSet() {
        if (Aspects.hasAspect(EnactAspect.class)) {
            this.aspect = Aspects.aspectOf(EnactAspect.class);
            this.aspect.attach(this.doors);
        }
    }

    @Override
    public void destroy() {
        if (this.aspect != null) {
            this.aspect.detach(this.doors);
        }
    }
}
