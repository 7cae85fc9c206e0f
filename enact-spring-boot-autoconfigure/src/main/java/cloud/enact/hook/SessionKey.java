package cloud.enact.hook;

import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import cloud.enact.action.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;

/**
 * A session of an agent. No installation can get into a session of another one, whatever it claims.
 *
 * @param installation id of the installation
 * @param agent the agent
 * @param session its session
 */
record SessionKey(String installation, String agent, String session) {

    /** The run that all its calls belong to: the same after a restart. */
    Run run() {
        ByteBuffer digest = ByteBuffer.wrap(digest());
        long high = digest.getLong() & ~0xF000L | 0x7000L;
        long low = digest.getLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new Run(new RunId(new UUID(high, low)), this.agent + " " + this.session);
    }

    private byte[] digest() {
        MessageDigest sha256 = Sha256.digest();
        for (String part : new String[] {"enact/hook-run/v1", this.agent, this.installation, this.session}) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            sha256.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
            sha256.update(bytes);
        }
        return sha256.digest();
    }
}
