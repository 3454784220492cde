/** Every combination of a few values of each parameter, one after the other. */
@NullMarked
package org.fettle.search.suggest.grid;

import org.jspecify.annotations.NullMarked;
