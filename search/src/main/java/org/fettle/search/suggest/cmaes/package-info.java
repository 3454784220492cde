/** Evolution strategies that adapt a normal distribution to where good trials lie. */
@NullMarked
package org.fettle.search.suggest.cmaes;

import org.jspecify.annotations.NullMarked;
