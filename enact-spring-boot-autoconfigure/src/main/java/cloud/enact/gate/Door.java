package cloud.enact.gate;

/** The doors that lead to the gate, from the outermost to the innermost. */
enum Door {
    /** Code called {@code Enact.run} or {@code Enact.gate}. */
    CODE,
    /** A model called a tool callback. */
    CALLBACK,
    /** A Spring proxy caught a method call. */
    PROXY,
    /** Woven code caught a method call. */
    WOVEN
}
