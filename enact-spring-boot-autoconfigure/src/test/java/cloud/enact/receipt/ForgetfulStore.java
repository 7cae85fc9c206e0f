package cloud.enact.receipt;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A store in memory that refuses outcomes while a test wants that, as if its disk were full just then. */
public final class ForgetfulStore {

    private final AtomicBoolean forgetting = new AtomicBoolean();

    private final ReceiptStore store;

    public ForgetfulStore() {
        ReceiptStore delegate = ReceiptStore.inMemory(10_000);
        this.store = (ReceiptStore) Proxy.newProxyInstance(
                ReceiptStore.class.getClassLoader(), new Class<?>[] {ReceiptStore.class}, (proxy, method, args) -> {
                    if (method.getName().equals("append") && this.forgetting.get()) {
                        for (Object receipt : (List<?>) args[0]) {
                            if (((Receipt) receipt).kind().settles()) {
                                throw new ReceiptStoreException("The disk is full", null);
                            }
                        }
                    }
                    try {
                        return method.invoke(delegate, args);
                    } catch (InvocationTargetException ex) {
                        throw ex.getCause();
                    }
                });
    }

    /** The store. */
    public ReceiptStore store() {
        return this.store;
    }

    /** Loses the outcomes of what is done meanwhile. */
    public void losing(Runnable work) {
        this.forgetting.set(true);
        try {
            work.run();
        } finally {
            this.forgetting.set(false);
        }
    }
}
