package cloud.enact.analysis.command;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a program does with the files it is given.
 *
 * @param role which operands it reads, writes, deletes
 * @param valued options that take the next word for their value and name no file
 */
record ProgramFiles(Role role, Set<String> valued) {

    /** What happens to the operands. */
    enum Role {
        /** None of them is a file. */
        NONE,
        /** All are read. */
        READ,
        /** The first is a pattern or a script, the others are read. */
        PATTERN,
        /** All are written. */
        WRITE,
        /** All are deleted. */
        DELETE,
        /** All but the last are read, the last is written. */
        COPY,
        /** All but the last are deleted there, the last is written. */
        MOVE,
        /** The first is written, the others are read: {@code zip archive file…}. */
        PACK,
        /** As find: directories first, then what to do. */
        FIND,
        /** As tar. */
        TAR,
        /** As dd: {@code of=file}. */
        DD,
        /** As sed: read, and written with {@code -i}. */
        EDIT,
        /** As curl: files by options. */
        DOWNLOAD
    }

    private static final String TABLE = """
            cat tac bat batcat nl less more most view strings xxd od hexdump hd base64 base32 uuencode md5sum sha1sum \
            sha256sum shasum cksum rev fold fmt pr expand column paste join comm cmp diff colordiff vimdiff sdiff \
            jq xq nano vi vim nvim emacs code subl open xdg-open glow pygmentize highlight gpg age gzip gunzip bzip2 \
            bunzip2 xz unxz zstd zcat bzcat xzcat unzip 7za dos2unix pbcopy xclip lpr enscript iconv \
            source . dotenv nm objdump readelf qpdf ffmpeg ffprobe convert | READ |
            head tail | READ | -n -c --lines --bytes -s --pid
            sort uniq cut wc split shuf | READ | -k -t -d -f -c -o -b -n -l --output
            grep egrep fgrep zgrep rg ag ack ripgrep git-grep | PATTERN | -e -m -A -B -C -g -t -T -d -D --include \
            --exclude --glob --type --max-count
            awk gawk mawk nawk | PATTERN | -F -v --assign
            sed gsed yq | EDIT | -e --expression -l -o -p
            perl ruby | EDIT | -e -E -I -M -F
            rm unlink shred srm trash trash-put rimraf del-cli wipe scrub del erase rd deltree remove-item ri rmdir | DELETE | -s -n
            truncate touch mkdir mkfifo mknod | WRITE | -s -m -d -t -r --mode --date --size
            cp ln install ditto | COPY | -m -o -g -S -t --mode --owner --group --suffix --target-directory
            copy xcopy robocopy copy-item | COPY |
            mv rename move move-item | MOVE | -S -t --suffix --target-directory
            scp rsync sftp rcp pscp | COPY | -e -P -p -i -F -o -l -c -J --rsh --exclude --include --filter --bwlimit --port
            zip 7z 7zz rar | PACK | -x -i -P
            tar bsdtar gtar | TAR | -C --directory --exclude -T -X --transform -b
            find fd fdfind bfs gfind | FIND |
            dd | DD |
            tee sponge | WRITE |
            openssl | READ | -out -keyout -subj -days -config -newkey -passin -passout -extensions -reqexts -addext
            curl wget aria2c | DOWNLOAD |
            get-content gc type | READ |
            set-content add-content out-file clear-content | WRITE | -value
            """;

    private static final Set<String> NO_FILES = Set.of(
            ("echo printf test [ [[ ls dir ll la tree stat file basename dirname realpath readlink which whereis "
                            + "command man info help cd pushd popd export alias unalias unset set declare local "
                            + "typeset readonly shopt kill pkill killall ps top sleep date cal env printenv true "
                            + "false : exit return break continue wait jobs fg bg disown hash ulimit umask trap "
                            + "read mapfile shift getopts let expr seq yes id whoami groups hostname uname uptime "
                            + "df du free git gh hub glab docker podman kubectl helm npm npx pnpm yarn bun node "
                            + "deno python python3 python2 pip pip3 uv poetry pipx cargo rustc go mvn mvnw gradle "
                            + "gradlew java javac make cmake ninja ssh ssh-add ssh-keygen ssh-copy-id ping dig "
                            + "nslookup host terraform tofu pulumi aws gcloud az psql mysql sqlite3 redis-cli "
                            + "mongosh systemctl service journalctl apt apt-get brew chmod chown chgrp chattr "
                            + "setfacl bash sh zsh dash ksh fish sudo xargs time nohup exec eval clear reset "
                            + "history tmux screen pytest jest tsc eslint prettier mkfs mount umount ssh-agent "
                            + "sops ansible-vault shellcheck pre-commit bd tput stty select logger notify-send say osascript")
                    .split(" "));

    private static final ProgramFiles UNTOUCHED = new ProgramFiles(Role.NONE, Set.of());

    private static final ProgramFiles UNKNOWN = new ProgramFiles(Role.READ, Set.of());

    private static final Map<String, ProgramFiles> BY_PROGRAM = byProgram();

    ProgramFiles {
        valued = Set.copyOf(valued);
    }

    /** What is known of a program; of one that nobody here knows, that it may read what it is given. */
    static ProgramFiles of(String program) {
        String name = program.toLowerCase(Locale.ROOT);
        @Nullable ProgramFiles known = BY_PROGRAM.get(name);
        if (known != null) {
            return known;
        }
        return NO_FILES.contains(name) || CliGrammar.of(name) != null ? UNTOUCHED : UNKNOWN;
    }

    private static Map<String, ProgramFiles> byProgram() {
        Map<String, ProgramFiles> byProgram = new HashMap<>();
        for (String row : TABLE.lines().toList()) {
            String[] cells =
                    Arrays.stream(row.split("\\|", -1)).map(String::strip).toArray(String[]::new);
            ProgramFiles files = new ProgramFiles(Role.valueOf(cells[1]), CliGrammar.words(cells[2]));
            CliGrammar.words(cells[0]).forEach(program -> byProgram.put(program, files));
        }
        return Map.copyOf(byProgram);
    }
}
