package cloud.enact.gate;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/** Attaches this application's gate to the AspectJ aspect while it runs. */
final class WovenDoor implements InitializingBean, DisposableBean {

    private final Doors doors;

    WovenDoor(Doors doors) {
        this.doors = doors;
    }

    @Override
    public void afterPropertiesSet() {
        EnactAspect.aspectOf().attach(this.doors);
    }

    @Override
    public void destroy() {
        EnactAspect.aspectOf().detach(this.doors);
    }
}
