package cloud.enact.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** The place the agent works in: a git repository with an origin, and a folder of files that git does not know. */
@Component
final class Workspace implements DisposableBean {

    /** Folder below the repository that nobody has a copy of. */
    static final String CAMPAIGN = "campaign";

    private final Path root;

    private final boolean delete;

    private final ShopRepository repository;

    Workspace(DemoProperties properties) throws IOException {
        this.root = properties.workspace().toAbsolutePath();
        this.delete = properties.deleteWorkspace();
        this.repository = new ShopRepository(shop(this.root), this.root.resolve("origin.git"));
        this.repository.create();
        createCampaign();
    }

    /** The working copy, which is also the root of the filesystem connector. */
    static Path shop(Path workspace) {
        return workspace.resolve("shop");
    }

    Path root() {
        return this.root;
    }

    Path campaign() {
        return shop(this.root).resolve(CAMPAIGN);
    }

    ShopRepository repository() {
        return this.repository;
    }

    private void createCampaign() throws IOException {
        Path campaign = campaign();
        if (Files.exists(campaign)) {
            return;
        }
        Files.createDirectories(campaign.resolve("photos/2026/summer"));
        Files.createDirectories(campaign.resolve("drafts"));
        write(
                campaign.resolve("plan.md"),
                "# Summer campaign\n\nPosters in June, mails in July.\n".getBytes(StandardCharsets.UTF_8));
        write(campaign.resolve("prices.csv"), "sku;price\nA-1;19.90\nB-2;4.50\n".getBytes(StandardCharsets.UTF_8));
        write(campaign.resolve("photos/front.raw"), noise(1, 65_536));
        write(campaign.resolve("photos/2026/team.raw"), noise(2, 40_000));
        write(campaign.resolve("photos/2026/summer/poster.raw"), noise(3, 131_072));
        write(campaign.resolve("photos/2026/summer/empty.raw"), new byte[0]);
        Path script = campaign.resolve("publish.sh");
        write(script, "#!/bin/sh\necho publishing\n".getBytes(StandardCharsets.UTF_8));
        if (Files.getFileStore(script).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x---"));
            Files.createSymbolicLink(campaign.resolve("latest"), Path.of("photos/2026/summer"));
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        // a time long ago, so that a file that was merely written anew is noticed
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-05-04T08:30:00.123456Z")));
    }

    private static byte[] noise(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Deletes the workspace when it was made for this start alone. Links are deleted, not followed. */
    @Override
    public void destroy() throws IOException {
        if (!this.delete) {
            return;
        }
        Files.walkFileTree(this.root, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException error) throws IOException {
                if (error != null) {
                    throw error;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
