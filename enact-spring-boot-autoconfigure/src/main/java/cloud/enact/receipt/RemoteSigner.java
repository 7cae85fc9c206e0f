package cloud.enact.receipt;

import java.util.function.UnaryOperator;

/** A key that somebody else keeps: signs there, verifies and derives here. */
final class RemoteSigner implements ReceiptSigner {

    private final ReceiptVerificationKey key;

    private final UnaryOperator<byte[]> service;

    private final ReceiptSigner local;

    RemoteSigner(ReceiptVerificationKey key, UnaryOperator<byte[]> service, String derivationSecret) {
        this.key = key;
        this.service = service;
        this.local = ReceiptSigner.hs256(derivationSecret);
    }

    @Override
    public String kid() {
        return this.key.kid();
    }

    @Override
    public String alg() {
        return this.key.alg();
    }

    @Override
    public byte[] sign(byte[] bytes) {
        byte[] signature = this.service.apply(bytes);
        // a service that signs with another key must not fill the log with what never verifies
        if (!this.key.verify(bytes, signature)) {
            throw new IllegalStateException("The service signed with another key than '" + kid() + "'");
        }
        return signature;
    }

    @Override
    public ReceiptVerificationKey verificationKey() {
        return this.key;
    }

    @Override
    public byte[] derive(String purpose) {
        return this.local.derive(purpose);
    }
}
