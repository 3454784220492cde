package org.fettle.search.suggest.tpe;

import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.SuggesterContract;
import org.fettle.search.suggest.Suggesters;

class TpeSuggesterTest extends SuggesterContract {

  @Override
  protected Suggester suggester() {
    return Suggesters.named("tpe");
  }
}
