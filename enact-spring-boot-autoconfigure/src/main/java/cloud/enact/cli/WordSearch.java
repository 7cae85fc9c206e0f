package cloud.enact.cli;

import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptPage;
import cloud.enact.receipt.search.ReceiptSearch;
import cloud.enact.receipt.search.Words;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import cloud.enact.receipt.sqlite.SqliteWordIndex;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A search for words in the index beside an embedded store. */
final class WordSearch implements AutoCloseable {

    private final SqliteWordIndex index;

    private final ReceiptSearch search;

    private final Set<String> words;

    private WordSearch(SqliteReceiptStore store, SqliteWordIndex index, Set<String> words) {
        this.index = index;
        this.search = new ReceiptSearch(store, index);
        this.words = words;
    }

    static WordSearch open(SqliteReceiptStore store, String text) {
        Set<String> words = Words.asked(text);
        return new WordSearch(store, SqliteWordIndex.openReadOnly(SqliteWordIndex.beside(store.file())), words);
    }

    ReceiptPage find(ReceiptFilter filter, @Nullable ReceiptCursor after, int limit) {
        return this.search.find(this.words, filter, after, limit);
    }

    long behind() {
        return this.search.progress().behind();
    }

    @Override
    public void close() {
        this.index.close();
    }
}
