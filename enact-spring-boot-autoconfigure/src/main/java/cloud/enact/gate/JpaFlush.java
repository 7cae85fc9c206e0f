package cloud.enact.gate;

import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Sends what JPA holds back on this thread to its database. */
final class JpaFlush implements Runnable {

    @Override
    public void run() {
        TransactionSynchronizationManager.getResourceMap().values().stream()
                .filter(EntityManagerHolder.class::isInstance)
                .map(holder -> ((EntityManagerHolder) holder).getEntityManager())
                .filter(entityManager -> entityManager.isOpen() && entityManager.isJoinedToTransaction())
                .forEach(jakarta.persistence.EntityManager::flush);
    }
}
