package cloud.enact.doubles.github;

/** A request that GitHub would not carry out. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    Refusal(int status, String message) {
        super(message);
        this.status = status;
    }

    static Refusal notFound() {
        return new Refusal(404, "Not Found");
    }

    static Refusal invalid(String message) {
        return new Refusal(422, message);
    }

    int status() {
        return this.status;
    }

    Answer answer() {
        return Answer.refused(this.status, String.valueOf(getMessage()));
    }
}
