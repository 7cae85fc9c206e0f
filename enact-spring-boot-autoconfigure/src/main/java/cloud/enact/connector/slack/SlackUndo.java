package cloud.enact.connector.slack;

import cloud.enact.connector.ConnectorException;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepProbe;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoRecord;
import com.slack.api.model.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes back what one connector did in Slack. Thread-safe. */
final class SlackUndo implements StepUndo {

    /** What taking a reaction away is called, when that is done again. */
    static final String REMOVE_REACTION = "remove_reaction";

    private static final String SEEN = " People may have read it.";

    private final String connector;

    private final SlackAccess access;

    private final SlackMessages messages;

    private final SlackRestorer restorer;

    SlackUndo(String connector, SlackAccess access, SlackMessages messages) {
        this.connector = connector;
        this.access = access;
        this.messages = messages;
        this.restorer = new SlackRestorer(access, messages);
    }

    @Override
    public String connector() {
        return this.connector;
    }

    @Override
    public List<StepRestoration> precheck(List<UndoRecord> newestFirst) {
        SlackView view = new SlackView(this.messages);
        List<StepRestoration> answers = new ArrayList<>(newestFirst.size());
        newestFirst.forEach(record -> answers.add(guarded(record, () -> answer(record, view, false, true))));
        return answers;
    }

    @Override
    public StepRestoration undo(UndoRecord record, boolean force) {
        return guarded(record, () -> answer(record, new SlackView(this.messages), force, false));
    }

    @Override
    public StepProbe probe(UndoRecord record) {
        if (record.state() == UndoRecord.State.DONE) {
            return StepProbe.noted(record);
        }
        StepRestoration foreseen = precheck(List.of(record)).get(0);
        // a message that carries the step's mark was posted by it, whoever edited it since
        boolean done = switch (foreseen.restoration()) {
            case CONFLICT -> is(record, SlackOperation.POST_MESSAGE);
            case IRREVERSIBLE -> is(record, SlackOperation.DELETE_MESSAGE);
            default -> false;
        };
        return done ? StepProbe.of(record, StepProbe.Finding.DONE, foreseen.detail()) : StepProbe.of(record, foreseen);
    }

    @Override
    public boolean dependsOn(UndoRecord newer, UndoRecord older) {
        SlackMemo one = SlackMemo.of(newer);
        SlackMemo other = SlackMemo.of(older);
        if (!one.channel().equals(other.channel())) {
            return false;
        }
        boolean post = is(older, SlackOperation.POST_MESSAGE);
        if (other.ts() == null) {
            // nobody knows which message it is
            return post;
        }
        if (!other.ts().equals(one.ts())) {
            return false;
        }
        return post || (one.name() == null ? other.name() == null : one.name().equals(other.name()));
    }

    @Override
    public @Nullable StepReversal reversal(UndoRecord record, BlobStore blobs) {
        SlackMemo memo = SlackMemo.of(record);
        String ts = memo.ts();
        if (ts == null || !record.connector().equals(this.connector)) {
            return null;
        }
        Map<String, @Nullable Object> args = Map.of("channel", memo.channel(), "ts", ts);
        String user = this.access.identity().user();
        if (is(record, SlackOperation.UPDATE_MESSAGE)) {
            Message now = this.messages.at(memo.channel(), ts);
            return (now == null || now.getText() == null)
                    ? null
                    : new StepReversal(
                            record.operation(),
                            args,
                            record.reversibility(),
                            SlackMemo.by(
                                    user,
                                    SlackMemo.ofText(memo.channel(), ts, now.getText())
                                            .capture(SlackMemo.leaves(ts, memo.text()))));
        }
        String name = memo.name();
        if (name != null) {
            return new StepReversal(
                    record.operation().equals(REMOVE_REACTION) ? SlackOperation.ADD_REACTION.id() : REMOVE_REACTION,
                    args,
                    record.reversibility(),
                    SlackMemo.by(
                            user, SlackMemo.ofReaction(memo.channel(), ts, name).capture(SlackMemo.leaves(ts, name))));
        }
        // a message that is posted again is another one
        return null;
    }

    private StepRestoration answer(UndoRecord record, SlackView view, boolean force, boolean preview) {
        if (!record.connector().equals(this.connector)) {
            return StepRestoration.of(
                    record, Restoration.FAILED, "It was not done by connector '" + this.connector + "'.");
        }
        if (SlackMemo.isNothing(record)) {
            return StepRestoration.of(
                    record, Restoration.ALREADY_RESTORED, "The step failed before it changed anything.");
        }
        String user = this.access.require().user();
        String doer = SlackMemo.user(record);
        if (doer != null && !doer.equals(user)) {
            // what somebody else did looks from here as if it was not there
            return StepRestoration.of(
                    record,
                    Restoration.FAILED,
                    "It was done as " + doer + ", and the token is of " + user
                            + " now. Configure a token of the app that did it.");
        }
        SlackMemo memo = SlackMemo.of(record);
        return switch (record.operation()) {
            case "post_message" -> unpost(record, memo, view, force, preview);
            case "update_message" -> restore(record, memo, view, force, preview);
            case "delete_message" -> deleted(record, memo);
            case "add_reaction" -> react(record, memo, false, preview);
            case REMOVE_REACTION -> react(record, memo, true, preview);
            default -> StepRestoration.of(record, Restoration.FAILED, "This version does not know how to undo it.");
        };
    }

