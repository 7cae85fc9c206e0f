package cloud.enact.gate;

/** The doors that lead to the gate, from the outermost to the innermost. */
enum Door {
    /** An agent outside asked whose own user can be asked where nobody else can. */
    OUTSIDE,
    /** Code called {@code Enact.run} or {@code Enact.gate}. */
    CODE,
    /** A model called a tool callback. */
    CALLBACK,
    /** A model called a tool callback that decorates no other, so that no further callback belongs to the call. */
    TOOL,
    /** A Spring proxy caught a method call. */
    PROXY,
    /** Woven code caught a method call. */
    WOVEN
}
