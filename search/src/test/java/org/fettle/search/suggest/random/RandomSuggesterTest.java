package org.fettle.search.suggest.random;

import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.SuggesterContract;

class RandomSuggesterTest extends SuggesterContract {

  @Override
  protected Suggester suggester() {
    return new RandomSuggester();
  }

  @Override
  protected boolean neverRepeats() {
    return false;
  }

  @Override
  protected boolean beatsRandom() {
    return false;
  }
}
