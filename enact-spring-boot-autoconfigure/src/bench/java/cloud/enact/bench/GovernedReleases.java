package cloud.enact.bench;

import cloud.enact.EnactAction;

/** The measured method behind the gate. */
class GovernedReleases {

    @EnactAction("git.push_migration")
    public String push(String repository, String branch, String path, String sql, String message) {
        return new Migration(repository, branch, path, sql, message).perform();
    }
}
