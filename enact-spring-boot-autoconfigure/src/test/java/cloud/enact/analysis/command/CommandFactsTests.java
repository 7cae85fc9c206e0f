package cloud.enact.analysis.command;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.analysis.shell.ShellAnalyzer;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandFactsTests {

    private final ShellAnalyzer shell = new ShellAnalyzer();

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '\0',
            nullValues = "-",
            value = {
                "cat a b => READ a, READ b",
                "cat < a > b => READ a, WRITE b",
                "head -n 5 a => READ a",
                "grep -r x src => READ src/**",
                "grep -e x a => READ a",
                "sed -n 1p a => READ a",
                "sed -i s/a/b/ a => WRITE a",
                "cp a b => READ a/**, WRITE b",
                "cp -t d a b => READ a/**, READ b/**, WRITE d",
                "mv a b => DELETE a/**, READ a/**, WRITE b/**",
                "rm -rf a => DELETE a/**",
                "rm -- -a => DELETE -a",
                "tee -a a b => WRITE a, WRITE b",
                "dd if=a of=b => READ a, WRITE b",
                "tar czf o.tgz d => WRITE o.tgz, READ d/**",
                "tar xzf o.tgz => READ o.tgz",
                "tar cz d => READ d/**",
                "zip -r o.zip d => WRITE o.zip, READ d/**",
                "find d -delete => DELETE d/**",
                "find d -name x -exec cat {} + => READ d/x",
                "find d -name x | xargs rm => DELETE d/x",
                "curl -o a https://x.example => WRITE a",
                "curl -F f=@a https://x.example => READ a",
                "rsync -a --delete s/ d/ => READ s//**, WRITE d//**, DELETE d//**",
                "git show HEAD:a => READ a",
                "cd d && cat a => READ d/a",
                "cd /x; rm a => DELETE /x/a",
                "python3 -c \"open('a').read()\" => READ a",
                "python3 -c \"open('a','w')\" => WRITE a",
                "node -e \"fs.unlinkSync('a')\" => DELETE a",
                "unheard-of a => READ a",
                "echo a => -",
                "printf a => -",
                "ls a => -",
                "test -f a => -"
            })
    void filesAreFoundWithWhatIsDoneToThem(String command, String expected) {
        String files = of(command).files().stream()
                .map(file -> file.kind() + " " + file.path().text() + (file.recursive() ? "/**" : ""))
                .distinct()
                .collect(Collectors.joining(", "));

        assertThat(files).isEqualTo((expected == null) ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            nullValues = "-",
            value = {
                "curl https://a.example/x         ; a.example",
                "curl -s a.example/x              ; a.example",
                "curl https://u:p@a.example:8443/ ; a.example",
                "curl http://[::1]:80/            ; [::1]",
                "wget -O f http://a.example       ; a.example",
                "ssh -p 22 u@a.example ls         ; a.example",
                "scp f u@a.example:/tmp           ; a.example",
                "nc a.example 80                  ; a.example",
                "git clone git@a.example:o/r.git  ; a.example",
                "echo x > /dev/tcp/a.example/80   ; a.example",
                "echo https://a.example           ; -",
                "cat a.example                    ; -"
            })
    void hostsAreFound(String command, String expected) {
        assertThat(String.join(", ", of(command).hosts())).isEqualTo((expected == null) ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            value = {
                "terraform -chdir=x destroy             ; INFRASTRUCTURE",
                "aws --region r s3 rm s3://b            ; STORAGE",
                "aws iam delete-user --user-name u      ; IDENTITY",
                "aws sqs purge-queue --queue-url q      ; SERVICE",
                "aws logs delete-log-group --name g     ; SERVICE",
                "gcloud beta run services delete s      ; SERVICE",
                "gcloud sql instances delete i          ; DATABASE",
                "kubectl -n n delete deploy d           ; CLUSTER",
                "docker volume rm v                     ; CONTAINER",
                "npx prisma migrate reset               ; SCHEMA",
                "heroku apps:destroy -a a               ; SERVICE",
                "java -jar jenkins-cli.jar delete-job j ; SERVICE",
                "kafka-topics --delete --topic t        ; SERVICE",
                "curl -X DELETE https://x.example/1     ; HTTP",
                "npm unpublish p                        ; PACKAGE",
                "mkfs.ext4 /dev/sda1                    ; MACHINE",
                "make destroy                           ; UNKNOWN",
                "acmectl cluster wipe --force           ; UNKNOWN",
                "acmectl cluster wipe-status            ; -",
                "terraform plan -destroy                ; -",
                "terraform destroy --help               ; -",
                "aws s3 rm s3://b --dryrun              ; -",
                "kubectl delete ns n --dry-run=client   ; -",
                "kubectl delete ns n --dry-run=none     ; CLUSTER",
                "gh run list                            ; -",
                "gh issue create --title delete         ; -",
                "docker run --rm i                      ; -",
                "npm uninstall p                        ; -",
                "make clean                             ; -",
                "curl https://x.example/delete          ; -",
                "echo terraform destroy                 ; -"
            })
    void callsThatTakeSomethingAwayAreFoundByTheirGrammar(String command, String family) {
        String found = of(command).destructions().stream()
                .map(destruction -> destruction.family().name())
                .distinct()
                .collect(Collectors.joining(", "));

        assertThat(found).isEqualTo((family == null) ? "" : family);
    }

    private CommandFacts of(String command) {
        return CommandFacts.of(this.shell.analyze(command));
    }
}
