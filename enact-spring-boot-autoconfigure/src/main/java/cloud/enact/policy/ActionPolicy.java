package cloud.enact.policy;

import cloud.enact.action.ActionRequest;

/**
 * One deterministic rule over a request. A bean of this type joins the policy set.
 *
 * <ol>
 *   <li>Deterministic and local: no model, no network; the same request gives the same verdict.
 *   <li>Total: any request, hostile or incomplete, gets a verdict. Whatever it throws, and {@code null}, is a BLOCK
 *       that names it.
 *   <li>Thread-safe.
 *   <li>Outside what it applies to it answers ABSTAIN.
 * </ol>
 */
public interface ActionPolicy {

    /** The policy's name, kebab-case with its category, such as {@code git.dont-push-to-main}. */
    String name();

    /** Judges one request. */
    Verdict judge(ActionRequest request);
}
