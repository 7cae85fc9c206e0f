package cloud.enact.gate;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/** A field of a library's class that tells nothing about itself otherwise. Thread-safe. */
public final class HiddenField {

    private final Field field;

    private HiddenField(Field field) {
        this.field = field;
    }

    /**
     * The field of that name.
     *
     * @throws EnactStartupException when the class has none any more
     */
    public static HiddenField of(Class<?> type, String name) {
        Field field = ReflectionUtils.findField(type, name);
        if (field == null) {
            throw new EnactStartupException(
                    "The class " + type.getSimpleName() + " of Spring AI or MCP has no field '" + name
                            + "' any more, so what stands behind a tool can't be seen.",
                    "Use the Spring AI version this version of Enact was built for.");
        }
        ReflectionUtils.makeAccessible(field);
        return new HiddenField(field);
    }

    /** What the field holds in an object. */
    public @Nullable Object in(Object object) {
        return ReflectionUtils.getField(this.field, object);
    }
}
