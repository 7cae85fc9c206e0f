package cloud.enact.analysis.command;

import cloud.enact.analysis.shell.ShellCommand;
import java.util.Set;

/** Tells commands that run in a directory of another machine, container or user from those that run where they stand. */
public final class Elsewhere {

    private static final Set<String> RUNNERS = Set.of(
            ("ssh autossh mosh pdsh ansible adb docker podman nerdctl docker-compose podman-compose kubectl oc k3s "
                            + "k microk8s crictl ctr lxc incus multipass limactl vagrant gcloud az fly flyctl heroku su "
                            + "chroot nsenter wsl crontab")
                    .split(" "));

    private Elsewhere() {}

    /** Whether something runs the command that takes it to another directory. */
    public static boolean runs(ShellCommand command) {
        for (String wrapper : command.wrappers()) {
            int end = wrapper.indexOf(' ');
            if (RUNNERS.contains((end < 0) ? wrapper : wrapper.substring(0, end))) {
                return true;
            }
        }
        return false;
    }
}
