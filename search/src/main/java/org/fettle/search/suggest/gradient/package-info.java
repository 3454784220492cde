/** Descent along gradients that are estimated from trials. */
@NullMarked
package org.fettle.search.suggest.gradient;

import org.jspecify.annotations.NullMarked;
