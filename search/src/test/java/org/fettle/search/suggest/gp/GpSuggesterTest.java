package org.fettle.search.suggest.gp;

import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.SuggesterContract;
import org.fettle.search.suggest.Suggesters;

/** The contract, at the default settings. */
final class GpSuggesterTest extends SuggesterContract {

  @Override
  protected Suggester suggester() {
    return Suggesters.named("gp");
  }

  /** Ten of the initial design and twenty of the model. */
  @Override
  protected int raceLength() {
    return 30;
  }
}
