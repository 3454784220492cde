package org.fettle.search.suggest.grid;

import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.SuggesterContract;

class GridSuggesterTest extends SuggesterContract {

  @Override
  protected Suggester suggester() {
    return new GridSuggester(10);
  }

  @Override
  protected boolean dependsOnSeed() {
    return false;
  }

  @Override
  protected boolean endsWhenExhausted() {
    return true;
  }

  @Override
  protected boolean beatsRandom() {
    return false;
  }
}
