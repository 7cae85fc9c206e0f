package cloud.enact.receipt.export;

import cloud.enact.receipt.Receipt;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Members of a receipt, or of an object in it, read without trust in what they are. */
record Fields(Map<?, ?> values) {

    /** Everything a receipt says; nothing for one that can't be read. */
    static Fields of(Receipt receipt) {
        return new Fields((receipt.damage() == null) ? receipt.fields() : Map.of());
    }

    @Nullable
    String text(String name) {
        return (this.values.get(name) instanceof String text) ? text : null;
    }

    Fields object(String name) {
        return new Fields((this.values.get(name) instanceof Map<?, ?> object) ? object : Map.of());
    }

    List<Fields> objects(String name) {
        return (this.values.get(name) instanceof List<?> list)
                ? list.stream()
                        .flatMap(value -> (value instanceof Map<?, ?> object) ? Stream.of(object) : Stream.empty())
                        .<Fields>map(Fields::new)
                        .toList()
                : List.of();
    }

    List<String> texts(String name) {
        return (this.values.get(name) instanceof List<?> list)
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    /** Names of the policies that decided: those with the strictest effect, which is the decision. */
    List<String> decidingPolicies() {
        String decision = text("decision");
        return objects("policy_results").stream()
                .filter(verdict -> decision != null && decision.equals(verdict.text("effect")))
                .map(verdict -> verdict.text("policy"))
                .filter(Objects::nonNull)
                .<String>map(Objects::requireNonNull)
                .toList();
    }
}
