package cloud.enact.policy.cel;

import cloud.enact.action.*;
import cloud.enact.policy.*;

public final class CelExpressionCompiler implements ExpressionCompiler {
    public ActionPolicy compile(String name, Effect effect, String expression, String reason, String origin) {
        if (expression.contains("size( <")) throw new PolicyConfigurationException(origin + " " + expression, "x");
        return new ActionPolicy() {
            public String name() {
                return name;
            }

            public Verdict judge(ActionRequest r) {
                boolean b = switch (expression) {
                    case "true" -> true;
                    case "args.reason.size() < 10" -> ((String) r.args().get("reason")).length() < 10;
                    case "args.id > 5" -> ((Long) r.args().get("id")) > 5;
                    default -> throw new IllegalStateException();
                };
                return b ? new Verdict(name, effect, reason, null) : Verdict.abstain(name);
            }
        };
    }
}
