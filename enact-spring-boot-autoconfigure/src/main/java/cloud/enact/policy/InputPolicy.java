package cloud.enact.policy;

import cloud.enact.action.ActionRequest;

/** A policy that reads a call through {@link PolicyInputs}, which all policies of one decision share. */
public interface InputPolicy extends ActionPolicy {

    /** Judges one request by its inputs. */
    Verdict judge(PolicyInputs inputs);

    @Override
    default Verdict judge(ActionRequest request) {
        return judge(PolicyInputs.of(request));
    }
}
