package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.EnactAction;
import cloud.enact.receipt.ReceiptKind;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Objects without an end are given up early, and those that can't be looked at stop no decision. */
class EndlessArgumentTests {

    @TempDir
    Path directory;

    @Test
    void objectThatHoldsItselfIsGivenUpLongBeforeTheStackEnds() {
        application().run(context -> {
            Ring ring = Ring.ofTwo();

            assertThat(context.getBean(Desk.class).take(ring)).isEqualTo("taken");

            assertThat(ring.looks).isLessThan(200);
            assertThat(taken(context)).isEqualTo(Map.of("java_type", Ring.class.getName()));
        });
    }

    @Test
    void listThatHoldsItselfIsGivenUpLongBeforeTheStackEnds() {
        application().run(context -> {
            List<Object> list = new ArrayList<>();
            int[] looks = new int[1];
            list.add(new AbstractList<>() {
                @Override
                public Object get(int index) {
                    looks[0]++;
                    return list;
                }

                @Override
                public int size() {
                    return 1;
                }
            });

            assertThat(context.getBean(Desk.class).take(list)).isEqualTo("taken");

            assertThat(looks[0]).isLessThan(200);
        });
    }

    @Test
    void listsThatShareListsAreGivenUpBeforeMemoryEnds() {
        application().run(context -> {
            List<Object> shared = List.of();
            for (int i = 0; i < 60; i++) {
                shared = List.of(shared, shared);
            }

            assertThat(context.getBean(Desk.class).take(shared)).isEqualTo("taken");

            assertThat(taken(context)).isInstanceOf(Map.class);
        });
    }

    @Test
    void listThatCannotBeReadYetIsSeenAsItsTypeAndDecidedOn() {
        application().run(context -> {
            Lazy lazy = new Lazy();

            assertThat(context.getBean(Desk.class).take(lazy)).isEqualTo("taken");

            assertThat(taken(context)).isEqualTo(Map.of("java_type", Lazy.class.getName()));
        });
    }

    private ApplicationContextRunner application() {
        return GateHarness.application(this.directory).withBean(Desk.class);
    }

    private static Object taken(ApplicationContext context) {
        return ((Map<?, ?>) GateHarness.receipts(context, "desk.take", ReceiptKind.DECIDED)
                        .get(0)
                        .fields()
                        .get("payload"))
                .get("thing");
    }

    static class Desk {

        @EnactAction("desk.take")
        public String take(Object thing) {
            return "taken";
        }
    }

    /** Holds another one that holds it. */
    public static class Ring {

        private int looks;

        private Ring other = this;

        static Ring ofTwo() {
            Ring ring = new Ring();
            ring.other = new Ring();
            ring.other.other = ring;
            return ring;
        }

        public Ring getNext() {
            this.looks++;
            return this.other;
        }
    }

    /** Throws as the lists of JPA do outside of their session. */
    static class Lazy extends AbstractList<String> {

        @Override
        public String get(int index) {
            throw new IllegalStateException("no session");
        }

        @Override
        public int size() {
            throw new IllegalStateException("no session");
        }
    }
}
