/** Search by selection, crossover and mutation, for one goal or several. */
@NullMarked
package org.fettle.search.suggest.evolution;

import org.jspecify.annotations.NullMarked;
