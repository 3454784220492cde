package org.fettle.search.suggest.warmstart;

import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.SuggesterContract;
import org.fettle.search.suggest.Suggesters;

class WarmTpeTest extends SuggesterContract {

  @Override
  protected Suggester suggester() {
    return new WarmStart(Suggesters.named("tpe"), EarlierStudies.inEverySpace());
  }
}
