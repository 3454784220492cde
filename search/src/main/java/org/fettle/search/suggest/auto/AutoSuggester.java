package org.fettle.search.suggest.auto;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.fettle.search.study.History;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.Suggesters;
import org.fettle.search.suggest.Suggestion;

/**
 * Leaves each suggestion to the suggester that suits the study as it stands; see {@link Choice}. A
 * trial's origin is the suggester that proposed it.
 *
 * <p>The skeleton is that of OptunaHub's AutoSampler, which takes TPE where there are choices or
 * conditions; the Gaussian process here models both, and takes far fewer trials.
 */
public final class AutoSuggester implements Suggester {

  static final String NAME = "auto";

  /** Kept, since a suggester may remember what it has computed of a history. */
  private final Map<String, Suggester> chosen = new ConcurrentHashMap<>();

  @Override
  public List<Suggestion> suggest(History history, int count) {
    return chosen
        .computeIfAbsent(Choice.of(history).suggester(), Suggesters::named)
        .suggest(history, count);
  }
}
