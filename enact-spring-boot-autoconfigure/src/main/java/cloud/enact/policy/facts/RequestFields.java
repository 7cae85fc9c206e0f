package cloud.enact.policy.facts;

import cloud.enact.action.ActionEffect;
import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.ResourceRef;
import cloud.enact.policy.EarlierAction;
import cloud.enact.policy.PolicyInputs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is to be seen of a call besides its arguments. */
final class RequestFields {

    static final FactType<ActionRequest> ACTION = FactType.<ActionRequest>named("action")
            .with("name", Shape.Simple.TEXT, ActionRequest::action)
            .with("system", Shape.Simple.TEXT, ActionRequest::system)
            .with(
                    "reversibility",
                    Shape.Simple.TEXT,
                    request -> request.reversibility().name());

    static final FactType<Actor> ACTOR = FactType.<Actor>named("actor")
            .with("id", Shape.Simple.TEXT, Actor::id)
            .with("roles", Texts.SHAPE, actor -> List.copyOf(actor.roles()))
            .with("attributes", new Shape.MapOf(Shape.Simple.ANYTHING), Actor::attributes)
            .with("agent", Shape.Simple.TEXT_OR_NULL, Actor::agent)
            .with("on_behalf_of", Shape.Simple.TEXT_OR_NULL, Actor::onBehalfOf)
            .with("source", Shape.Simple.TEXT, Actor::source);

    static final FactType<ResourceRef> RESOURCE = FactType.<ResourceRef>named("resource")
            .with("type", Shape.Simple.TEXT, ResourceRef::type)
            .with("id", Shape.Simple.TEXT, ResourceRef::id);

    static final FactType<ActionEffect> EFFECT = FactType.<ActionEffect>named("effect")
            .withOptional(
                    "rows", Shape.Simple.NUMBER, effect -> effect.unmeasured().isEmpty() ? effect.rows() : null)
            .with("tables", new Shape.MapOf(Shape.Simple.NUMBER), ActionEffect::tables)
            .with("unmeasured", Texts.SHAPE, ActionEffect::unmeasured);

    private static final FactType<EarlierAction> EARLIER = FactType.<EarlierAction>named("earlier action")
            .with("name", Shape.Simple.TEXT, EarlierAction::action)
            .with("args", new Shape.MapOf(Shape.Simple.ANYTHING), EarlierAction::args)
            .with("actor", Shape.Simple.TEXT, EarlierAction::actor)
            .with("timestamp", Shape.Simple.TIME, EarlierAction::timestamp)
            .withOptional(
                    "effect",
                    new Shape.Thing(EFFECT),
                    earlier -> (earlier.effect() != null) ? EFFECT.view(earlier.effect()) : null);

    static final FactType<PolicyInputs> RUN = FactType.<PolicyInputs>named("run")
            .with("id", Shape.Simple.TEXT, call -> call.request().run().id().toString())
            .with(
                    "name",
                    Shape.Simple.TEXT_OR_NULL,
                    call -> call.request().run().name())
            .withThings("actions", EARLIER, PolicyInputs::earlier)
            .with(
                    "names",
                    Texts.SHAPE,
                    call -> call.earlier().stream().map(EarlierAction::action).toList())
            .with("counts", new Shape.MapOf(Shape.Simple.NUMBER), RequestFields::counts)
            .with("count", Shape.Simple.NUMBER, call -> (long) call.earlier().size());

    private RequestFields() {}

    private static Map<String, Long> counts(PolicyInputs call) {
        Map<String, Long> counts = new LinkedHashMap<>();
        call.earlier().forEach(earlier -> counts.merge(earlier.action(), 1L, Long::sum));
        return counts;
    }
}
