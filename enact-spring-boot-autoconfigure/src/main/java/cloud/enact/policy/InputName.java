package cloud.enact.policy;

import java.util.List;

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
            "tobranch"),
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
            "workingdirectory"),
    /** One end of a copy or move; a path only where files are moved. */
    ENDPOINT(4096, "source", "src", "destination", "dest", "dst", "target", "from", "to"),
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
    SQL(Integer.MAX_VALUE, "sql", "query", "queries", "statement", "statements", "sqlquery", "sqlstatement", "rawsql"),
    /** Condition of a statement. */
    WHERE(Integer.MAX_VALUE, "where", "filter", "condition", "whereclause", "predicate"),
    /** Command line. */
    COMMAND(Integer.MAX_VALUE, "command", "commands", "cmd", "script", "commandline", "argv", "args", "arguments"),
    /** Address on the web. */
    URL(8192, "url", "urls", "uri", "uris", "link", "links", "href", "endpoint"),
    /** Channel of a chat. */
    CHANNEL(4096, "channel", "channels", "channelid", "channelname"),
    /** Addressee of a message. */
    RECIPIENT(Integer.MAX_VALUE, "to", "cc", "bcc", "recipient", "recipients"),
    /** Text that is written or sent. */
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
            "newtext",
            "commitmessage");

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
}
