package cloud.enact.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a policy may look for in the arguments of a call, whatever the tool calls it. */
public enum InputName {
    /** Branch a git operation works on. */
    BRANCH(
            4096,
            "branch",
            "branches",
            "branchname",
            "ref",
            "refs",
            "refname",
            "head",
            "headref",
            "headbranch",
            "refspec",
            "refspecs",
            "targetbranch",
            "remotebranch",
            "destinationbranch",
            "tobranch",
            "destbranch",
            "dstbranch"),
    /** What a push may call the ref it updates; a branch only there. */
    PUSH_TARGET(4096, "dst", "dest", "destination", "target", "to", "onto", "remoteref"),
    /** Branch that a change goes into. */
    BASE(4096, "base", "baseref", "basebranch", "into", "mergeinto"),
    /** File or directory. */
    PATH(
            4096,
            "path",
            "paths",
            "file",
            "files",
            "filepath",
            "filepaths",
            "filename",
            "filenames",
            "directory",
            "directories",
            "dir",
            "folder",
            "oldpath",
            "newpath",
            "sourcepath",
            "destinationpath",
            "targetpath",
            "absolutepath",
            "relativepath",
            "notebookpath",
            "outputpath",
            "inputpath",
            "outputfile",
            "inputfile",
            "sourcefile",
            "destinationfile",
            "targetfile",
            "fromfile",
            "tofile",
            "pathname",
            "srcpath",
            "dstpath",
            "destpath",
            "rootpath",
            "cwd",
            "workingdirectory",
            "localpath",
            "outputdir",
            "targetdir",
            "basedir",
            "rootdir"),
    /** One end of a copy or move; a path only where files are moved. */
    ENDPOINT(4096, "source", "src", "destination", "dest", "dst", "target", "from", "to", "output", "location", "root"),
    /** Database table. */
    TABLE(
            4096,
            "table",
            "tables",
            "tablename",
            "tablenames",
            "relation",
            "entity",
            "fromtable",
            "intotable",
            "totable",
            "sourcetable",
            "targettable",
            "destinationtable",
            "collection"),
    /** Statement text. */
    SQL(
            Integer.MAX_VALUE,
            "sql",
            "query",
            "queries",
            "statement",
            "statements",
            "sqlquery",
            "sqlstatement",
            "rawsql",
            "sqltext",
            "querytext",
            "statementtext",
            "sqlcommand",
            "sqlscript",
            "hql",
            "jpql",
            "ddl",
            "ddltext",
            "dml",
            "dmltext"),
    /** Text that a database runs, where it is a database that is called. */
    SCRIPT(Integer.MAX_VALUE, "script", "scripts", "command", "commands", "cmd"),
    /** Part of a statement that names tables or columns, where it is a database that is called. */
    CLAUSE(
            Integer.MAX_VALUE,
            "columns",
            "column",
            "fields",
            "select",
            "orderby",
            "groupby",
            "join",
            "joins",
            "from",
            "returning"),
    /** Condition of a statement. */
    WHERE(Integer.MAX_VALUE, "where", "filter", "condition", "whereclause", "predicate", "having", "set"),
    /** Command line. */
    COMMAND(
            Integer.MAX_VALUE,
            "command",
            "commands",
            "cmd",
            "script",
            "commandline",
            "argv",
            "args",
            "arguments",
            "shellcommand",
            "bashcommand",
            "commandtext",
            "runcommand"),
    /** Address on the web. */
    URL(8192, "url", "urls", "uri", "uris", "link", "links", "href", "endpoint", "webhook", "website", "domain"),
    /** Text that is written or sent; named so that nobody takes it for what stands around it, such as a file. */
    CONTENT(
            Integer.MAX_VALUE,
            "content",
            "contents",
            "text",
            "body",
            "diff",
            "message",
            "patch",
            "data",
            "newstring",
            "newsource",
            "newtext",
            "commitmessage");

    private static final Map<InputName, Set<String>> ENDINGS = Map.of(
            BRANCH, Set.of("branch", "branches", "refspec", "refspecs"),
            PUSH_TARGET, Set.of("ref", "refs", "head"),
            BASE, Set.of("base"),
            PATH,
                    Set.of(("path paths file files filename filenames filepath filepaths pathname pathnames "
                                    + "directory directories dir dirs folder folders")
                            .split(" ")),
            TABLE, Set.of("table", "tables"),
            URL, Set.of("url", "urls", "uri", "uris", "href", "webhook"),
            SQL, Set.of("sql", "query", "queries", "statement", "statements", "hql", "jpql", "ddl", "dml"),
            SCRIPT, Set.of("script", "scripts", "command", "commands"),
            WHERE, Set.of("where", "filter", "condition"));

    private final int longest;

    private final List<String> aliases;

    InputName(int longest, String... aliases) {
        this.longest = longest;
        this.aliases = List.of(aliases);
    }

    /** Longest value, in characters, that is normalised and compared; longer ones are reported as oversized. */
    int longest() {
        return this.longest;
    }

    /** Whether values are names, to be normalised, and not free text. */
    boolean isName() {
        return this.longest < Integer.MAX_VALUE;
    }

    /** Names of arguments, small letters without separators. */
    List<String> aliases() {
        return this.aliases;
    }

    /** Words that make an argument such an input when its name ends with one, as {@code output_dir} does. */
    Set<String> endings() {
        return ENDINGS.getOrDefault(this, Set.of());
    }
}