    private StepRestoration unpost(UndoRecord record, SlackMemo memo, SlackView view, boolean force, boolean preview) {
        List<Posted> posted = posted(memo);
        int deleted = 0;
        for (Posted message : posted) {
            String ts = message.ts();
            String found = view.digest(memo.channel(), ts);
            if (found == null) {
                continue;
            }
            if (!force && !message.unedited() && !found.equals(SlackMemo.left(record))) {
                return StepRestoration.of(
                        record,
                        Restoration.CONFLICT,
                        "Message " + ts + " was edited since, and has another text now. Look at it; force this step to"
                                + " delete it all the same.");
            }
            if (!preview) {
                this.restorer.delete(memo.channel(), ts);
            }
            deleted++;
        }
        if (deleted == 0) {
            return StepRestoration.of(
                    record,
                    Restoration.ALREADY_RESTORED,
                    posted.isEmpty()
                            ? "No such message is there: it was never posted, or deleted by now."
                            : "The message is not there any more.");
        }
        String messages = (deleted == 1) ? "message " + posted.get(0).ts() : deleted + " copies of the message";
        return StepRestoration.of(
                record,
                Restoration.RESTORED,
                (preview ? "Deletes " : "Deleted ") + messages + ". Replies to it stay." + SEEN);
    }

    /** Times of the messages that the step posted; of one whose answer was lost, as found by their mark. */
    private List<Posted> posted(SlackMemo memo) {
        if (memo.ts() != null) {
            return List.of(new Posted(memo.ts(), false));
        }
        return this.messages
                .marked(
                        memo.channel(),
                        memo.threadTs(),
                        Objects.requireNonNull(memo.since()),
                        Objects.requireNonNull(memo.marker()),
                        this.access.identity().user())
                .stream()
                .map(message -> new Posted(message.getTs(), message.getEdited() == null))
                .toList();
    }

    private StepRestoration restore(UndoRecord record, SlackMemo memo, SlackView view, boolean force, boolean preview) {
        String ts = Objects.requireNonNull(memo.ts());
        String text = Objects.requireNonNull(memo.text());
        String before = SlackWords.digest(text);
        String found = view.digest(memo.channel(), ts);
        if (found == null) {
            return StepRestoration.of(
                    record,
                    Restoration.IRREVERSIBLE,
                    "Message " + ts + " was deleted since, so its old text has no place to go back to.");
        }
        if (found.equals(before)) {
            return StepRestoration.of(
                    record, Restoration.ALREADY_RESTORED, "Message " + ts + " has its old text already.");
        }
        if (!force && !found.equals(SlackMemo.left(record))) {
            return StepRestoration.of(
                    record,
                    Restoration.CONFLICT,
                    "Message " + ts + " was edited since, and has another text now. Look at it; force this step to put"
                            + " the old text back all the same.");
        }
        if (preview) {
            view.suppose(memo.channel(), ts, before);
        } else {
            this.restorer.update(memo.channel(), ts, text);
        }
        return StepRestoration.of(
                record,
                Restoration.RESTORED,
                (preview ? "Puts" : "Put") + " the old text of message " + ts + " back; Slack shows it as edited."
                        + SEEN);
    }

    private StepRestoration deleted(UndoRecord record, SlackMemo memo) {
        String ts = Objects.requireNonNull(memo.ts());
        return (this.messages.at(memo.channel(), ts) != null)
                ? StepRestoration.of(record, Restoration.ALREADY_RESTORED, "Message " + ts + " is still there.")
                : StepRestoration.of(
                        record,
                        Restoration.IRREVERSIBLE,
                        "Nothing brings a deleted message back. Post its text again where it is missed.");
    }

    private StepRestoration react(UndoRecord record, SlackMemo memo, boolean add, boolean preview) {
        String ts = Objects.requireNonNull(memo.ts());
        String name = Objects.requireNonNull(memo.name());
        String user = this.access.identity().user();
        Boolean there = this.messages.reacted(memo.channel(), ts, name, user);
        if (there == null || there == add) {
            return StepRestoration.of(
                    record,
                    Restoration.ALREADY_RESTORED,
                    (there == null)
                            ? "Message " + ts + " was deleted, and its reactions with it."
                            : "The reaction is as before the step already.");
        }
        if (!preview) {
            this.restorer.react(memo.channel(), ts, name, add);
        }
        return StepRestoration.of(
                record,
                Restoration.RESTORED,
                (add ? "The reaction is there again." : "The reaction is taken away.") + SEEN);
    }

    private static boolean is(UndoRecord record, SlackOperation operation) {
        return record.operation().equals(operation.id());
    }

    private static StepRestoration guarded(UndoRecord record, Supplier<StepRestoration> answer) {
        try {
            return answer.get();
        } catch (ConnectorException ex) {
            return StepRestoration.of(record, Restoration.FAILED, String.valueOf(ex.getMessage()));
        }
    }

    /**
     * A message of a step.
     *
     * @param unedited whether Slack says that nobody edited it; what it kept of the text is not known then
     */
    private record Posted(String ts, boolean unedited) {}
}
