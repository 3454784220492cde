package org.fettle.search.suggest.tpe;

import static java.util.Objects.requireNonNull;

/**
 * What {@link TpeSuggester} can be told; {@link TpeProvider} has the defaults and the ranges.
 *
 * @param model how parameters are put together
 * @param startup random trials that must have ended before the model takes over, at least 1
 * @param candidates places drawn for each suggestion, at least 1
 * @param goodShare of the trials that ended, above 0 and below 1
 * @param mostGood trials with a single goal, at least 1
 * @param priorWeight of the uniform density, in trials, above 0
 * @param bandwidth times Scott's rule, above 0
 * @param exploration largest share of the suggestions in a tree for branches that are behind
 */
record TpeSettings(
    Model model,
    int startup,
    int candidates,
    double goodShare,
    int mostGood,
    double priorWeight,
    double bandwidth,
    double exploration) {

  /** How parameters are put together. */
  enum Model {
    /** One joint density over the whole tree of parameters. */
    TREE,
    /** A joint density for each set of parameters with the same condition. */
    GROUPS,
    /** A density for each parameter, chosen by itself. */
    INDEPENDENT
  }

  TpeSettings {
    requireNonNull(model, "model is null");
  }

  /** How many of the trials that ended are good ones. */
  int good(int finished, int goals) {
    int good = (int) Math.ceil(goodShare * finished);
    return goals == 1 ? Math.min(good, mostGood) : good;
  }
}
