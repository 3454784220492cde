/** Bayesian optimisation with Gaussian processes over mixed and conditional spaces. */
@NullMarked
package org.fettle.search.suggest.gp;

import org.jspecify.annotations.NullMarked;
