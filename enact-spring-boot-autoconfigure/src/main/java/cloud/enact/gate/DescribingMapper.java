package cloud.enact.gate;

import cloud.enact.action.Arguments;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.util.JsonGeneratorDelegate;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.ser.SerializationContextExt;
import tools.jackson.databind.util.TokenBuffer;

/**
 * Turns Java arguments into what policies see. It looks at fields as well as getters and heeds no annotation that
 * hides a property from JSON: what the method gets, a policy must be able to see. Thread-safe.
 */
final class DescribingMapper {

    /** More lists and objects than any argument needs; objects that share others can otherwise lead on for years. */
    private static final int MOST_CONTAINERS = 100_000;

    private static final StreamWriteConstraints DEPTH = StreamWriteConstraints.builder()
            .maxNestingDepth(Arguments.MAX_DEPTH)
            .build();

    private final JsonMapper mapper = JsonMapper.builder()
            .findAndAddModules()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .changeDefaultVisibility(visibility -> visibility.withFieldVisibility(Visibility.ANY))
            .annotationIntrospector(new NothingHidden())
            .build();

    /**
     * The value as maps, lists and scalars.
     *
     * @throws RuntimeException when it can't be turned into those, or has no end
     */
    @Nullable
    Object tree(Object value) {
        SerializationContextExt context = this.mapper._serializationContext();
        TokenBuffer tokens = context.bufferForValueConversion().forceUseOfBigDecimal(true);
        context.serializeValue(new Bounded(tokens), value);
        return this.mapper.readValue(tokens, Object.class);
    }

    /**
     * Gives up on objects that hold themselves. Waiting for the stack to end would be too late: a class that happens to
     * be loaded there can't be used any more until the JVM ends.
     */
    private static final class Bounded extends JsonGeneratorDelegate {

        private int containers;

        private Bounded(TokenBuffer tokens) {
            super(tokens, false);
        }

        @Override
        public JsonGenerator writeStartArray() {
            return entered(super.writeStartArray());
        }

        @Override
        public JsonGenerator writeStartArray(Object value) {
            return entered(super.writeStartArray(value));
        }

        @Override
        public JsonGenerator writeStartArray(Object value, int size) {
            return entered(super.writeStartArray(value, size));
        }

        @Override
        public JsonGenerator writeStartObject() {
            return entered(super.writeStartObject());
        }

        @Override
        public JsonGenerator writeStartObject(Object value) {
            return entered(super.writeStartObject(value));
        }

        @Override
        public JsonGenerator writeStartObject(Object value, int size) {
            return entered(super.writeStartObject(value, size));
        }

        private JsonGenerator entered(JsonGenerator self) {
            DEPTH.validateNestingDepth(streamWriteContext().getNestingDepth());
            if (++this.containers > MOST_CONTAINERS) {
                throw new IllegalArgumentException("More than " + MOST_CONTAINERS + " lists and objects");
            }
            return self;
        }
    }

    /** Reads Jackson's annotations, but for those that hide. */
    private static final class NothingHidden extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public boolean hasIgnoreMarker(MapperConfig<?> config, AnnotatedMember member) {
            return false;
        }

        @Override
        public JsonProperty.@Nullable Access findPropertyAccess(MapperConfig<?> config, Annotated annotated) {
            return null;
        }

        @Override
        public JsonIgnoreProperties.Value findPropertyIgnoralByName(MapperConfig<?> config, Annotated annotated) {
            return JsonIgnoreProperties.Value.empty();
        }
    }
}
