package org.fettle.search.suggest.warmstart;

import java.util.List;

/**
 * What an earlier study says to a new one.
 *
 * @param agreement Kendall's τ between the scores it predicts and the new study's
 * @param kept its trials, with scores on the scale of the new study; none if it is not trusted
 */
record Influence(double agreement, List<Carried> kept) {}
