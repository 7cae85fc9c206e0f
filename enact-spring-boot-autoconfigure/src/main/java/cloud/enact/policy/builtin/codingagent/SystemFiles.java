package cloud.enact.policy.builtin.codingagent;

import java.util.List;

/** Files that the system itself is made of, told by their absolute paths. */
final class SystemFiles {

    private static final List<String> DISKS =
            List.of("sd", "hd", "vd", "xvd", "nvme", "disk", "rdisk", "mmcblk", "loop", "md", "dm-", "mem", "kmem");

    private SystemFiles() {}

    static boolean areIn(String path) {
        return path.startsWith("/etc/")
                || path.startsWith("/usr/") && !path.startsWith("/usr/local/") && !path.startsWith("/usr/src/")
                || path.startsWith("/bin/")
                || path.startsWith("/sbin/")
                || path.startsWith("/boot/")
                || path.startsWith("/proc/sys")
                || path.startsWith("/sys/")
                || path.startsWith("/var/spool/cron")
                || path.startsWith("/lib");
    }

    /**
     * Whether a path is that of a disk.
     *
     * @param path as it is written
     * @param full from the root, where that is known
     */
    static boolean areDisk(String path, String full) {
        if (path.startsWith("\\\\.\\") || full.startsWith("/dev/mapper/") || full.startsWith("/dev/disk/")) {
            return true;
        }
        String device = full.substring(full.lastIndexOf('/') + 1);
        return full.startsWith("/dev/") && DISKS.stream().anyMatch(device::startsWith);
    }
}
